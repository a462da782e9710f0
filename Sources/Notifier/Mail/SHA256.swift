/// SHA-256 (FIPS 180-4), because no package may be used and a message needs a name that follows from its content.
package enum SHA256 {
  /// The 32 bytes of the digest.
  package static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var state = initial
    bytes.withUnsafeBytes { compress($0, into: &state) }
    end(of: bytes).withUnsafeBytes { compress($0, into: &state) }
    return [UInt8](unsafeUninitializedCapacity: 32) { digest, count in
      for word in state.indices {
        UnsafeMutableRawBufferPointer(digest).storeBytes(
          of: state[word].bigEndian, toByteOffset: word * 4, as: UInt32.self)
      }
      count = 32
    }
  }

  /// The last one or two blocks: what no block was full of, a bit that is set, zeros, and how many bits the message has.
  private static func end(of bytes: [UInt8]) -> [UInt8] {
    let rest = bytes.count % 64
    var end = [UInt8](repeating: 0, count: rest < 56 ? 64 : 128)
    for index in 0..<rest { end[index] = bytes[bytes.count - rest + index] }
    end[rest] = 0x80
    let bits = UInt64(bytes.count) * 8
    for index in 1...8 { end[end.count - index] = UInt8(truncatingIfNeeded: bits >> UInt64((index - 1) * 8)) }
    return end
  }

  /// `bytes` as letters `a` to `p`, one for each half byte.
  ///
  /// No digit stands in it, so that no filter takes a hash for a CPR number.
  package static func letters(_ bytes: some Sequence<UInt8>) -> String {
    let base = UInt8(ascii: "a")
    let pairs = Array(bytes)
    return String(unsafeUninitializedCapacity: pairs.count * 2) { letters in
      for (index, byte) in pairs.enumerated() {
        letters[index * 2] = base + (byte >> 4)
        letters[index * 2 + 1] = base + (byte & 15)
      }
      return pairs.count * 2
    }
  }

  /// A name of 32 letters that follows from `text`: the first half of its digest.
  package static func name(of text: String) -> String {
    letters(digest(Array(text.utf8)).prefix(16))
  }

  /// Takes every whole block of `message`.
  private static func compress(_ message: UnsafeRawBufferPointer, into state: inout SIMD8<UInt32>) {
    constants.withUnsafeBufferPointer { constants in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
        for start in stride(from: 0, through: message.count - 64, by: 64) {
          for index in 0..<16 {
            let word = message.loadUnaligned(fromByteOffset: start + index * 4, as: UInt32.self)
            schedule[index] = UInt32(bigEndian: word)
          }
          expand(schedule)
          state &+= mixed(state, schedule, constants)
        }
      }
    }
  }

  /// The words of a schedule behind the sixteen of its block.
  private static func expand(_ schedule: UnsafeMutableBufferPointer<UInt32>) {
    for index in 16..<64 {
      let (early, late) = (schedule[index - 15], schedule[index - 2])
      let first = rotated(early, 7) ^ rotated(early, 18) ^ (early >> 3)
      let second = rotated(late, 17) ^ rotated(late, 19) ^ (late >> 10)
      schedule[index] = schedule[index - 16] &+ first &+ schedule[index - 7] &+ second
    }
  }

  /// The 64 rounds of one block.
  private static func mixed(
    _ state: SIMD8<UInt32>, _ schedule: UnsafeMutableBufferPointer<UInt32>,
    _ constants: UnsafeBufferPointer<UInt32>
  ) -> SIMD8<UInt32> {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let mixed = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      let chosen = (e & f) ^ (~e & g)
      let first = h &+ mixed &+ chosen &+ constants[index] &+ schedule[index]
      let second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ ((a & b) ^ (a & c) ^ (b & c))
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
    }
    return SIMD8(a, b, c, d, e, f, g, h)
  }

  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word &>> count | word &<< (32 &- count)
  }

  private static let initial = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)

  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
