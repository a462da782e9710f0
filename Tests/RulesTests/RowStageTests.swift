import TestSupport
import Testing

// What is internal can be tried in a debug build alone, as swift test makes it.
#if DEBUG
  @testable import Rules

  /// The stages of the fast way that find places and rows, each against a reader that goes from byte to byte.
  @Suite struct RowStageTests {
    private static let separator = UInt8(ascii: ";")

    /// Bytes that a register may hold, and those that look like them with some bits gone.
    private static func anyText(_ random: inout SeededGenerator, _ count: Int) -> [UInt8] {
      let letters = Array("ab;;\"\n\n\r*\u{2}\u{22}é".utf8)
      return (0..<count).map { _ in letters.randomElement(using: &random) ?? 0 }
    }

    // MARK: Places

    /// Every byte is told from the three that count.
    @Test(arguments: [";", ",", "\t", "|"] as [Character])
    func aPlaceIsMarkedForThreeBytesAlone(separator: Character) {
      let separator = separator.asciiValue ?? 0
      let bits = SeparatorBits(separator: separator)
      let special = Array("\n\"".utf8)
      for byte in UInt8.min...UInt8.max {
        // Those around it are never marked.
        for place in [0, 15, 16, 31, 63] {
          var look = [UInt8](repeating: UInt8(ascii: "x"), count: SeparatorBits.width)
          look[place] = byte
          let marks = bits.look(at: look)
          let (isMarked, isSpecial) = (byte == separator || special.contains(byte), special.contains(byte))
          // An asterisk and a control character pass for the two; whoever sees a special place looks at its
          // byte.
          guard byte != UInt8(ascii: "*"), byte != 0x02 else { continue }
          #expect(marks.bits == (isMarked ? 1 << UInt64(place) : 0), "byte \(byte) at \(place)")
          #expect(marks.special == (isSpecial ? 1 << UInt64(place) : 0), "byte \(byte) at \(place)")
          #expect(marks.count == (isMarked ? 1 : 0), "byte \(byte) at \(place)")
        }
      }
    }

    /// What is forgotten between two looks never changes what the next one finds.
    @Test(arguments: Seeds.all)
    func placesAreFoundInOrderHoweverManyAreForgotten(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      for round in 0..<60 {
        let text = PaddedText(Self.anyText(&random, Int.random(in: 0...9_000, using: &random)))
        let marked = Set(";\n\"*\u{2}".utf8)
        let expected = text.bytes.indices.filter { marked.contains(text.bytes[$0]) }
        let special = expected.filter { text.bytes[$0] != Self.separator }

        let marks = FieldMarks(separator: Self.separator, width: Int.random(in: 1...400, using: &random))
        var (found, foundSpecial): ([Int], [Int]) = ([], [])
        marks.begin(at: 0)
        while text.with({ marks.find(Int.random(in: 1...3_000, using: &random), in: $0, $1) }) {
          #expect(marks.count <= marks.most, "seed \(seed), round \(round)")
          // The first that is kept is the place before the row at hand.
          let kept = Int.random(in: (marks.isFull ? 1 : 0)..<marks.count, using: &random)
          let turn = Self.special(marks).count { $0 < Int(marks.places[kept]) }
          found += (0..<kept).map { Int(marks.places[$0]) }
          foundSpecial += Self.special(marks).prefix(turn)
          marks.forget(before: kept, turn)
        }
        found += (0..<marks.count).map { Int(marks.places[$0]) }
        foundSpecial += Self.special(marks)
        #expect(found == [-1] + expected, "seed \(seed), round \(round)")
        #expect(foundSpecial == special, "seed \(seed), round \(round)")
      }
    }

    /// The special places that are known.
    private static func special(_ marks: FieldMarks) -> [Int] {
      var places: [Int] = []
      while case let place = Int(marks.special[places.count]), place >= 0 { places.append(place) }
      return places
    }

    // MARK: One record

    private struct Record: Equatable {
      var line: Int
      var fields: [[UInt8]]
      var isFaulty: Bool
    }

    /// The records of a text as the plain reader finds them.
    private static func records(_ bytes: some Collection<UInt8>) -> (all: [Record], isClosed: Bool) {
      var parser = CSVParser(separator: separator)
      var records: [Record] = []
      let collect = { (record: borrowing CSVRecord) in
        records.append(
          Record(
            line: record.line, fields: (0..<record.count).map { Array(record[$0]) },
            isFaulty: record.fault != nil))
      }
      parser.read(Array(bytes)[...], collect)
      return (records, parser.finish(collect) == nil)
    }

    @Test(
      arguments: [
        ("a;b\n", "3 2 0"), ("\n", "0 1 0"), (";\n", "1 2 0"), ("a;\r\nb\n", "3 2 0"),
        ("\"a\nb\";c\n", "7 2 1 quoted"),
        ("\"\"\"\n\"\"\"\n;", "7 1 1 quoted"), ("a\"b\"\n", "4 1 0"), ("\"a\"b;c\n", "6 2 0 quoted faulty"),
        ("\"a\"\r\n", "4 1 0 quoted"), ("\"a\r\n\"\r\n", "6 1 1 quoted"), ("a;b", nil), ("", nil),
        ("\"a\n", nil),
        ("\"", nil), ("a;\"b;\n", nil),
      ] as [(String, String?)])
    func walks(text: String, expected: String?) {
      let walked = PaddedText(text.utf8, padding: 0).with {
        RecordWalk($0, from: 0, $1, separator: Self.separator)
      }
      let said = walked.map {
        "\($0.end) \($0.fields) \($0.breaks)\($0.hasQuotes ? " quoted" : "")\($0.isFaulty ? " faulty" : "")"
      }
      #expect(said == expected)
    }

    /// A walk ends where the plain reader's record ends, with as many fields, and finds the same fault.
    @Test(arguments: Seeds.all)
    func aWalkEndsWhereTheRecordEnds(seed: UInt64) throws {
      var random = SeededGenerator(seed: seed)
      var walks = 0
      for round in 0..<2_000 {
        let text = PaddedText(Self.anyText(&random, Int.random(in: 0...40, using: &random)))
        var fields: [RecordWalk.PassedField] = []
        let walk = text.with {
          RecordWalk($0, from: 0, $1, separator: Self.separator) { fields.append($0) }
        }
        guard let walk else { continue }
        walks += 1
        let place: Comment = "seed \(seed), round \(round): \(String(decoding: text.bytes, as: UTF8.self))"
        let (records, isClosed) = Self.records(text.bytes[...walk.end])
        try #require(isClosed, place)
        // The plain reader says nothing of an empty line.
        guard let record = records.first else {
          #expect(walk.fields == 1, place)
          continue
        }
        #expect(records.count == 1 && record.fields.count == walk.fields, place)
        #expect(record.isFaulty == walk.isFaulty, place)
        #expect(walk.breaks + 1 == text.bytes[...walk.end].count { $0 == UInt8(ascii: "\n") }, place)
        #expect(walk.hasQuotes == fields.contains { $0.isQuoted }, place)
        #expect(fields.map(\.number) == Array(0..<walk.fields) && fields.last?.end == walk.end, place)
      }
      #expect(walks > 500, "seed \(seed): only \(walks) texts hold a record")
    }

    // MARK: Rows

    /// What a table found: rows that can be read field by field, and the others.
    private struct Rows: Equatable {
      var regular: [Record] = []
      var irregular: [Record] = []
    }

    private static func rows(_ text: PaddedText, _ layout: BulkLayout, _ borders: BlockBorders?) -> Rows {
      let table = RowTable(layout, borders: borders)
      var (rows, lines, hasMore) = (Rows(), 0, true)
      text.with { start, size in
        table.begin()
        while hasMore {
          hasMore = table.take(start, size, limit: size, lines: &lines)
          rows.regular += (0..<table.count).map { row in
            let fields = (0..<layout.width).map { Array(text.bytes[table.cells.bounds(row, $0)]) }
            return Record(line: table.line(row) + 1, fields: fields, isFaulty: false)
          }
          rows.irregular += table.irregular.flatMap { odd in
            records(text.bytes[odd.bytes]).all.map { record in
              Record(line: odd.line + record.line, fields: record.fields, isFaulty: record.isFaulty)
            }
          }
        }
      }
      return rows
    }

    /// Rows of about `width` fields, and now and then whatever bytes may come.
    private static func register(_ random: inout SeededGenerator, width: Int, rows: Int) -> [UInt8] {
      (0..<rows).flatMap { _ -> [UInt8] in
        guard Int.random(in: 0..<12, using: &random) > 0 else {
          return anyText(&random, Int.random(in: 0...30, using: &random)) + [UInt8(ascii: "\n")]
        }
        let isNear = Int.random(in: 0..<10, using: &random) == 0
        let count = max(1, width + (isNear ? Int.random(in: -2...2, using: &random) : 0))
        let fields = (0..<count).map { _ in
          let plain = String(repeating: "x", count: Int.random(in: 0...6, using: &random))
          return Int.random(in: 0..<30, using: &random) == 0 ? "\"\(plain);\n\"\"\"" : plain
        }
        return Array((fields.joined(separator: ";") + (Bool.random(using: &random) ? "\r\n" : "\n")).utf8)
      }
    }

    @Test(arguments: Seeds.all)
    func aTableTakesWhatThePlainReaderTakes(seed: UInt64) throws {
      var random = SeededGenerator(seed: seed)
      for round in 0..<80 {
        // An empty line is a row of one field, which this table leaves to those who look at the field.
        let width = Int.random(in: 2...20, using: &random)
        let read = Int.random(in: 0..<width, using: &random)
        let layout = try #require(
          BulkLayout(
            separator: Self.separator, width: width, fields: [(.caseID, read)], events: [],
            dates: [], asked: []))
        var bytes = Self.register(&random, width: width, rows: Int.random(in: 0...500, using: &random))
        if !Self.records(bytes).isClosed { bytes += Array("\"\n".utf8) }
        let text = PaddedText(bytes)
        let plain = Self.records(bytes)
        let borders = Bool.random(using: &random) ? BlockBorders(least: 3, spacing: 8, most: 20) : nil
        let found = Self.rows(text, layout, borders)

        // Every record once: what the table does not take as it stands it names, and what it takes is a whole
        // row.
        #expect(
          (found.regular + found.irregular).sorted { $0.line < $1.line }.map(\.line) == plain.all.map(\.line),
          "seed \(seed), round \(round)")
        let byLine = Dictionary(uniqueKeysWithValues: plain.all.map { ($0.line, $0) })
        for row in found.regular {
          let record = try #require(byLine[row.line])
          #expect(record.fields.count == width && !record.isFaulty, "seed \(seed), round \(round)")
          // A field that nobody reads may stand here with its quotes.
          #expect(record.fields[read] == row.fields[read], "seed \(seed), round \(round), line \(row.line)")
        }
        for row in found.irregular { #expect(byLine[row.line] == row, "seed \(seed), round \(round)") }
      }
    }
  }
#endif
