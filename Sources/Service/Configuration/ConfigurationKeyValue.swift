internal import Checkpoint
internal import Formatting
internal import Foundation
internal import TOML

extension ConfigurationKey {
  /// The value that words of a command line or a variable stand for.
  func value(of words: String) -> TOMLValue {
    switch kind {
    case .flag, .rule: Bool(words).map { .flag($0) } ?? .text(words)
    case .integer: Int(words).map { .integer($0) } ?? .text(words)
    case .text, .choice, .precision, .duration, .delay, .limit, .fileName: .text(words)
    // What is no text cannot be refused here; a list is no text either.
    case .keys: Escapes.replaced(in: words).map { .text($0) } ?? .list([.text(words)])
    case .replacements: Self.list(of: words) ?? .list([.text(words)])
    case .texts, .rules:
      Self.list(of: words)
        ?? .list(
          words.split(separator: ",").map { .text($0.trimmingCharacters(in: .whitespaces)) })
    }
  }

  /// The list that words are where they stand in brackets, as in the file.
  private static func list(of words: String) -> TOMLValue? {
    guard words.hasPrefix("["), let document = try? TOMLDocument(Array("x = \(words)".utf8)),
      case .table(let table) = document.value, table.count == 1
    else { return nil }
    return table["x"]
  }

  /// The value in a configuration.
  func value(in configuration: Configuration) -> TOMLValue {
    switch kind {
    case .text(let member), .choice(let member, _), .keys(let member), .fileName(let member):
      .text(configuration[keyPath: member])
    case .texts(let member): .list(configuration[keyPath: member].map { .text($0) })
    case .rule(let member, let rule): .flag(configuration[keyPath: member].contains(rule))
    case .rules(let member):
      .list(
        FormattingRule.allCases.filter(configuration[keyPath: member].contains)
          .map { .text($0.rawValue) })
    case .replacements(let member):
      .list(configuration[keyPath: member].map { .text($0.text) })
    case .flag(let member): .flag(configuration[keyPath: member])
    case .integer(let member, _): .integer(configuration[keyPath: member])
    case .duration(let member, _): .text(DurationText.text(configuration[keyPath: member]))
    case .precision(let member):
      .text(configuration[keyPath: member]?.rawValue ?? Self.automatic)
    case .delay(let member):
      .text(configuration[keyPath: member].map(DurationText.text) ?? Self.automatic)
    case .limit(let member, let endless):
      .text(configuration[keyPath: member].map(DurationText.text) ?? endless[0])
    }
  }

  /// Puts a value into a configuration.
  ///
  /// - Throws: `ConfigurationError.badValue` where the key does not take it.
  func set(
    _ value: TOMLValue, in configuration: inout Configuration, place: ConfigurationError.Place
  ) throws(ConfigurationError) {
    if !put(value, into: &configuration) {
      throw .badValue(place, key: path, found: value.found, allowed: allowed)
    }
  }

  /// The same; false where the key does not take the value.
  private func put(_ value: TOMLValue, into configuration: inout Configuration) -> Bool {
    switch (kind, value) {
    case (.text(let member), .text(let text)) where isName(text):
      configuration[keyPath: member] = text
    case (.keys(let member), .text(let text)) where text.utf8.count <= 1_024:
      configuration[keyPath: member] = text
    case (.choice(let member, let words), .text(let text)) where words.contains(text):
      configuration[keyPath: member] = text
    case (.precision(let member), .text(Self.automatic)):
      configuration[keyPath: member] = nil
    case (.precision(let member), .text(let text)):
      guard let precision = Precision(inMemory: text) else { return false }
      configuration[keyPath: member] = precision
    case (.flag(let member), .flag(let flag)):
      configuration[keyPath: member] = flag
    case (.integer(let member, let range), .integer(let number)) where range.contains(number):
      configuration[keyPath: member] = number
    case (.duration(let member, let range), _):
      guard let duration = value.duration, range.contains(duration) else { return false }
      configuration[keyPath: member] = duration
    case (.delay(let member), .text(let text)):
      guard let delay = TypingDelay(text) else { return false }
      configuration[keyPath: member] = delay.time
    case (.fileName(let member), .text(let text))
    where isName(text) && !text.contains("/") && text != "." && text != "..":
      configuration[keyPath: member] = text
    case (.rule(let member, let rule), .flag(let flag)):
      if flag {
        configuration[keyPath: member].insert(rule)
      } else {
        configuration[keyPath: member].remove(rule)
      }
    case (.texts(let member), .list(let values)):
      guard let texts = read(values, { isName($0) ? $0 : nil }) else { return false }
      configuration[keyPath: member] = texts
    case (.rules(let member), .list(let values)):
      guard let rules = read(values, FormattingRule.init) else { return false }
      configuration[keyPath: member] = Set(rules)
    case (.replacements(let member), .list(let values)):
      guard let replacements = read(values, PhraseReplacement.init) else { return false }
      configuration[keyPath: member] = replacements
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

extension TOMLValue {
  /// As a message names it.
  var found: String {
    switch self {
    case .list: "a list"
    case .table: "a table"
    case .text, .flag, .integer, .number, .moment: toml.shortened
    }
  }

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
    case .flag, .moment, .list, .table: nil
    }
  }
}

/// What texts of a list stand for; nil where one stands for nothing, or is no text.
private func read<Value>(_ values: [TOMLValue], _ meaning: (String) -> Value?) -> [Value]? {
  var result: [Value] = []
  for value in values {
    guard case .text(let text) = value, let value = meaning(text), result.count < 4_096 else {
      return nil
    }
    result.append(value)
  }
  return result
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
