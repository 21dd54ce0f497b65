extension ModelConfiguration.Preprocessor {
  /// Reads `preprocessor`; absent keys have the defaults of `AudioToMelSpectrogramPreprocessor`.
  init(_ settings: Settings) throws(CheckpointError) {
    sampleRate = try settings.integer("sample_rate", default: 16_000, in: 1...192_000)
    try settings.require("sample_rate", sampleRate == 16_000, only: "16000")
    mels = try settings.integer("features", default: 64, in: 1...1024)
    window = try Self.samples(
      settings, "window_size", default: 0.02, orCount: "n_window_size", rate: sampleRate)
    hop = try Self.samples(
      settings, "window_stride", default: 0.01, orCount: "n_window_stride", rate: sampleRate)
    fftSize = try settings.integer(
      "n_fft", default: Self.powerOfTwo(atLeast: window), in: 2...65_536)
    guard fftSize >= window, fftSize.isMultiple(of: 2) else {
      throw settings.nonsense(
        "n_fft", "expected an even number of at least the window's \(window)")
    }
    // An explicit null switches pre-emphasis off.
    let standard = settings.mentions("preemph") ? 0 : 0.97
    preemphasis = Float(try settings.number("preemph", default: standard, in: 0...1))
    try Self.requireKnownMethod(settings)
  }

  /// Refuses every way of computing log-mels but the one that Parakeet models use.
  private static func requireKnownMethod(_ settings: Settings) throws(CheckpointError) {
    let normalize = try settings.text("normalize") ?? "per_feature"
    try settings.require("normalize", normalize == "per_feature", only: "per_feature")
    try settings.require("window", try settings.text("window") ?? "hann" == "hann", only: "hann")
    try settings.require("log", try settings.flag("log", default: true), only: "true")
    let power = try settings.number("mag_power", default: 2, in: 0...8)
    try settings.require("mag_power", power == 2, only: "2.0")
    let guardType = try settings.text("log_zero_guard_type") ?? "add"
    try settings.require("log_zero_guard_type", guardType == "add", only: "add")
    let step = 0x1p-24
    let guardValue = try settings.number("log_zero_guard_value", default: step, in: 0...1)
    try settings.require(
      "log_zero_guard_value", abs(guardValue - step) <= step * 1e-3, only: "2⁻²⁴")
    let splicing = try settings.integer("frame_splicing", default: 1, in: 1...64)
    try settings.require("frame_splicing", splicing == 1, only: "1")
    for key in ["exact_pad", "use_torchaudio"] {
      try settings.require(key, try !settings.flag(key, default: false), only: "false")
    }
  }

  /// A length given in seconds or in samples.
  private static func samples(
    _ settings: Settings, _ key: String, default standard: Double, orCount countKey: String,
    rate: Int
  ) throws(CheckpointError) -> Int {
    if let count = try settings.integer(countKey, in: 1...rate) { return count }
    let samples = Int(try settings.number(key, default: standard, in: 0...1) * Double(rate))
    guard samples > 0 else { throw settings.nonsense(key, "expected a positive time") }
    return samples
  }

  private static func powerOfTwo(atLeast count: Int) -> Int {
    var size = 2
    while size < count { size *= 2 }
    return size
  }
}
