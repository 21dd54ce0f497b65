package import Foundation

/// How values become JSON and back: snake_case keys, one line.
package enum Wire {
  /// The version of the protocol.
  package static let version = 1
  /// Bytes that a line from a client may have, without its newline.
  package static let lineLimit = 1 << 20

  /// Reads what `encoder` writes.
  package static let decoder: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }()

  /// Writes one line; a number that JSON has no word for becomes a string rather than an error,
  /// so that no text is lost to it.
  package static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }()
}

extension Wire {
  /// The line of a notification, with its newline.
  static func line(_ notification: Notification) -> [UInt8]? {
    line(encoding: notification)
  }

  /// The line of an answer, with its newline.
  static func line(
    _ answer: Result<any Encodable & Sendable, ServiceError>, to id: RequestID
  ) -> [UInt8]? {
    line(encoding: Answer(id: id, outcome: answer))
      ?? line(
        encoding: Answer(
          id: id,
          outcome: .failure(
            ServiceError(code: .failed, message: "answer: cannot be written"))))
  }

  private static func line(encoding value: some Encodable) -> [UInt8]? {
    guard var line = (try? encoder.encode(value)).map([UInt8].init) else { return nil }
    line.append(UInt8(ascii: "\n"))
    return line
  }
}

/// The object of an answer (JSON-RPC 2.0 §5).
private struct Answer: Encodable {
  let id: RequestID
  let outcome: Result<any Encodable & Sendable, ServiceError>

  private enum Key: String, CodingKey { case jsonrpc, id, result, error }
  private enum ErrorKey: String, CodingKey { case code, message, data }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode("2.0", forKey: .jsonrpc)
    try values.encode(id, forKey: .id)
    switch outcome {
    case .success(let result): try values.encode(result, forKey: .result)
    case .failure(let failure):
      var error = values.nestedContainer(keyedBy: ErrorKey.self, forKey: .error)
      try error.encode(failure.code, forKey: .code)
      try error.encode(failure.message, forKey: .message)
      if let hint = failure.hint { try error.encode(["hint": hint], forKey: .data) }
    }
  }
}
