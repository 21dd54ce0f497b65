internal import CALSA

/// What an open device can do, and the choice among it.
struct HardwareParameters: ~Copyable {
  private let pcm: OpaquePointer
  private let handle: OpaquePointer

  /// Starts with all that the device offers, or throws ALSA's error.
  init(_ pcm: OpaquePointer) throws(ALSAError) {
    var allocated: OpaquePointer?
    try ALSAError.check(snd_pcm_hw_params_malloc(&allocated))
    guard let allocated else { throw ALSAError(code: -ENOMEM) }
    let code = snd_pcm_hw_params_any(pcm, allocated)
    guard code >= 0 else {
      snd_pcm_hw_params_free(allocated)
      throw ALSAError(code: code)
    }
    self.pcm = pcm
    handle = allocated
    // Rates that the device has, not those that a plugin would compute: libsoxr does that better.
    _ = snd_pcm_hw_params_set_rate_resample(pcm, handle, 0)
  }

  deinit { snd_pcm_hw_params_free(handle) }

  /// Samples per second, fewest to most.
  var rates: ClosedRange<Int> {
    Self.range { value, isMaximum in
      isMaximum
        ? snd_pcm_hw_params_get_rate_max(handle, &value, nil)
        : snd_pcm_hw_params_get_rate_min(handle, &value, nil)
    }
  }

  /// Channels, fewest to most.
  var channels: ClosedRange<Int> {
    Self.range { value, isMaximum in
      isMaximum
        ? snd_pcm_hw_params_get_channels_max(handle, &value)
        : snd_pcm_hw_params_get_channels_min(handle, &value)
    }
  }

  /// Encodings that are offered, of those that can be read.
  var encodings: [SampleEncoding] {
    SampleEncoding.allCases.filter {
      snd_pcm_hw_params_test_format(pcm, handle, $0.constant) == 0
    }
  }

  private static func range(_ limit: (inout UInt32, Bool) -> Int32) -> ClosedRange<Int> {
    var (least, most): (UInt32, UInt32) = (0, 0)
    guard limit(&least, false) >= 0, limit(&most, true) >= 0, least <= most else { return 0...0 }
    return Int(least)...Int(most)
  }

  /// Chooses a format and sizes, and sets the device up.
  ///
  /// - Returns: The format and the samples of each channel in a period; nil where the device
  ///   offers nothing that can be read.
  func settle(
    _ preferences: CapturePreferences
  ) throws(ALSAError) -> (format: CaptureFormat, periodSize: Int)? {
    guard snd_pcm_hw_params_set_access(pcm, handle, SND_PCM_ACCESS_RW_INTERLEAVED) >= 0,
      let encoding = preferences.encodings.first(where: encodings.contains)
    else { return nil }
    try ALSAError.check(snd_pcm_hw_params_set_format(pcm, handle, encoding.constant))
    let channels = try chooseChannels(preferences.channels)
    let rate = try chooseRate(preferences.rates)
    guard usableRates.contains(rate), usableChannels.contains(channels) else { return nil }

    // Wishes; what comes of them does not matter.
    var (period, buffer): (UInt32, UInt32) = (periodMicroseconds, bufferMicroseconds)
    _ = snd_pcm_hw_params_set_period_time_near(pcm, handle, &period, nil)
    _ = snd_pcm_hw_params_set_buffer_time_near(pcm, handle, &buffer, nil)
    try ALSAError.check(snd_pcm_hw_params(pcm, handle))
    var periodSize: snd_pcm_uframes_t = 0
    try ALSAError.check(snd_pcm_hw_params_get_period_size(handle, &periodSize, nil))
    // A second at most: who has no small periods lets them be read in parts.
    return (
      CaptureFormat(encoding: encoding, rate: rate, channels: channels),
      Int(min(max(1, periodSize), UInt(rate)))
    )
  }

  private func chooseChannels(_ wanted: [Int]) throws(ALSAError) -> Int {
    let offered = wanted.first {
      snd_pcm_hw_params_test_channels(pcm, handle, UInt32($0)) == 0
    }
    let count = offered ?? channels.lowerBound
    try ALSAError.check(snd_pcm_hw_params_set_channels(pcm, handle, UInt32(count)))
    return count
  }

  private func chooseRate(_ wanted: [Int]) throws(ALSAError) -> Int {
    let offered = wanted.first {
      snd_pcm_hw_params_test_rate(pcm, handle, UInt32($0), 0) == 0
    }
    var rate = UInt32(offered ?? 16_000)
    try ALSAError.check(snd_pcm_hw_params_set_rate_near(pcm, handle, &rate, nil))
    return Int(rate)
  }
}

extension SampleEncoding {
  fileprivate var constant: snd_pcm_format_t {
    switch self {
    case .int16: SND_PCM_FORMAT_S16_LE
    case .float32: SND_PCM_FORMAT_FLOAT_LE
    case .int32: SND_PCM_FORMAT_S32_LE
    case .int24: SND_PCM_FORMAT_S24_3LE
    case .int24Of32: SND_PCM_FORMAT_S24_LE
    }
  }
}

/// The number that a call of ALSA returned, negative.
struct ALSAError: Error {
  let code: Int32

  /// ALSA's text for it.
  var text: String { String(cString: snd_strerror(code)) }

  /// Throws where a call failed.
  static func check(_ code: Int32) throws(ALSAError) {
    if code < 0 { throw ALSAError(code: code) }
  }
}

/// Often enough for a prompt end of a dictation, seldom enough to cost nothing.
private let periodMicroseconds: UInt32 = 20_000

/// What the system may keep the thread from running without a loss.
private let bufferMicroseconds: UInt32 = 500_000

private let usableRates = 1_000...768_000
private let usableChannels = 1...1_024
