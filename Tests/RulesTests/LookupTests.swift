import TestSupport
import Testing

// What is internal can be tried in a debug build alone, as swift test makes it.
#if DEBUG
  @testable import Rules

  /// What the fast way looks up: hashes, tables of texts and of months, sets.
  @Suite struct LookupTests {
    // MARK: Hashes

    /// Only the bytes of a text count: not those behind it, and each of its own.
    @Test(arguments: Seeds.all)
    func aHashIsOfTheTextAlone(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      typealias Hash = (UnsafeRawPointer, Int) -> UInt64
      let hashes: [(name: String, hash: Hash)] = [
        ("hash", ByteHash.hash), ("longHash", ByteHash.longHash),
      ]
      for count in 0...150 {
        let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let behind = PaddedText(bytes + [UInt8](repeating: 0, count: 8))
        for (name, hash) in hashes {
          let own = PaddedText(bytes).with(hash)
          #expect(behind.with { start, _ in hash(start, count) } == own, "\(name) of \(count), seed \(seed)")
          for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            #expect(PaddedText(changed).with(hash) != own, "\(name) of \(count) at \(place), seed \(seed)")
          }
        }
      }
    }

    /// A word that would make a factor nothing, were it multiplied by itself, hides none of its neighbours.
    @Test(arguments: [0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93] as [UInt64])
    func noWordHidesItsNeighbours(word: UInt64) {
      for place in 0..<24 {
        var bytes = [UInt8](repeating: 0x41, count: 200)
        for index in 0..<8 { bytes[place * 8 + index] = UInt8(truncatingIfNeeded: word >> UInt64(index * 8)) }
        let own = PaddedText(bytes).with(ByteHash.longHash)
        for changed in bytes.indices {
          var bytes = bytes
          bytes[changed] ^= 2
          #expect(PaddedText(bytes).with(ByteHash.longHash) != own, "word \(place), byte \(changed)")
        }
      }
    }

    @Test(arguments: Seeds.all)
    func textsAreTheSameWhereEveryByteIs(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      for count in 0...80 {
        let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let (text, copy) = (PaddedText(bytes, padding: 8), PaddedText(bytes, padding: 64))
        #expect(
          areSame(text, copy) && areSame(text, PaddedText(bytes + [0, 0, 0, 0, 0, 0, 0, 0])), "\(count)")
        for place in bytes.indices {
          var changed = bytes
          changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
          #expect(!areSame(text, PaddedText(changed)), "\(count) at \(place), seed \(seed)")
        }
      }
    }

    private func areSame(_ a: PaddedText, _ b: PaddedText) -> Bool {
      let count = min(a.bytes.count, b.bytes.count)
      return a.with { a, _ in b.with { b, _ in ByteHash.areSame(a, b, count) } }
    }

    /// Two ends are the same where all of a text is that is no longer than both.
    @Test(arguments: [16, 32], Seeds.all)
    func endsAreAllOfAText(size: Int, seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      for count in size...2 * size {
        let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let ends = PaddedText(bytes).with { ByteHash.Ends($0, $1, each: size) }
        #expect(PaddedText(bytes, padding: 8).with { ByteHash.Ends($0, $1, each: size) } == ends, "\(count)")
        for place in bytes.indices {
          var changed = bytes
          changed[place] ^= 1
          let others = PaddedText(changed).with { ByteHash.Ends($0, $1, each: size) }
          #expect(!(others == ends) && others.hash != ends.hash, "\(count) at \(place)")
        }
      }
    }

    @Test func aTextIsASCIIWhereEveryByteIs() {
      for count in 0...40 {
        let plain = [UInt8](repeating: 0x7F, count: count)
        #expect((PaddedText(plain + [0xFF], padding: 16)).with { start, _ in ByteHash.isASCII(start, count) })
        for place in plain.indices {
          var text = plain
          text[place] = 0x80
          #expect(!PaddedText(text).with { ByteHash.isASCII($0, $1) }, "\(count) at \(place)")
        }
      }
    }

    // MARK: Tables

    @Test(arguments: Seeds.all)
    func aTextKeepsItsNumber(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      numbers(AttributeTable<LongTexts>(size: 4), &random, "long, seed \(seed)")
      numbers(AttributeTable<ShortTexts>(size: 4), &random, "short, seed \(seed)")
    }

    private func numbers<Usual>(
      _ table: AttributeTable<Usual>, _ random: inout SeededGenerator, _ place: Comment
    ) {
      var table = table
      defer { table.deallocate() }
      var known: [[UInt8]: Int] = [:]
      for _ in 0..<4_000 {
        // Of few letters, so that many share both their ends and their length.
        let same = [UInt8](repeating: Self.letter(&random), count: Int.random(in: 0...90, using: &random))
        let text = same.map { Int.random(in: 0..<40, using: &random) == 0 ? Self.letter(&random) : $0 }
        PaddedText(text, padding: 8).with { start, count in
          let number = table.number(of: start, count)
          #expect(number == known[text], place)
          guard number == nil else { return }
          table.add(start, count)
          known[text] = known.count
          #expect(table.number(of: start, count) == known[text], place)
        }
      }
      #expect(table.count == known.count && known.count > 500, place)
    }

    private static func letter(_ random: inout SeededGenerator) -> UInt8 {
      UInt8(ascii: Bool.random(using: &random) ? "a" : "b")
    }

    @Test(arguments: Seeds.all)
    func aFilterForgetsNoHash(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      var filter = HashFilter(words: 64)
      let hashes = (0..<100).map { _ in UInt64.random(in: .min ... .max, using: &random) }
      #expect(!hashes.contains(where: filter.mayHold) && !filter.mayHoldSome(of: hashes[...]), "seed \(seed)")
      for hash in hashes { filter.insert(hash) }
      #expect(hashes.allSatisfy(filter.mayHold), "seed \(seed)")
      // A hundred of 4,096 bits are set.
      let others = (0..<2_000).map { _ in UInt64.random(in: .min ... .max, using: &random) }
      #expect(others.count(where: filter.mayHold) < 200, "seed \(seed)")
      for start in stride(from: 0, to: others.count, by: 20) {
        let some = others[start..<start + 20]
        #expect(filter.mayHoldSome(of: some) == some.contains(where: filter.mayHold), "seed \(seed)")
      }
      #expect(!filter.mayHoldSome(of: []))
    }

    @Test func everySetKnowsItsLanes() {
      let table = SetLanes()
      defer { table.deallocate() }
      for set in UInt64(0)..<256 {
        let expected = (0..<8).filter { set & 1 << UInt64($0) != 0 }
        // Higher bits belong to other lanes.
        let lanes = table[set | 0xFF00]
        #expect((0..<lanes.count).map { lanes[$0] } == expected)
      }
    }

    @Test func countsAreHandedOverOnce() {
      let counts = StateCounts()
      counts.counts(figures: 2)[StateCounts.states + 1] = 7
      // More figures: what was counted stays.
      counts.counts(figures: 9)[8 * StateCounts.states] += 2
      let met = counts.takeMet()
      #expect(
        met.map { [$0.index, $0.times] } == [
          [Int32(StateCounts.states) + 1, 7], [8 * Int32(StateCounts.states), 2],
        ])
      #expect(counts.take().allSatisfy { $0 == 0 })
      counts.add(met[...], figures: 20)
      counts.add(met[1...], figures: 20)
      let taken = counts.take()
      #expect(taken.count == 20 * StateCounts.states && taken.reduce(0, +) == 11)
      #expect(taken[8 * StateCounts.states] == 4)
      #expect(counts.takeMet().isEmpty)
    }

    // MARK: Days

    /// Each day of a century, as registers write it.
    @Test(arguments: ["ÅÅÅÅ-MM-DD", "DD-MM-ÅÅÅÅ", "DD.MM.ÅÅÅÅ", "DD/MM/ÅÅÅÅ"])
    func everyDayOfACentury(form: String) throws {
      let field = DayField()
      defer { field.deallocate() }
      let isISO = form.hasPrefix("Å")
      let first = try #require(CivilDate(year: 1950, month: 1, day: 1))
      var unusual = 0
      for day in first.day..<first.day + 36_525 {
        let (year, month, ofMonth) = CivilDate(day: day).components
        let text = form.replacing("ÅÅÅÅ", with: "\(year)").replacing("MM", with: month.written).replacing(
          "DD", with: ofMonth.written)
        let (read, usual) = PaddedText(text.utf8, padding: 8).with { start, _ in
          (field.day(start), field.usualDay(start))
        }
        #expect(read == day, "\(text)")
        #expect(usual == nil || usual == day, "\(text)")
        if usual == nil { unusual += 1 }
      }
      #expect(isISO ? unusual < 7_000 : unusual == 36_525, "\(unusual) days go the long way")
    }

    /// Ten bytes are a day where the plain reader says so, and nothing where it says anything else.
    @Test(arguments: Seeds.all)
    func whatLooksLikeADay(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      let field = DayField()
      defer { field.deallocate() }
      var days = 0
      for _ in 0..<20_000 {
        var text = Array((Bool.random(using: &random) ? "2024-02-28" : "28-02-2024").utf8)
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          text[Int.random(in: 0..<10, using: &random)] =
            Array("0123456789-./ T:x\"".utf8)
            .randomElement(using: &random) ?? 0
        }
        let (read, usual) = PaddedText(text, padding: 8).with { start, _ in
          (field.day(start), field.usualDay(start))
        }
        let place: Comment = "\(String(decoding: text, as: UTF8.self)), seed \(seed)"
        let plain: Int32? =
          if case .at(let moment) = DateField.danish.reading(text[...]), moment.time == nil {
            moment.date.day
          } else {
            nil
          }
        // A blank at an end makes a date of nine bytes, which is left to the plain reader.
        let isNarrow = text.first == UInt8(ascii: " ") || text.last == UInt8(ascii: " ")
        #expect(read == (isNarrow ? nil : plain), place)
        #expect(usual == nil || usual == plain, place)
        if read != nil { days += 1 }
      }
      #expect(days > 5_000, "seed \(seed): only \(days) days")
    }
  }

  extension Int {
    /// In two digits.
    fileprivate var written: String { self < 10 ? "0\(self)" : "\(self)" }
  }
#endif
