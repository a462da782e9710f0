import Synchronization

/// Says that the program shall leave: the mail in hand is finished, no other is begun.
package final class StopSignal: Sendable {
  private let raised = Atomic(false)

  package init() {}

  package var isRaised: Bool { raised.load(ordering: .acquiring) }

  package func raise() { raised.store(true, ordering: .releasing) }
}
