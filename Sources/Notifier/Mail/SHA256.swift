/// SHA-256 (FIPS 180-4), because no package may be used and a message needs a name that follows from its
/// content.
package enum SHA256 {
  /// The 32 bytes of the digest.
  package static func digest(_ bytes: [UInt8]) -> [UInt8] {
    let words = words(bytes)
    return words.indices.flatMap { word in
      withUnsafeBytes(of: words[word].bigEndian) { Array($0) }
    }
  }

  /// The digest as eight words.
  static func words(_ bytes: [UInt8]) -> SIMD8<UInt32> {
    var state = initial
    bytes.withUnsafeBytes { bytes in
      compress(bytes, into: &state)
      withUnsafeTemporaryAllocation(byteCount: 2 * blockSize, alignment: 8) { room in
        compress(UnsafeRawBufferPointer(rebasing: room[..<end(of: bytes, in: room)]), into: &state)
      }
    }
    return state
  }

  private static let blockSize = 64

  /// Writes the last one or two blocks: what no block was full of, a bit that is set, zeros, and how many
  /// bits the message has.
  ///
  /// - Returns: how many bytes they have.
  private static func end(of bytes: UnsafeRawBufferPointer, in room: UnsafeMutableRawBufferPointer) -> Int {
    let rest = bytes.suffix(bytes.count % blockSize)
    let size = rest.count < blockSize - 8 ? blockSize : 2 * blockSize
    room.initializeMemory(as: UInt8.self, repeating: 0)
    room.copyBytes(from: rest)
    room[rest.count] = 0x80
    room.storeBytes(of: (UInt64(bytes.count) * 8).bigEndian, toByteOffset: size - 8, as: UInt64.self)
    return size
  }

  /// `bytes` as letters `a` to `p`, one for each half byte.
  ///
  /// No digit stands in it, so that no filter takes a hash for a CPR number.
  package static func letters(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: letterBytes(bytes), as: UTF8.self)
  }

  /// The same as UTF-8.
  static func letterBytes(_ bytes: some Collection<UInt8>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: bytes.count * 2) { letters, count in
      for byte in bytes {
        letters.initializeElement(at: count, to: UInt8(ascii: "a") + (byte >> 4))
        letters.initializeElement(at: count + 1, to: UInt8(ascii: "a") + (byte & 15))
        count += 2
      }
    }
  }

  /// A name of 32 letters that follows from `text`: the first half of its digest.
  package static func name(of text: String) -> String {
    String(decoding: ContentName(of: Array(text.utf8)).letters, as: UTF8.self)
  }

  /// Takes every whole block of `message`.
  private static func compress(_ message: UnsafeRawBufferPointer, into state: inout SIMD8<UInt32>) {
    constants.withUnsafeBufferPointer { constants in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
        for start in stride(from: 0, through: message.count - blockSize, by: blockSize) {
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

  /// The 64 rounds of one block. After eight of them each letter stands in its place again, so nothing is
  /// moved in between.
  private static func mixed(
    _ state: SIMD8<UInt32>, _ schedule: UnsafeMutableBufferPointer<UInt32>,
    _ constants: UnsafeBufferPointer<UInt32>
  ) -> SIMD8<UInt32> {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for first in stride(from: 0, to: 64, by: 8) {
      let word = { constants[first &+ $0] &+ schedule[first &+ $0] }
      round(a, b, c, &d, e, f, g, &h, word(0))
      round(h, a, b, &c, d, e, f, &g, word(1))
      round(g, h, a, &b, c, d, e, &f, word(2))
      round(f, g, h, &a, b, c, d, &e, word(3))
      round(e, f, g, &h, a, b, c, &d, word(4))
      round(d, e, f, &g, h, a, b, &c, word(5))
      round(c, d, e, &f, g, h, a, &b, word(6))
      round(b, c, d, &e, f, g, h, &a, word(7))
    }
    return SIMD8(a, b, c, d, e, f, g, h)
  }

  /// One round, which changes two of its eight.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
    _ h: inout UInt32, _ word: UInt32
  ) {
    let mixed = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    let first = h &+ mixed &+ (g ^ (e & (f ^ g))) &+ word
    let second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ ((a & b) ^ (c & (a ^ b)))
    d = d &+ first
    h = first &+ second
  }

  @inline(__always)
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
