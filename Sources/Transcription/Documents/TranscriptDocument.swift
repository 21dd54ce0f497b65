package import Audio
package import Checkpoint
package import Formatting
package import Recognition

/// Everything about one transcribed file: what is written in every format, and what the daemon
/// answers from.
///
/// Those of hours are long: what is kept of words and tokens is small, and all that can be made of
/// it is made when it is written.
package struct TranscriptDocument: Equatable, Sendable {
  /// The recording as the user named it, as `FilePath` spells it.
  package let file: String
  /// Where in the recording the part begins that was heard, in seconds; nil for all of it.
  ///
  /// All other times count from there.
  package var offset: Double?
  /// The line of the manifest that named it, as JSON; the document leaves it out.
  package var manifestLine: String?
  /// The model as the user named it.
  package let model: String
  /// How its weights were kept.
  package let precision: String
  /// Seconds of audio that were heard.
  package let duration: Double
  /// All that was said, as it is to be written.
  package let text: String
  /// What the model wrote.
  package let raw: String
  /// Sentences, or stretches between long silences.
  package let segments: [Segment]
  /// The words of all segments.
  package let words: [TimedWord]
  /// The terms of the vocabulary that were written, in order.
  package let terms: [String]
  /// What the words were decoded from.
  package let tokens: [Token]
  /// How those pieces are spelled that are among the tokens, by their numbers.
  let pieces: [Int: String]
  /// The best of what else may have been said, behind the text itself; nil where nobody asked.
  package var alternatives: [Alternative]?
  /// What somebody must know who relies on it, as sentences that follow the recording's name; nil
  /// where there is nothing to tell.
  package let warnings: [String]?
  /// What it took.
  package let timing: Timing
  /// Compute time by audio time, without `load`; lower is better.
  package let rtf: Double

  /// Gathers what is known about a file and what the model made of it.
  ///
  /// - Parameters:
  ///   - file: The recording as the user named it.
  ///   - model: The model as the user named it.
  ///   - precision: How its weights were kept.
  ///   - duration: Seconds of audio that were heard.
  ///   - transcript: What was said, as the model wrote it.
  ///   - formatted: The same as it is to be written.
  ///   - tokenizer: The model's; it spells the tokens.
  ///   - heard: What is to be known of the recording.
  ///   - timing: What it took.
  package init(
    file: String, model: String, precision: Precision, duration: Double, transcript: Transcript,
    text formatted: FormattedText, tokenizer: Tokenizer, heard: [RecordingWarning] = [],
    timing: Timing
  ) {
    self.file = file
    self.model = model
    self.precision = precision.rawValue
    self.duration = threePlaces(duration)
    text = formatted.text
    raw = transcript.text
    terms = formatted.terms
    words = formatted.words.map(TimedWord.init)
    segments = Segment.all(of: transcript, formatted, words)
    tokens = transcript.tokens.map(Token.init)
    pieces = transcript.tokens.reduce(into: [:]) { pieces, token in
      if pieces[token.id] == nil { pieces[token.id] = tokenizer.piece(token.id) }
    }
    warnings = heard.isEmpty ? nil : heard.map(\.reason)
    self.timing = timing
    rtf = duration > 0 ? timing.total / 1000 / duration : 0
  }

  /// Gathers what another process has heard in a file, which tells nothing of tokens and of what it
  /// took.
  ///
  /// - Parameters:
  ///   - file: The recording as the user named it.
  ///   - model: The model as the other process names it.
  ///   - duration: Seconds of audio that were heard.
  ///   - text: All that was said, as it is to be written.
  ///   - raw: What the model wrote.
  ///   - segments: Sentences.
  ///   - words: The words of all of them.
  ///   - terms: Terms that were written.
  ///   - warnings: What somebody must know who relies on it.
  package init(
    file: String, model: String, duration: Double, text: String, raw: String,
    segments: [Segment], words: [TimedWord], terms: [String], warnings: [String]?
  ) {
    (self.file, self.model, precision) = (file, model, "")
    (self.duration, self.text, self.raw) = (threePlaces(duration), text, raw)
    (self.segments, self.words, self.terms) = (segments, words, terms)
    (tokens, pieces) = ([], [:])
    self.warnings = warnings
    (timing, rtf) = (Timing(adding: []), 0)
  }

  /// Puts what was said in each channel of a recording together, in the order of time.
  ///
  /// - Parameter channels: A document for each channel, at least one.
  init(merging channels: [TranscriptDocument]) {
    let first = channels[0]
    (file, model, precision) = (first.file, first.model, first.precision)
    duration = channels.map(\.duration).max() ?? 0
    offset = first.offset
    let parts = channels.enumerated().flatMap { index, document in
      document.segments.map { (channel: index + 1, segment: $0, document: document) }
    }.sorted { ($0.segment.start, $0.channel) < ($1.segment.start, $1.channel) }
    var (words, segments): ([TimedWord], [Segment]) = ([], [])
    for part in parts {
      let start = words.count
      words += part.document.words[part.segment.words].map { $0.inChannel(part.channel) }
      segments.append(Segment(part.segment, words: start..<words.count, channel: part.channel))
    }
    (self.words, self.segments) = (words, segments)
    let isOne = channels.count == 1
    text = isOne ? first.text : Segment.turns(segments)
    raw =
      isOne
      ? first.raw
      : channels.enumerated().map { "[\($0 + 1)] \($1.raw)" }.joined(separator: "\n")
    terms = channels.flatMap(\.terms)
    tokens = channels.enumerated().flatMap { index, document in
      document.tokens.map { $0.inChannel(index + 1) }
    }.sorted { $0.frame < $1.frame }
    pieces = channels.reduce(into: [:]) { $0.merge($1.pieces) { first, _ in first } }
    let warnings = channels.flatMap { $0.warnings ?? [] }.reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    self.warnings = warnings.isEmpty ? nil : warnings
    timing = Timing(adding: channels.map(\.timing))
    rtf = duration > 0 ? timing.total / 1000 / duration : 0
  }
}

