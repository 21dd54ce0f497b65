/// A value as it is written in the file.
package enum ConfigurationValue: Equatable, Sendable {
  /// A text, or a duration.
  case text(String)
  /// True or false.
  case flag(Bool)
  /// A whole number.
  case integer(Int)
  /// Another number.
  case number(Double)
  /// Something that no setting is, a table for example.
  case other(String)

  /// As TOML, on one line.
  package var toml: String {
    switch self {
    case .text(let text): quoted(text)
    case .flag(let flag): "\(flag)"
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .other(let type): "a \(type)"
    }
  }
}

extension ConfigurationValue: Encodable {
  /// Encodes the bare value.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text), .other(let text): try container.encode(text)
    case .flag(let flag): try container.encode(flag)
    case .integer(let number): try container.encode(number)
    case .number(let number): try container.encode(number)
    }
  }
}

extension ConfigurationKey {
  /// The value that words of a command line or a variable stand for.
  func value(of words: String) -> ConfigurationValue {
    switch kind {
    case .flag: Bool(words).map { .flag($0) } ?? .text(words)
    case .integer: Int(words).map { .integer($0) } ?? .text(words)
    case .text, .choice, .duration, .limit: .text(words)
    }
  }

  /// The value in a configuration.
  func value(in configuration: Configuration) -> ConfigurationValue {
    switch kind {
    case .text(let member), .choice(let member, _): .text(configuration[keyPath: member])
    case .flag(let member): .flag(configuration[keyPath: member])
    case .integer(let member, _): .integer(configuration[keyPath: member])
    case .duration(let member, _): .text(DurationText.text(configuration[keyPath: member]))
    case .limit(let member, let endless):
      .text(configuration[keyPath: member].map(DurationText.text) ?? endless[0])
    }
  }

  /// Puts a value into a configuration.
  ///
  /// - Throws: `ConfigurationError.badValue` where the key does not take it.
  func set(
    _ value: ConfigurationValue, in configuration: inout Configuration, place: String
  ) throws(ConfigurationError) {
    if !put(value, into: &configuration) {
      throw .badValue(place: place, key: path, found: value.toml, allowed: allowed)
    }
  }

  /// The same; false where the key does not take the value.
  private func put(_ value: ConfigurationValue, into configuration: inout Configuration) -> Bool {
    switch (kind, value) {
    case (.text(let member), .text(let text)) where isName(text):
      configuration[keyPath: member] = text
    case (.choice(let member, let words), .text(let text)) where words.contains(text):
      configuration[keyPath: member] = text
    case (.flag(let member), .flag(let flag)):
      configuration[keyPath: member] = flag
    case (.integer(let member, let range), .integer(let number)) where range.contains(number):
      configuration[keyPath: member] = number
    case (.duration(let member, let range), _):
      guard let duration = value.duration, range.contains(duration) else { return false }
      configuration[keyPath: member] = duration
    case (.limit(let member, let endless), _) where endless.contains(value.word):
      configuration[keyPath: member] = nil
    case (.limit(let member, _), _):
      guard let duration = value.duration, duration >= .seconds(1) else { return false }
      configuration[keyPath: member] = duration
    default: return false
    }
    return true
  }
}

extension ConfigurationValue {
  /// As on a command line.
  fileprivate var word: String {
    if case .text(let text) = self { text } else { toml }
  }

  /// The duration that it stands for; numbers are seconds.
  fileprivate var duration: Duration? {
    switch self {
    case .text(let text): DurationText.parse(text)
    case .integer(let number): DurationText.seconds(Double(number))
    case .number(let number): DurationText.seconds(number)
    case .flag, .other: nil
    }
  }
}

/// Whether a text can name a device or a model: a line of reasonable length with something in it.
private func isName(_ text: String) -> Bool {
  (1...1_024).contains(text.utf8.count)
    && text.unicodeScalars.allSatisfy { !isControl($0) }
    && text.contains { !$0.isWhitespace }
}

private func isControl(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.generalCategory == .control
}

/// A text as TOML's basic string.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\\(scalar)"
    case _ where isControl(scalar):
      let digits = String(scalar.value, radix: 16, uppercase: true)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
