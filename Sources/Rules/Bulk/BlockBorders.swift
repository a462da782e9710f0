/// Where one block of rows ends and the next begins: at rows that are chosen by their own bytes, so that a
/// row that comes or goes moves the borders near it and no other.
package struct BlockBorders: Sendable {
  /// No block has fewer rows, but at the end of what one reader reads.
  let least: Int
  /// The bits of a hash that no row at a border has.
  let mask: UInt64
  /// No block has more rows.
  let most: Int

  /// - Parameter spacing: about how many rows there are to a border; a power of two.
  package init(least: Int, spacing: Int, most: Int) {
    self.least = least
    mask = UInt64(spacing - 1)
    self.most = most
  }

  /// Some fifty rows: larger ones are changed more often, of smaller ones there are more to ask for. The list
  /// of places that ``FieldMarks`` fills at once holds the largest of them of a usual register.
  package static let standard = BlockBorders(least: 24, spacing: 32, most: 96)

  /// True where a block of so many rows ends before the row that begins at `bytes`.
  @inline(__always)
  func isOne(_ bytes: UnsafeRawPointer, behind rows: Int) -> Bool {
    rows >= least && (rows >= most || ByteHash.start(bytes) & mask == 0)
  }
}
