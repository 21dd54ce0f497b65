internal import CSndFile
internal import System

/// Decodes what libsndfile knows: WAV, FLAC, Ogg Vorbis, Opus, MP3, AIFF and their relatives.
///
/// Integer samples are divided by the magnitude of the most negative one, so 16 bits become
/// x / 32768 exactly; floating-point samples keep their values.
final class SoundFileSource: SampleSource {
  let rate: Int
  let channels: Int
  let expectedCount: Int?
  let warnings: [RecordingWarning] = []
  /// Whether samples depend on those before them, so that damage can be noticed.
  let isCompressed: Bool
  private(set) var decodedCount = 0
  /// The frame before which decoding began that met damage, and libsndfile's words for it.
  private(set) var damage: (place: Int, reason: String)?
  private let path: String
  private let bytes: PiecedFile
  private let file: OpaquePointer

  /// Opens the file, or returns nil where libsndfile does not know the format.
  ///
  /// Also nil for a header that says "no samples" with a body behind it, as recorders leave when
  /// they are killed: libsndfile believes the header, ffmpeg reads to the end.
  ///
  /// - Parameters:
  ///   - input: The recording.
  ///   - pieces: The recording as libsndfile has to see it; nil for as it is.
  /// - Throws: `AudioError.badData` for a rate or channels that no recording has.
  init?(_ input: InputFile, _ pieces: [PiecedFile.Piece]?) throws(AudioError) {
    var info = SF_INFO()
    let bytes = PiecedFile(input, pieces)
    guard let file = bytes.open(&info) else { return nil }
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
    path = input.path
    self.bytes = bytes
    self.file = file
    rate = Int(info.samplerate)
    channels = Int(info.channels)
    isCompressed = [SF_FORMAT_FLAC, SF_FORMAT_OGG, 0x230000].contains {
      Int(info.format) & SF_FORMAT_TYPEMASK == Int($0)
    }
    // libsndfile gives the largest count where the header leaves the length open.
    expectedCount = (1..<(1 << 48)).contains(info.frames) ? Int(info.frames) : nil
  }

  deinit { sf_close(file) }

  var promise: (count: Int, tolerance: Double)? { expectedCount.map { ($0, 0.02) } }

  func read(into samples: UnsafeMutableBufferPointer<Float>) throws(AudioError) -> Int {
    let room = sf_count_t(samples.count / channels)
    let count = Int(sf_readf_float(file, samples.baseAddress, room))
    // What comes behind the last frame that is promised is no damage.
    let isComplete = decodedCount + max(0, count) >= expectedCount ?? .max
    if damage == nil, !isComplete, sf_error(file) != 0 {
      let reason = String(String(cString: sf_strerror(file)).prefix { $0 != "." })
      damage = (decodedCount, reason)
      if count <= 0, decodedCount == 0 { throw .badData(path: path, .damaged(reason)) }
    }
    guard count > 0 else { return 0 }
    try check(samples[..<(count * channels)], path: path)
    decodedCount += count
    return count
  }

  /// Decodes all that is left, for nothing but to see whether it can be.
  func readsToItsEnd() -> Bool {
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: channels * 4_096)
    defer { block.deallocate() }
    while damage == nil, let count = try? read(into: block), count > 0 {}
    return damage == nil
  }
}

/// Rates that libsoxr converts within reasonable memory.
private let usableRates = 1_000...768_000

/// Bytes that a header with all its tags may take in a file without a sample.
private let largestHeader = 4_096
