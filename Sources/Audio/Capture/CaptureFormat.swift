/// What a device delivers.
package struct CaptureFormat: Equatable, Sendable {
  /// How a sample is stored.
  package let encoding: SampleEncoding
  /// Samples per second and channel.
  package let rate: Int
  /// Channels, interleaved.
  package let channels: Int

  /// Describes a format.
  package init(encoding: SampleEncoding, rate: Int, channels: Int) {
    self.encoding = encoding
    self.rate = rate
    self.channels = channels
  }

  /// Bytes of one sample of every channel.
  var frameSize: Int { encoding.byteCount * channels }
}

/// How a device stores a sample; the raw values are ALSA's names.
package enum SampleEncoding: String, CaseIterable, Sendable {
  /// 16 bits.
  case int16 = "S16_LE"
  /// 32-bit floating point.
  case float32 = "FLOAT_LE"
  /// 32 bits.
  case int32 = "S32_LE"
  /// 24 bits in three bytes.
  case int24 = "S24_3LE"
  /// 24 bits in the low three bytes of four.
  case int24Of32 = "S24_LE"

  /// Bytes of one sample.
  var byteCount: Int {
    switch self {
    case .int16: 2
    case .int24: 3
    case .float32, .int32, .int24Of32: 4
    }
  }
}

/// What to ask a device for, best first.
package struct CapturePreferences: Sendable {
  /// The first that the device offers is taken.
  package var encodings = SampleEncoding.allCases
  /// The first that the device offers is taken, or else the one nearest to 16 kHz.
  ///
  /// 48 kHz is what most devices run at; below 16 kHz something is missing.
  package var rates = [16_000, 48_000, 32_000, 44_100, 24_000, 22_050, 96_000, 88_200, 192_000]
  /// The first that the device offers is taken, or else the fewest.
  package var channels = [1, 2]

  package init() {}
}
