/// How a process hears recordings that are to be compared.
package struct HearingMeans: Codable, Hashable, Sendable {
  /// The model's name or path.
  package var model: String
  /// How weights are kept; nil for the quickest that the model has.
  package var precision: String?
  /// The head that tokens come from; nil for the transducer if there is one.
  package var decoder: String?
  /// Whether each recording is heard in one pass, whatever its length.
  package var fullContext = false
  /// Rules that texts are written by.
  package var rules: [String] = []
  /// Lines of a list for all recordings.
  package var terms: [String] = []
  /// Whether the terms of a recording's own line count, too.
  package var takesOwnTerms = false
  /// How sure the audio has to be of a term; nil where it is not asked.
  package var caution: String?
  /// Nats by which a term's score has to be higher besides.
  package var floor = 0
  /// Whether recognition favours words that say terms.
  package var isBiased = false
  /// Threads of the engine.
  package var threads = 1

  /// A model, and everything else as usual.
  package init(model: String) { self.model = model }
}

/// A recording to be heard, or a part of one.
package struct HearingTask: Codable, Equatable, Sendable {
  /// Where it lies.
  package let path: String
  /// Where the part begins, in seconds.
  package let offset: Double
  /// How long it is; nil for all that follows.
  package let duration: Double?
  /// Lines of a list for it alone.
  package let terms: [String]

  /// A recording, or a part of one.
  package init(path: String, offset: Double = 0, duration: Double? = nil, terms: [String] = []) {
    (self.path, self.offset) = (path, offset)
    (self.duration, self.terms) = (duration, terms)
  }
}

/// What was heard in a recording, and what that took.
package struct HeardRecording: Codable, Equatable, Sendable {
  /// The text as it is written.
  package let text: String
  /// Seconds of audio.
  package let duration: Double
  /// Seconds from the opening of the recording to the text.
  package let seconds: Double
  /// Joules of the processor meanwhile; nil where it does not tell.
  package internal(set) var joules: Double?
  /// Bytes of the process's memory at the most until then; nil where nobody tells.
  package let peakBytes: Int?
  /// What somebody must know who relies on the text.
  package let warnings: [String]
}

/// Why a recording, or any, cannot be heard.
package struct HearingFailure: Error, Codable, Equatable, Sendable {
  /// `<what>: <why>`, one line.
  package let message: String
  /// The way out, where one is known.
  package let advice: String?
  /// The exit code that it calls for.
  package let code: Int32

  /// A failure from all its parts.
  package init(message: String, advice: String?, code: Int32) {
    (self.message, self.advice, self.code) = (message, advice, code)
  }
}

/// What the process answers, a line of JSON each.
enum HearingReply: Codable {
  /// The model is loaded and warm.
  case ready(precision: String)
  /// A recording was heard.
  case heard(HeardRecording)
  /// It was not, or after the means nothing can be.
  case failed(HearingFailure)
}
