/// Where separators, line breaks and quotes stand in a CSV text: the first stage of the fast way, which only
/// finds places and does not ask what they mean.
///
/// A loop over the fields of a row that reads each as it comes goes on in another way for every row, which a
/// processor can only guess. So each stage goes over many rows, does one small thing to all of them, and
/// leaves a list to the next.
final class FieldMarks {
  /// Bytes from the beginning of the text; the first one is that before the row at hand.
  let places: UnsafeMutablePointer<Int32>
  /// How many places are known.
  private(set) var count = 1
  /// Those of them where no separator stands, and a negative one behind them.
  let special: UnsafeMutablePointer<Int32>
  private var specialCount = 0
  /// Up to where the text was looked at.
  private var seen = 0
  private let bits: SeparatorBits
  /// How many places make the list full; the look that reaches them may add some.
  private let enough: Int
  /// More places than these are never known.
  let most: Int

  /// How many bytes behind a text must be readable.
  static let padding = SeparatorBits.width

  /// - Parameter width: how many fields the header has.
  init(separator: UInt8, width: Int) {
    bits = SeparatorBits(separator: separator)
    // Few enough that they and what they point to stay near the processor.
    enough = max(1 << 11, 8 * width)
    most = enough + SeparatorBits.width
    // A stage may look at eight columns where the last row has fewer.
    let room = most + width + 2 * Self.spare
    places = .allocate(capacity: room)
    places.initialize(repeating: 0, count: room)
    special = .allocate(capacity: room)
    special.initialize(repeating: -1, count: room)
  }

  deinit {
    places.deallocate()
    special.deallocate()
  }

  /// Begins at the beginning of a row.
  func begin(at start: Int) {
    places[0] = Int32(truncatingIfNeeded: start &- 1)
    special[0] = -1
    (count, specialCount) = (1, 0)
    seen = start
  }

  /// Forgets the places before `index`, and those before `turn` of the special ones.
  func forget(before index: Int, _ turn: Int) {
    count -= index
    places.update(from: places + index, count: count)
    specialCount -= turn
    special.update(from: special + turn, count: specialCount)
  }

  /// True where no more places are looked for before some are forgotten.
  var isFull: Bool { count >= enough }

  /// Looks on in the text until the list is full, or has so many more places.
  ///
  /// - Returns: false where the `size` bytes of the text were looked through.
  func find(_ more: Int, in text: UnsafeRawPointer, _ size: Int) -> Bool {
    let (bits, full) = (bits, places + min(enough, count + more))
    var (next, nextSpecial, place) = (places + count, special + specialCount, seen)
    while place < size, next < full {
      let marks = bits.look(at: text + place)
      Self.append(marks, from: Int32(truncatingIfNeeded: place), to: &next)
      Self.append(special: marks.special, from: Int32(truncatingIfNeeded: place), to: &nextSpecial)
      place &+= SeparatorBits.width
    }
    // The last look sees what lies behind the text.
    while next > places + 1, Int(next[-1]) >= size { next -= 1 }
    while nextSpecial > special, Int(nextSpecial[-1]) >= size { nextSpecial -= 1 }
    nextSpecial.pointee = -1
    seen = min(place, size)
    (count, specialCount) = (next - places, nextSpecial - special)
    return place < size
  }

  /// So many places may be written behind the last.
  private static let spare = 8

  /// Writes down where bits stand: eight, whether there are as many or not, because how many nobody can
  /// guess, but more are rare.
  @inline(__always)
  private static func append(
    _ marks: SeparatorBits.Marks, from place: Int32, to next: inout UnsafeMutablePointer<Int32>
  ) {
    let behind = next + marks.count
    var bits = marks.bits
    repeat {
      for index in 0..<spare {
        next[index] = place &+ LaneBits.first(bits)
        bits &= bits &- 1
      }
      next += spare
    } while next < behind
    next = behind
  }

  /// One is written in any case, and more are rare.
  @inline(__always)
  private static func append(
    special bits: UInt64, from place: Int32, to next: inout UnsafeMutablePointer<Int32>
  ) {
    next.pointee = place &+ LaneBits.first(bits)
    next += bits == 0 ? 0 : 1
    var rest = bits & (bits &- 1)
    while rest != 0 {
      next.pointee = place &+ LaneBits.first(rest)
      next += 1
      rest &= rest &- 1
    }
  }
}
