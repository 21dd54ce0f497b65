internal import CSndFile
internal import System

/// Decodes what libsndfile knows: WAV, FLAC, Ogg Vorbis, Opus, MP3, AIFF and their relatives.
///
/// Integer samples are divided by the magnitude of the most negative one, so 16 bits become
/// x / 32768 exactly; floating-point samples keep their values. Channels are averaged.
final class SoundFileSource: SampleSource {
  let rate: Int
  let expectedCount: Int?
  private let input: InputFile
  private let file: OpaquePointer
  private let channels: Int
  private let interleaved: UnsafeMutableBufferPointer<Float>
  private(set) var decodedCount = 0

  /// Opens the file, or returns nil where libsndfile does not know the format.
  ///
  /// Also nil for a header that says "no samples" with a body behind it, as recorders leave when
  /// they are killed: libsndfile believes the header, ffmpeg reads to the end.
  init?(_ input: InputFile) throws(AudioError) {
    var info = SF_INFO()
    // A descriptor of its own, because libsndfile closes it on failure whatever one asks for.
    let copy = try input.duplicate().release()
    guard let file = sf_open_fd(copy, Int32(SFM_READ), &info, 1) else { return nil }
    if info.frames == 0 && input.size > largestHeader {
      sf_close(file)
      return nil
    }
    guard usableRates.contains(Int(info.samplerate)), info.channels > 0 else {
      sf_close(file)
      throw .badData(
        path: input.path,
        .layout(channels: Int(info.channels), rate: Int(info.samplerate)))
    }
    self.input = input
    self.file = file
    rate = Int(info.samplerate)
    channels = Int(info.channels)
    // libsndfile gives the largest count where the header leaves the length open.
    expectedCount = (1..<(1 << 48)).contains(info.frames) ? Int(info.frames) : nil
    interleaved = .allocate(capacity: channels * max(1, 65_536 / channels))
  }

  deinit {
    sf_close(file)
    interleaved.deallocate()
  }

  func read(into samples: UnsafeMutableBufferPointer<Float>) throws(AudioError) -> Int {
    let wanted = min(samples.count, interleaved.count / channels)
    let count = Int(sf_readf_float(file, interleaved.baseAddress, sf_count_t(wanted)))
    guard count > 0 else {
      if decodedCount == 0 && sf_error(file) != 0 {
        throw .badData(path: input.path, .damaged(String(cString: sf_strerror(file))))
      }
      return 0
    }
    for frame in 0..<count {
      var sum = 0.0
      for channel in 0..<channels { sum += Double(interleaved[frame * channels + channel]) }
      samples[frame] = Float(sum / Double(channels))
    }
    try check(samples[..<count], path: input.path)
    decodedCount += count
    return count
  }
}

/// Rates that libsoxr converts within reasonable memory.
private let usableRates = 1_000...768_000

/// Bytes that a header with all its tags may take in a file without a sample.
private let largestHeader = 4_096
