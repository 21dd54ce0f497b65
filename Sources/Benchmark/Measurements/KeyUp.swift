internal import Dictation

/// The moment at which a dictation's key goes up, and what is heard then.
struct KeyUp {
  /// What a speaker is doing when the key goes up.
  enum Kind: CaseIterable {
    /// Speaking on: the tail has its full length.
    case midWord
    /// Ending a word, and nothing more is said.
    case wordEnd
    /// Silent for 100 to 400 ms.
    case silent
  }

  /// The sample from which silence replaces the speech, if it does.
  let branch: Int
  /// The sample at which the key goes up.
  let release: Int
  /// What is heard from `branch` on; empty where the speech goes on.
  let silence: [Float]

  /// Frames without speech that end a word.
  private static let gap = 6

  /// Chooses a moment in the last fifth of a dictation.
  ///
  /// - Parameters:
  ///   - kind: What the speaker is doing.
  ///   - audio: The speech, at least 2 s longer than the dictation.
  ///   - seconds: Length of the dictation.
  ///   - random: Decides.
  init(_ kind: Kind, in audio: [Float], _ seconds: Int, _ random: inout SplitMix) {
    let wanted = Int.random(in: seconds * 80...seconds * 100, using: &random)
    let spoken = Self.spokenFrames(audio)
    let found: Int?
    switch kind {
    case .midWord:
      found = spoken.indices.dropFirst(wanted).first { spoken[$0] == 0 }
    case .wordEnd, .silent:
      let end = spoken.indices.dropFirst(wanted).first { spoken[$0] == Self.gap }
      found = end.map { $0 + 1 - Self.gap }
    }
    let period = SimulatedDictation.period
    func sample(_ frame: Int) -> Int {
      (frame * Endpointer.frameLength + period - 1) / period * period
    }
    branch = sample(found ?? wanted)
    release =
      branch + (kind == .silent ? sample(Int.random(in: 10...40, using: &random)) : 0)
    silence = kind == .midWord ? [] : BenchmarkSpeech.room(1, &random)
  }

  /// For each frame the frames since the last one with speech; -1 where there was none yet.
  private static func spokenFrames(_ audio: [Float]) -> [Int] {
    var endpointer = Endpointer()
    var frames: [Int] = []
    audio.withUnsafeBufferPointer { audio in
      for start in stride(
        from: 0, through: audio.count - Endpointer.frameLength, by: Endpointer.frameLength)
      {
        let frame = audio[start..<start + Endpointer.frameLength]
        _ = endpointer.feed(UnsafeBufferPointer(rebasing: frame))
        frames.append(endpointer.isSpeech ? endpointer.quietFrames : -1)
      }
    }
    return frames
  }
}
