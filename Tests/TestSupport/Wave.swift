public import Foundation

/// Writes WAV files, right ones and wrong ones.
public struct Wave {
  /// Samples per second and channel, as the header says.
  public var rate = 16_000
  /// Channels, as the header says.
  public var channels = 1
  private var format = 1
  private var bits = 16
  private var data = Data()

  /// 16-bit samples.
  public init(_ samples: [Int16], rate: Int = 16_000, channels: Int = 1) {
    self.rate = rate
    self.channels = channels
    samples.forEach { append($0) }
  }

  /// 32-bit floating-point samples.
  public init(floats: [Float], rate: Int = 16_000) {
    self.rate = rate
    format = 3
    bits = 32
    floats.forEach { append($0.bitPattern) }
  }

  /// Bytes as they are.
  public init(raw: [UInt8], bits: Int, format: Int = 1) {
    self.bits = bits
    self.format = format
    data = Data(raw)
  }

  /// The whole file; `claimed` replaces the length of the data in its header.
  public func bytes(claimed: UInt32? = nil) -> Data {
    var file = Wave(raw: [], bits: 0)
    file.data.append(contentsOf: "RIFF".utf8)
    file.append((claimed ?? UInt32(data.count)) &+ 36)
    file.data.append(contentsOf: "WAVEfmt ".utf8)
    file.append(UInt32(16))
    file.append(UInt16(truncatingIfNeeded: format))
    file.append(UInt16(truncatingIfNeeded: channels))
    file.append(UInt32(truncatingIfNeeded: rate))
    file.append(UInt32(truncatingIfNeeded: rate * channels * bits / 8))
    file.append(UInt16(truncatingIfNeeded: channels * bits / 8))
    file.append(UInt16(truncatingIfNeeded: bits))
    file.data.append(contentsOf: "data".utf8)
    file.append(claimed ?? UInt32(data.count))
    return file.data + data
  }

  private mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
  }
}
