/// One channel of a recording, or all of them together.
///
/// Channels are averaged. Where that makes them cancel each other, as those of a microphone with
/// one pole reversed do, the strongest is heard alone.
final class MonoSource {
  let rate: Int
  private let source: any SampleSource
  private let choice: RecordingChoice.Channels
  private let channels: Int
  /// Channels interleaved, as many frames as are looked at together.
  private let frames: UnsafeMutableBufferPointer<Float>
  private let mono: UnsafeMutableBufferPointer<Float>
  private var pending = 0..<0
  private var position = 0
  /// The channel that is heard alone.
  private var strongest: Int?
  private var stretches: [Range<Int>] = []

  /// The power of the sum of all channels by the sum of their powers: 0 where they cancel, 1 where
  /// they have nothing in common, their number where they are the same.
  private static let cancelling: Float = 0.25
  /// Above it they do not cancel any more; noise between words has 1.
  private static let agreeing: Float = 1.2
  /// The mean square of what counts as silence.
  private static let silence: Float = 1e-9
  /// A channel is left for one that has so many times its power.
  private static let stronger: Float = 4
  /// How much is looked at together, and samples of all channels that this may be.
  private static let windowSeconds = 0.5
  private static let largestWindow = 1 << 20

  /// Reads a source.
  ///
  /// - Throws: `AudioError.badData` where it has no such channel.
  init(
    _ source: any SampleSource, _ choice: RecordingChoice.Channels, path: String
  ) throws(AudioError) {
    self.source = source
    self.choice = choice
    (rate, channels) = (source.rate, source.channels)
    if case .one(let number) = choice, !(1...channels).contains(number) {
      throw .badData(path: path, .noChannel(number, count: channels))
    }
    let window = Int(Double(rate) * Self.windowSeconds)
    let count = max(1, min(window, Self.largestWindow / channels))
    frames = .allocate(capacity: count * channels)
    mono = .allocate(capacity: count)
  }

  deinit {
    frames.deallocate()
    mono.deallocate()
  }

  /// Where channels cancelled each other so far.
  var warnings: [RecordingWarning] {
    let seconds = { (frames: Int) in Double(frames) / Double(self.rate) }
    let stretches = stretches.map { seconds($0.lowerBound)..<seconds($0.upperBound) }
    return stretches.isEmpty ? [] : [.cancelling(stretches)]
  }

  /// Writes the next samples and returns their number; 0 at the end.
  func read(into samples: UnsafeMutableBufferPointer<Float>) throws(AudioError) -> Int {
    if channels == 1 { return try source.read(into: samples) }
    if pending.isEmpty { try fill() }
    let count = min(samples.count, pending.count)
    let next = pending.lowerBound..<(pending.lowerBound + count)
    _ = samples.update(fromContentsOf: mono.extracting(next))
    pending = next.upperBound..<pending.upperBound
    return count
  }

  private func fill() throws(AudioError) {
    var count = 0
    while count < mono.count {
      let rest = UnsafeMutableBufferPointer(rebasing: frames[(count * channels)...])
      let read = try source.read(into: rest)
      if read == 0 { break }
      count += read
    }
    if case .one(let number) = choice {
      take(number - 1, count)
    } else if let channel = channelAlone(count) {
      take(channel, count)
      note(position..<position + count)
    } else {
      average(count)
    }
    position += count
    pending = 0..<count
  }

  private func take(_ channel: Int, _ count: Int) {
    for frame in 0..<count { mono[frame] = frames[frame * channels + channel] }
  }

  private func average(_ count: Int) {
    for frame in 0..<count {
      var sum = 0.0
      for channel in 0..<channels { sum += Double(frames[frame * channels + channel]) }
      mono[frame] = Float(sum / Double(channels))
    }
  }

  /// The channel to be heard alone in this window; nil for all of them.
  private func channelAlone(_ count: Int) -> Int? {
    var powers = [Float](repeating: 0, count: channels)
    var together: Float = 0
    for frame in 0..<count {
      var sum: Float = 0
      for channel in 0..<channels {
        let sample = frames[frame * channels + channel]
        powers[channel] += sample * sample
        sum += sample
      }
      together += sum * sum
    }
    let whole = powers.reduce(0, +)
    guard whole > Self.silence * Float(count * channels) else { return strongest }
    let share = together / whole
    if share > Self.agreeing || strongest == nil && share >= Self.cancelling {
      strongest = nil
    } else {
      let best = powers.indices.max { powers[$0] < powers[$1] } ?? 0
      let isStronger = strongest.map { powers[best] > Self.stronger * powers[$0] } ?? true
      if isStronger { strongest = best }
    }
    return strongest
  }

  private func note(_ window: Range<Int>) {
    if let last = stretches.last, last.upperBound == window.lowerBound {
      stretches[stretches.count - 1] = last.lowerBound..<window.upperBound
    } else {
      stretches.append(window)
    }
  }
}