extension TranscriptDocument {
  /// A sentence, or a stretch between long silences.
  package struct Segment: Equatable, Sendable {
    /// Seconds from the first sample.
    package let start: Double
    /// Seconds from the first sample.
    package let end: Double
    /// Its words, with single spaces between them.
    package let text: String
    /// The channel in which it was said, from 1, where each is heard by itself.
    package var channel: Int?
    /// Its words, as indices into the document's; the JSON leaves them out.
    package let words: Range<Int>

    init(_ segment: Segment, words: Range<Int>, channel: Int) {
      self.init(start: segment.start, end: segment.end, text: segment.text, words: words)
      self.channel = channel
    }

    /// Its words, behind the channel's number where each is heard by itself.
    var marked: String { channel.map { "[\($0)] \(text)" } ?? text }

    /// A line for each time that another channel speaks, with the channel's number before it.
    fileprivate static func turns(_ segments: [Segment]) -> String {
      var turns: [(channel: Int, text: String)] = []
      for segment in segments {
        let channel = segment.channel ?? 1
        if turns.last?.channel == channel {
          turns[turns.count - 1].text += " \(segment.text)"
        } else {
          turns.append((channel, segment.text))
        }
      }
      return turns.map { "[\($0.channel)] \($0.text)" }.joined(separator: "\n")
    }

    /// The segments of a transcript with the words that are written.
    ///
    /// A word belongs to the segment in which it begins; a segment without words is left out.
    static func all(
      of transcript: Transcript, _ formatted: FormattedText, _ words: [TimedWord]
    ) -> [Segment] {
      guard !formatted.isAsHeard else { return transcript.segments.map(Segment.init) }
      var segments: [Segment] = []
      var first = 0
      for (index, segment) in transcript.segments.enumerated() {
        let isLast = index == transcript.segments.count - 1
        let rest = formatted.words.indices.dropFirst(first)
        let next =
          isLast
          ? words.count
          : rest.first { formatted.words[$0].start >= segment.end }
            ?? words.count
        defer { first = next }
        guard first < next else { continue }
        segments.append(
          Segment(
            start: threePlaces(segment.start), end: threePlaces(segment.end),
            text: words[first..<next].map(\.word).joined(separator: " "), words: first..<next))
      }
      return segments
    }

    /// Creates a segment from all its parts but the channel.
    package init(start: Double, end: Double, text: String, words: Range<Int>) {
      (self.start, self.end, self.text, self.words) = (start, end, text, words)
    }

    private init(_ segment: Recognition.Segment) {
      self.init(
        start: threePlaces(segment.start), end: threePlaces(segment.end), text: segment.text,
        words: segment.words)
    }
  }

