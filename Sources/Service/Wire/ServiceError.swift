/// Why the daemon could not do something: what clients are told and commands print.
package struct ServiceError: Error, Equatable, Codable, Sendable {
  /// What kind of error it is.
  package var code: Code
  /// What went wrong: `<what>: <why>`, one line.
  package var message: String
  /// The way out, where one is known.
  package var hint: String?

  /// An error.
  package init(code: Code, message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// The number of a kind of error on the wire: JSON-RPC's own, and from -32000 downwards those of
  /// the daemon.
  package struct Code: RawRepresentable, Hashable, Codable, Sendable {
    /// The number.
    package let rawValue: Int

    /// A code with this number, also one that a newer daemon invented.
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// The line is no JSON.
    package static let parse = Code(rawValue: -32700)
    /// The JSON is no request, or too long.
    package static let request = Code(rawValue: -32600)
    /// There is no such method.
    package static let method = Code(rawValue: -32601)
    /// The parameters are not what the method takes.
    package static let parameters = Code(rawValue: -32602)
    /// The daemon could not do it for a reason of its own.
    package static let failed = Code(rawValue: -32000)
    /// Nothing is being recorded.
    package static let notRecording = Code(rawValue: -32001)
    /// The microphone cannot be used.
    package static let microphone = Code(rawValue: -32002)
    /// The model cannot be used.
    package static let model = Code(rawValue: -32003)
    /// The recording to transcribe cannot be read.
    package static let input = Code(rawValue: -32004)
    /// There is no such entry in the history.
    package static let history = Code(rawValue: -32005)
    /// The client did not read what it was sent.
    package static let slowReader = Code(rawValue: -32006)
    /// The microphone delivers nothing but zeros, or nothing at all.
    package static let silence = Code(rawValue: -32007)
    /// A dictation ends, or is about to, because nobody ended it.
    package static let limit = Code(rawValue: -32008)
    /// The client's process belongs to another user.
    package static let foreign = Code(rawValue: -32009)
    /// A list of terms cannot be used; the daemon goes on without it, or with what it was before.
    package static let vocabulary = Code(rawValue: -32010)
  }
}
