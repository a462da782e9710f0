import TestSupport
import Testing

// What is internal can be tried in a debug build alone, as swift test makes it.
#if DEBUG
  @testable import Notifier

  /// Elements in the order of a number, against the library's sort of everything that could matter.
  @Suite struct CountingSortTests {
    private struct Element: Equatable {
      let number: Int
      let key: Int
      /// Where it stood.
      let place: Int
    }

    /// - Parameter span: how many numbers there are; with few, many elements share one.
    private static func elements(
      _ random: inout SeededGenerator, _ count: Int, from least: Int, span: Int
    ) -> [Element] {
      (0..<count).map {
        Element(
          number: least + Int.random(in: 0..<span, using: &random),
          key: Int.random(in: 0..<1_000, using: &random),
          place: $0)
      }
    }

    /// Some digits and borders of digits; days before 1970 are negative, and a deadline without a day has the
    /// largest number of all.
    private static let spans: [(least: Int, span: Int)] = [
      (0, 1), (-3, 2), (-20_000, 2_047), (0, 2_048), (17, 2_049), (-5, 40_000), (-719_162, 3_652_059),
      (-1, Int(Int32.max) + 2), (Int(Int32.min), 1 << 40),
    ]

    @Test(arguments: Seeds.all)
    func thoseWithOneNumberStayInTheirOrder(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      for (least, span) in Self.spans {
        for count in [0, 1, 2, 65, 3_000] {
          let elements = Self.elements(&random, count, from: least, span: span)
          let expected = elements.sorted { ($0.number, $0.place) < ($1.number, $1.place) }
          #expect(elements.inOrder(of: \.number) == expected, "seed \(seed), \(count) of \(span)")
        }
      }
    }

    /// Short runs are put in order by insertion, long ones by the library, and a block of keys holds whole
    /// runs.
    @Test(arguments: Seeds.all)
    func thoseWithOneNumberStandByTheirKeys(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      for (least, span) in Self.spans + [(0, 6), (0, 40), (0, 47)] {
        for count in [0, 1, 2, 64, 65, 511, 512, 513, 3_000] {
          let elements = Self.elements(&random, count, from: least, span: span)
          var asked = (numbers: 0, keys: 0)
          let sorted = elements.inOrder(
            of: { element in
              asked.numbers += 1
              return element.number
            },
            then: { element in
              asked.keys += 1
              return element.key
            },
            by: { ($0.key, $0.element.place) < ($1.key, $1.element.place) })
          let expected = elements.sorted { ($0.number, $0.key, $0.place) < ($1.number, $1.key, $1.place) }
          #expect(sorted == expected, "seed \(seed), \(count) of \(span)")
          #expect(asked == (count, count), "seed \(seed), \(count) of \(span)")
        }
      }
    }
  }
#endif
