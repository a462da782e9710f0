#if arch(x86_64) && canImport(_Builtin_intrinsics.intel)
  import _Builtin_intrinsics.intel
#endif

/// Gathers what the lanes of a comparison say into the bits of a number, the first lane in the lowest.
///
/// Every x86-64 processor does that in one instruction, for which the standard library has no word but the
/// compiler a module. Elsewhere ``Portable`` says the same.
package enum LaneBits {
  /// One bit for each lane; in a lane all bits are alike.
  @inline(__always)
  package static func bits(_ lanes: SIMD16<UInt8>) -> UInt64 {
    #if arch(x86_64) && canImport(_Builtin_intrinsics.intel)
      UInt64(UInt32(bitPattern: _mm_movemask_epi8(register(lanes))))
    #else
      Portable.bits(lanes)
    #endif
  }

  @inline(__always)
  package static func bits(_ lanes: SIMDMask<SIMD8<Int32>>) -> UInt64 {
    #if arch(x86_64) && canImport(_Builtin_intrinsics.intel)
      let lanes = unsafeBitCast(lanes, to: SIMD8<Int32>.self)
      let words = _mm_packs_epi32(register(lanes.lowHalf), register(lanes.highHalf))
      return UInt64(UInt8(truncatingIfNeeded: _mm_movemask_epi8(_mm_packs_epi16(words, words))))
    #else
      Portable.bits(lanes)
    #endif
  }

  /// The sum of the lanes.
  @inline(__always)
  package static func sum(_ lanes: SIMD16<UInt8>) -> Int {
    #if arch(x86_64) && canImport(_Builtin_intrinsics.intel)
      let halves = _mm_sad_epu8(register(lanes), .zero)
      return Int(halves[0] &+ halves[1])
    #else
      Portable.sum(lanes)
    #endif
  }

  /// Where the lowest bit stands that is set. Where none is, the number may be written down, and nothing may
  /// hang on it.
  @inline(__always)
  package static func first(_ bits: UInt64) -> Int32 {
    #if arch(x86_64) && canImport(_Builtin_intrinsics.intel)
      __bsfq(Int64(bitPattern: bits))
    #else
      Portable.first(bits)
    #endif
  }

  @inline(__always)
  private static func register<Lanes>(_ lanes: Lanes) -> SIMD2<Int64> {
    unsafeBitCast(lanes, to: SIMD2<Int64>.self)
  }

  /// The same on any processor whose lower bytes come first.
  package enum Portable {
    /// In each half the product moves the lowest bit of every byte to a bit of its own in the highest byte.
    @inline(__always)
    package static func bits(_ lanes: SIMD16<UInt8>) -> UInt64 {
      let words = unsafeBitCast(lanes, to: SIMD2<UInt64>.self) & 0x0101_0101_0101_0101
      let (low, high) = (words[0] &* 0x0102_0408_1020_4080, words[1] &* 0x0102_0408_1020_4080)
      return low &>> 56 | (high &>> 56) &<< 8
    }

    @inline(__always)
    package static func bits(_ lanes: SIMDMask<SIMD8<Int32>>) -> UInt64 {
      let bits = SIMD8<Int32>(1, 2, 4, 8, 16, 32, 64, 128)
      return UInt64(UInt32(bitPattern: SIMD8.zero.replacing(with: bits, where: lanes).wrappedSum()))
    }

    @inline(__always)
    package static func sum(_ lanes: SIMD16<UInt8>) -> Int {
      Int(SIMD16<UInt16>(truncatingIfNeeded: lanes).wrappedSum())
    }

    @inline(__always)
    package static func first(_ bits: UInt64) -> Int32 {
      Int32(truncatingIfNeeded: bits.trailingZeroBitCount)
    }
  }
}
