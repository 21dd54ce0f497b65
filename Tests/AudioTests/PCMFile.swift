import Foundation

/// Writes 16-bit recordings, mono at 16 kHz, in the containers that hold samples as they are.
enum PCMFile: String, CaseIterable {
  case wav, rifx, rf64, w64, aiff, au, caf

  /// A whole file; `promised` replaces the bytes of samples that its header tells.
  func bytes(_ samples: [Int16], promised: Int? = nil) -> Data {
    let isBig = [.rifx, .aiff, .au, .caf].contains(self)
    var data = Data()
    for sample in samples { data.append(number: isBig ? sample.bigEndian : sample.littleEndian) }
    return header(promised ?? data.count) + data
  }

  /// What a program writes that never learns the length.
  var openLengths: [Int] {
    switch self {
    case .wav: [0, 0x7fff_f000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff]
    case .rifx: [0x7fff_ffff, 0xffff_ffff]
    case .rf64: [0]
    case .w64: [Int.max - 24]
    case .aiff: [-8]
    case .au: [0xffff_ffff]
    case .caf: [-5]
    }
  }

  private func header(_ length: Int) -> Data {
    var file = Data()
    switch self {
    case .wav, .rifx:
      let isBig = self == .rifx
      func put(_ value: some FixedWidthInteger) {
        file.append(number: isBig ? value.bigEndian : value.littleEndian)
      }
      file += Data((isBig ? "RIFX" : "RIFF").utf8)
      put(UInt32(truncatingIfNeeded: length &+ 36))
      file += Data("WAVEfmt ".utf8)
      put(UInt32(16))
      for value in [1, 1] as [UInt16] { put(value) }
      for value in [16_000, 32_000] as [UInt32] { put(value) }
      for value in [2, 16] as [UInt16] { put(value) }
      file += Data("data".utf8)
      put(UInt32(truncatingIfNeeded: length))
    case .rf64:
      file += Data("RF64".utf8) + Data(repeating: 255, count: 4) + Data("WAVEds64".utf8)
      file.append(number: UInt32(28).littleEndian)
      for value in [length == 0 ? 0 : length + 72, length, length / 2] {
        file.append(number: UInt64(value).littleEndian)
      }
      file.append(number: UInt32(0))
      file += Self.wav.header(0)[12..<36] + Data("data".utf8) + Data(repeating: 255, count: 4)
    case .w64:
      let name = { (text: String, rest: [UInt8]) in Data(text.utf8) + Data(rest) }
      let wave: [UInt8] = [
        0xf3, 0xac, 0xd3, 0x11, 0x8c, 0xd1, 0x00, 0xc0, 0x4f, 0x8e, 0xdb, 0x8a,
      ]
      file += name(
        "riff", [0x2e, 0x91, 0xcf, 0x11, 0xa5, 0xd6, 0x28, 0xdb, 0x04, 0xc1, 0x00, 0x00])
      file.append(number: UInt64(max(0, min(length, 1 << 40) + 104)).littleEndian)
      file += name("wave", wave) + name("fmt ", wave)
      file.append(number: UInt64(40).littleEndian)
      file += Self.wav.header(0)[20..<36] + name("data", wave)
      file.append(number: UInt64(length + 24).littleEndian)
    case .aiff:
      file += Data("FORM".utf8)
      file.append(number: UInt32(max(0, length + 46)).bigEndian)
      file += Data("AIFFCOMM".utf8)
      file.append(number: UInt32(18).bigEndian)
      file.append(number: UInt16(1).bigEndian)
      file.append(number: UInt32(max(0, length / 2)).bigEndian)
      file.append(number: UInt16(16).bigEndian)
      // 16000 as an 80-bit float.
      file += Data([0x40, 0x0c, 0xfa, 0, 0, 0, 0, 0, 0, 0]) + Data("SSND".utf8)
      file.append(number: UInt32(length + 8).bigEndian)
      file.append(number: UInt64(0))
    case .au:
      file += Data(".snd".utf8)
      for value in [24, length, 3, 16_000, 1] { file.append(number: UInt32(value).bigEndian) }
    case .caf:
      file += Data("caff".utf8) + Data([0, 1, 0, 0]) + Data("desc".utf8)
      file.append(number: UInt64(32).bigEndian)
      file.append(number: (16_000.0).bitPattern.bigEndian)
      file += Data("lpcm".utf8)
      for value in [0, 2, 1, 1, 16] { file.append(number: UInt32(value).bigEndian) }
      file += Data("data".utf8)
      file.append(number: Int64(length + 4).bigEndian)
      file.append(number: UInt32(0))
    }
    return file
  }
}

extension Data {
  /// Appends a number as it lies in memory.
  fileprivate mutating func append(number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number) { append(contentsOf: $0) }
  }
}
