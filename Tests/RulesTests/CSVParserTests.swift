import Rules
import TestSupport
import Testing

@Suite struct CSVParserTests {
  /// What a text reads as: records as `line[field|field]`, faults after them.
  private func read(_ bytes: [UInt8], separator: Character = ";", chunk: Int) -> String {
    var parser = CSVParser(separator: separator.asciiValue ?? 0)
    var records: [String] = []
    let collect = { (record: borrowing CSVRecord) in
      let fields = (0..<record.count).map { String(decoding: record[$0], as: UTF8.self) }
      let fault = record.fault.map { "!\($0)" } ?? ""
      records.append("\(record.line)[\(fields.joined(separator: "|"))]\(fault)")
    }
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      parser.read(bytes[start..<min(start + chunk, bytes.count)], collect)
    }
    if let fault = parser.finish(collect) { records.append("\(fault)") }
    return records.joined(separator: " ")
  }

  @Test(arguments: [
    ("", ""), ("a", "1[a]"), ("a\n", "1[a]"), ("a;b\n", "1[a|b]"), ("a;b", "1[a|b]"), ("a;\n", "1[a|]"),
    (";\n", "1[|]"),
    ("a\nb\n", "1[a] 2[b]"), ("a\r\nb\r\n", "1[a] 2[b]"), ("a\n\nb", "1[a] 3[b]"), ("\r\n\r\na", "3[a]"),
    ("\"a\"", "1[a]"), ("\"a;b\";c", "1[a;b|c]"), ("\"a\nb\";c\nd", "1[a\nb|c] 3[d]"),
    ("\"a\r\nb\"", "1[a\r\nb]"),
    ("\"a\"\"b\"", "1[a\"b]"), ("\"\"", "1[]"), ("\"\";x", "1[|x]"), ("\"\"\"\"", "1[\"]"),
    ("x\"y;z", "1[x\"y|z]"),
    ("5\" rør;\"6\"\" rør\"", "1[5\" rør|6\" rør]"), ("\"a\"\r\nb", "1[a] 2[b]"), ("a,b;c", "1[a,b|c]"),
    ("\"a\"b;c\nd", "1[a|c]!textAfterQuote(field: 0) 2[d]"),
    ("x;\"a\" \nd", "1[x|a]!textAfterQuote(field: 1) 2[d]"),
    ("\"a", "unclosedQuote(line: 1)"), ("a\nb;\"c\nd\n", "1[a] unclosedQuote(line: 2)"),
    ("a\u{0}b;c", "1[a\u{0}b|c]"), ("æ;ø;å", "1[æ|ø|å]"), ("a\rb", "1[a\rb]"), ("a\r", "1[a]"),
    ("\"\n\n\"\nb", "1[\n\n] 4[b]"),
    (" \"a\";b", "1[ \"a\"|b]"),
  ])
  func reads(text: String, expected: String) {
    for chunk in [1, 2, 3, 1_000] {
      #expect(read(Array(text.utf8), chunk: chunk) == expected, "in pieces of \(chunk)")
    }
  }

  @Test func otherSeparators() {
    #expect(read(Array("a,\"b,c\"".utf8), separator: ",", chunk: 9) == "1[a|b,c]")
    #expect(read(Array("a\t\"b\tc\"".utf8), separator: "\t", chunk: 9) == "1[a|b\tc]")
  }

  @Test(arguments: Seeds.all)
  func whatIsQuotedComesBack(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let letters = Array("ab;\"\n\r,å 1")
    for _ in 0..<1_000 {
      let rows = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (0..<Int.random(in: 1...4, using: &random)).map { _ in
          String(
            (0..<Int.random(in: 0...8, using: &random)).map { _ in
              letters[Int.random(in: 0..<letters.count, using: &random)]
            })
        }
      }
      let text = rows.map { row in
        row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ";")
      }.joined(separator: "\r\n")
      var parser = CSVParser(separator: 0x3B)
      var found: [[String]] = []
      let collect = { (record: borrowing CSVRecord) in
        found.append((0..<record.count).map { String(decoding: record[$0], as: UTF8.self) })
      }
      parser.read(Array(text.utf8)[...], collect)
      #expect(parser.finish(collect) == nil)
      #expect(found == rows)
    }
  }

  @Test(arguments: Seeds.all)
  func anyBytesReadTheSameInAnyPieces(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        Array("a;\"\n\r\u{0}".utf8).randomElement(using: &random) ?? 0
      }
      let whole = read(bytes, chunk: 1_000)
      for chunk in 1...7 { #expect(read(bytes, chunk: chunk) == whole) }
    }
  }
}
