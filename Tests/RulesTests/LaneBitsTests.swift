import Rules
import TestSupport
import Testing

@Suite struct LaneBitsTests {
  @Test func aLaneHasABitOfItsOwn() {
    for lane in 0..<16 {
      var lanes = SIMD16<UInt8>.zero
      lanes[lane] = 0xFF
      #expect(LaneBits.bits(lanes) == 1 << UInt64(lane))
      #expect(LaneBits.Portable.bits(lanes) == 1 << UInt64(lane))
    }
    for lane in 0..<8 {
      var lanes = SIMD8<Int32>.zero
      lanes[lane] = 11
      #expect(LaneBits.bits(lanes .== 11) == 1 << UInt64(lane))
      #expect(LaneBits.Portable.bits(lanes .== 11) == 1 << UInt64(lane))
    }
  }

  @Test func allAndNone() {
    #expect(LaneBits.bits(SIMD16<UInt8>(repeating: 0xFF)) == 0xFFFF)
    #expect(LaneBits.bits(SIMD16<UInt8>.zero) == 0)
    #expect(LaneBits.bits(SIMD8<Int32>.zero .== .zero) == 0xFF)
    #expect(LaneBits.bits(SIMD8<Int32>.zero .== 1) == 0)
    #expect(LaneBits.sum(SIMD16<UInt8>(repeating: 0xFF)) == 16 * 255)
    #expect(LaneBits.first(1 << 63) == 63)
  }

  /// What one instruction says here is said in another way elsewhere.
  @Test(arguments: Seeds.all)
  func everyProcessorSaysTheSame(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for round in 0..<1_000 {
      let bytes = SIMD16<UInt8>.random(in: 0...255, using: &random)
      let mask = unsafeBitCast(bytes .< 128, to: SIMD16<UInt8>.self)
      let dates = SIMD8<Int32>.random(in: 10...12, using: &random) .== 11
      let word = random.next() >> UInt64.random(in: 0...63, using: &random) | 1 << 63
      #expect(LaneBits.bits(mask) == LaneBits.Portable.bits(mask), "seed \(seed), round \(round)")
      #expect(LaneBits.bits(dates) == LaneBits.Portable.bits(dates), "seed \(seed), round \(round)")
      #expect(LaneBits.sum(bytes) == LaneBits.Portable.sum(bytes), "seed \(seed), round \(round)")
      #expect(LaneBits.first(word) == LaneBits.Portable.first(word), "seed \(seed), round \(round)")
    }
  }
}
