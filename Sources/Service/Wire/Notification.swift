/// What the daemon tells those who subscribed.
package enum Notification: Equatable, Sendable {
  /// What the daemon does now.
  case state(State)
  /// What the text looks like so far; see `DictationEvent.partial`.
  case partial(settled: String, pending: String)
  /// A dictation is over.
  case final(FinalText)
  /// How loud the microphone is: root mean square and largest magnitude, 1 at full scale.
  case level(rms: Float, peak: Float)
  /// Samples of this dictation, at the microphone's 16 kHz, that are lost.
  case dropped(samples: Int)
  /// Something went wrong; `error` has an object as its only parameter.
  case error(Complaint)

  /// What it is about.
  package var topic: Topic {
    switch self {
    case .state: .state
    case .partial: .partial
    case .final: .final
    case .level: .level
    case .dropped: .dropped
    case .error: .error
    }
  }
}

/// A kind of notification, which clients subscribe to by its name.
package enum Topic: String, CaseIterable, Codable, Sendable {
  case state, partial, final, level, dropped, error
}

/// What the daemon does.
package enum State: String, Codable, Sendable {
  /// It waits for a key.
  case idle
  /// It loads the model.
  case loading
  /// It listens.
  case recording
  /// The key is up, and the last words are being decoded.
  case transcribing
  /// There is something that keeps it from working, a missing model for example.
  case error
}

/// Something that went wrong, for programs and for people.
package struct Complaint: Error, Equatable, Codable, Sendable {
  /// A number to tell it by; see `Complaint.Code`.
  package var code: Int
  /// What went wrong: `<what>: <why>`, one line.
  package var message: String
  /// The way out, where one is known.
  package var hint: String?

  /// A complaint.
  package init(code: Int, message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }
}

extension Complaint {
  /// Numbers of complaints: JSON-RPC's own, and from -32000 downwards those of the daemon.
  package enum Code {
    /// The line is no JSON.
    package static let parse = -32700
    /// The JSON is no request, or too long.
    package static let request = -32600
    /// There is no such method.
    package static let method = -32601
    /// The parameters are not what the method takes.
    package static let parameters = -32602
    /// The daemon could not do it for a reason of its own.
    package static let failed = -32000
    /// Nothing is being recorded.
    package static let notRecording = -32001
    /// The microphone cannot be used.
    package static let microphone = -32002
    /// The model cannot be used.
    package static let model = -32003
    /// The recording to transcribe cannot be read.
    package static let input = -32004
    /// There is no such entry in the history.
    package static let history = -32005
    /// The client did not read what it was sent.
    package static let slowReader = -32006
    /// The microphone delivers nothing but zeros, or nothing at all.
    package static let silence = -32007
  }
}

/// The text of a dictation, and how it came about.
package struct FinalText: Equatable, Codable, Sendable {
  /// A word with its place in the audio.
  package struct Word: Equatable, Codable, Sendable {
    /// Its spelling, with the punctuation that hangs on it.
    package var word: String
    /// Seconds from the first sample.
    package var start: Double
    /// Seconds from the first sample.
    package var end: Double
    /// 0 … 1.
    package var confidence: Float

    /// A word.
    package init(word: String, start: Double, end: Double, confidence: Float) {
      self.word = word
      self.start = start
      self.end = end
      self.confidence = confidence
    }
  }

  /// Milliseconds that it took.
  package struct Latency: Equatable, Codable, Sendable {
    /// From key-up to this text.
    package var release: Double
    /// In the log-mel features, over the whole dictation, as for the stages below.
    package var features: Double
    /// In the encoder.
    package var encoder: Double
    /// In the decoder.
    package var decoder: Double
    /// In the formatter.
    package var formatting: Double

    /// Latencies in milliseconds.
    package init(
      release: Double, features: Double, encoder: Double, decoder: Double, formatting: Double
    ) {
      self.release = release
      self.features = features
      self.encoder = encoder
      self.decoder = decoder
      self.formatting = formatting
    }
  }

  /// The dictation's, as `record.start` gave it.
  package var id: String
  /// What is to be typed.
  package var text: String
  /// What the model wrote.
  package var raw: String
  /// Its words in order.
  package var words: [Word]
  /// Milliseconds of audio.
  package var audioMs: Double
  /// What it took.
  package var latencyMs: Latency
  /// Terms of the vocabulary that were written.
  package var terms: [String]

  /// A final text.
  package init(
    id: String, text: String, raw: String, words: [Word], audioMs: Double, latencyMs: Latency,
    terms: [String]
  ) {
    self.id = id
    self.text = text
    self.raw = raw
    self.words = words
    self.audioMs = audioMs
    self.latencyMs = latencyMs
    self.terms = terms
  }
}
