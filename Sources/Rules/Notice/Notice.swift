/// One message to one person about one clock at one step of the ladder.
package struct Notice: Sendable {
  package let key: NoticeKey
  package let clock: Clock
  package let reckoning: Reckoning
  /// The day on which the step fell; before today when a tick was missed.
  package let fell: CivilDate
  package let recipient: Recipient
}