  /// What may have been said.
  package struct Alternative: Equatable, Sendable {
    /// As it is to be written.
    package let text: String
    /// Natural logarithm of its probability as far as the search knows it, with what the phrases
    /// that recognition favours add.
    package let score: Float

    init(text: String, score: Float) {
      self.text = text
      // JSON has no infinities.
      self.score = score.isFinite ? score : -Float.greatestFiniteMagnitude
    }
  }

  /// A piece of a word, and where it was heard.
  package struct Token: Equatable, Sendable {
    private let shortID: Int32
    private let shortFrame: Int32
    private let shortDuration: Int32
    private var shortChannel: Int32 = 0
    /// Natural logarithm of its probability.
    package let logprob: Float
    /// How sure the model was, 0 … 1.
    package let confidence: Float

    /// The piece's number in the model.
    var id: Int { Int(shortID) }
    /// Encoder frames from the first sample.
    var frame: Int { Int(shortFrame) }
    /// Encoder frames.
    var duration: Int { Int(shortDuration) }
    /// The channel in which it was said, where each is heard by itself.
    var channel: Int? { shortChannel == 0 ? nil : Int(shortChannel) }

    fileprivate func inChannel(_ channel: Int) -> Token {
      var token = self
      token.shortChannel = Int32(clamping: channel)
      return token
    }

    fileprivate init(_ token: Recognition.Token) {
      shortID = Int32(clamping: token.id)
      shortFrame = Int32(clamping: token.frame)
      shortDuration = Int32(clamping: token.duration)
      // JSON has no infinities; a probability of nothing becomes the lowest number.
      let logProbability = token.logProbability
      logprob = logProbability.isFinite ? logProbability : -Float.greatestFiniteMagnitude
      confidence = token.confidence.isFinite ? token.confidence : 0
    }
  }

  /// Milliseconds that a document took.
  package struct Timing: Equatable, Sendable {
    /// Loading the model, once for all files of a run.
    package let load: Double
    /// Computing features.
    package let features: Double
    /// In the encoder.
    package let encoder: Double
    /// In the decoder.
    package let decoder: Double
    /// In the writing of the text.
    package let formatting: Double
    /// From the opened file to the transcript, without `load`.
    package let total: Double

    /// What several took together; the model was loaded once.
    init(adding all: [Timing]) {
      load = all.first?.load ?? 0
      let sum = { (part: KeyPath<Timing, Double>) in
        threePlaces(all.reduce(0) { $0 + $1[keyPath: part] })
      }
      features = sum(\.features)
      encoder = sum(\.encoder)
      decoder = sum(\.decoder)
      formatting = sum(\.formatting)
      total = sum(\.total)
    }

    /// Takes seconds.
    package init(
      load: Double, features: Double, encoder: Double, decoder: Double, formatting: Double,
      total: Double
    ) {
      self.load = threePlaces(load * 1000)
      self.features = threePlaces(features * 1000)
      self.encoder = threePlaces(encoder * 1000)
      self.decoder = threePlaces(decoder * 1000)
      self.formatting = threePlaces(formatting * 1000)
      self.total = threePlaces(total * 1000)
    }
  }
}

/// Rounds: multiples of 0.08 s leave digits behind that mean nothing.
func threePlaces(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
