internal import Glibc
package import System

/// What a file with sound begins with, whatever its name.
package enum RecordingSignature {
  /// Looks whether a file may be a recording or a video; a short look is no proof.
  ///
  /// - Parameter path: A regular file.
  /// - Returns: Whether it begins like one.
  /// - Throws: Why it cannot be read.
  package static func isThere(in path: String) throws(Errno) -> Bool {
    let file = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = try bytes.withUnsafeMutableBufferPointer { bytes throws(Errno) in
      try file.read(into: UnsafeMutableRawBufferPointer(bytes), at: 0)
    }
    return matches(Array(bytes[..<count]))
  }

  /// Whether bytes may be the first of a recording.
  package static func matches(_ bytes: [UInt8]) -> Bool {
    starts.contains { bytes.starts(with: $0) }
      || forms.contains { bytes.starts(with: $0.form) && has($0.kind, at: 8, bytes) }
      || bytes.first == 0 && boxes.contains { has($0, at: 4, bytes) } || isMPEG(bytes)
  }

  /// Containers and codecs that say so with their first bytes.
  private static let starts: [[UInt8]] =
    [
      "fLaC", "OggS\0", "ID3\u{2}", "ID3\u{3}", "ID3\u{4}", "caff\0", ".snd\0", "#!AMR", "wvPk",
      "TTA1", "MPCK", "MP+\u{7}", "FLV\u{1}", "Creative Voice File", "NIST_1A\n", ".RMF\0",
      "DSD \u{1C}", "FRM8\0", "ADIF", "2BIT", "ajkg", "tBaK",
    ].map { Array($0.utf8) } + [
      // ASF, Matroska and WebM, Wave64, MPEG program streams, AC-3, DTS, Monkey's Audio.
      [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], [0x1A, 0x45, 0xDF, 0xA3],
      [0x72, 0x69, 0x66, 0x66, 0x2E, 0x91, 0xCF, 0x11], [0, 0, 1, 0xBA], [0x0B, 0x77],
      [0x7F, 0xFE, 0x80, 0x01], [0x4D, 0x41, 0x43, 0x20, 0x96],
    ]

  /// Chunked files, with what is in them behind their length.
  private static let forms: [(form: [UInt8], kind: [UInt8])] = [
    ("RIFF", "WAVE"), ("RIFX", "WAVE"), ("RF64", "WAVE"), ("BW64", "WAVE"), ("RIFF", "AVI "),
    ("FORM", "AIFF"), ("FORM", "AIFC"), ("FORM", "8SVX"), ("FORM", "16SV"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

  /// The first boxes of MPEG-4 and QuickTime files.
  private static let boxes: [[UInt8]] = ["ftyp", "moov", "mdat", "wide"].map { Array($0.utf8) }

  private static func has(_ word: [UInt8], at place: Int, _ bytes: [UInt8]) -> Bool {
    bytes.dropFirst(place).starts(with: word)
  }

  /// A frame of MP3, MP2 or AAC without a header of the file, or packets of a transport stream.
  private static func isMPEG(_ bytes: [UInt8]) -> Bool {
    if bytes.count > 376, [0, 188, 376].allSatisfy({ bytes[$0] == 0x47 }) { return true }
    guard bytes.count >= 4, bytes[0] == 0xFF else { return false }
    // Layers III and II; layer I looks like the mark of UTF-16.
    let isLayered = bytes[1] & 0xE0 == 0xE0 && [2, 4].contains(bytes[1] & 0x06)
    let isUsual = bytes[2] >> 4 != 15 && bytes[2] >> 2 & 3 != 3
    return isLayered && isUsual && bytes[1] & 0x18 != 0x08
      || bytes[1] & 0xF6 == 0xF0 && bytes[2] >> 2 & 15 < 13
  }
}
