/// Decodes with libsndfile, and from damage on with ffmpeg, which finds its way behind it.
final class ContinuedSource: SampleSource {
  let rate: Int
  let channels: Int
  let expectedCount: Int?
  private let known: SoundFileSource
  private let lack: String
  private let proceed: (_ start: Int) throws(AudioError) -> ConvertedSource
  private var rest: ConvertedSource?
  /// Why nothing goes on behind the damage.
  private var ending: RecordingWarning?
  private var hasTried = false

  /// Begins with one source.
  ///
  /// - Parameters:
  ///   - known: What decodes it up to the damage.
  ///   - lack: What to say where nothing goes on behind it.
  ///   - proceed: Gives what decodes it from a frame on, at the same rate and channels.
  init(
    _ known: SoundFileSource, lack: String,
    proceed: @escaping (_ start: Int) throws(AudioError) -> ConvertedSource
  ) {
    self.known = known
    self.lack = lack
    self.proceed = proceed
    (rate, channels, expectedCount) = (known.rate, known.channels, known.expectedCount)
  }

  var promise: (count: Int, tolerance: Double)? { known.promise }

  var decodedCount: Int { rest?.decodedCount ?? known.decodedCount }

  var warnings: [RecordingWarning] { (rest?.warnings ?? []) + (ending.map { [$0] } ?? []) }

  func read(into samples: UnsafeMutableBufferPointer<Float>) throws(AudioError) -> Int {
    if let rest { return try rest.read(into: samples) }
    let count = try known.read(into: samples)
    guard let damage = known.damage, !hasTried else { return count }
    hasTried = true
    // What was decoded together with the damage is decoded again.
    if let rest = try? proceed(damage.place), let more = try? rest.read(into: samples), more > 0 {
      self.rest = rest
      return more
    }
    let reason = "\(damage.reason); \(lack)"
    ending = .damaged(at: Double(damage.place) / Double(rate), reason: reason)
    return count
  }
}
