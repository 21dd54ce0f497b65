/// Mono WAV files at 16 kHz.
package enum WaveFile {
  /// Bytes before the first sample.
  package static let headerSize = 44

  /// The bytes before the samples.
  ///
  /// - Parameters:
  ///   - samples: How many follow.
  ///   - isFloat: Whether they are floats of 32 bits, or integers of 16.
  /// - Returns: As many as `headerSize`.
  package static func header(samples: Int, isFloat: Bool) -> [UInt8] {
    let (format, bytes) = isFloat ? (UInt16(3), 4) : (UInt16(1), 2)
    let length = UInt32(clamping: bytes * samples)
    return Array("RIFF".utf8) + little(length &+ 36) + Array("WAVEfmt ".utf8) + little(UInt32(16))
      + little(format) + little(UInt16(1)) + little(UInt32(16_000))
      + little(UInt32(16_000 * bytes)) + little(UInt16(bytes)) + little(UInt16(8 * bytes))
      + Array("data".utf8) + little(length)
  }

  /// A whole file of 16-bit integers.
  ///
  /// - Parameter samples: −1 … 1; what lies outside is cut off.
  /// - Returns: Its bytes.
  package static func bytes(_ samples: some Collection<Float>) -> [UInt8] {
    var file = header(samples: samples.count, isFloat: false)
    file.reserveCapacity(headerSize + 2 * samples.count)
    for sample in samples {
      let scaled = sample.isNaN ? 0 : (max(-1, min(1, sample)) * 32_767).rounded()
      file += little(Int16(scaled))
    }
    return file
  }

  private static func little(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
