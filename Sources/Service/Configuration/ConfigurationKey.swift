internal import Checkpoint
internal import Formatting
internal import Vocabulary

/// A setting: where it stands, what it may be, and where its value goes.
///
/// Reading the file and the variables, printing and editing all follow from `all`.
package struct ConfigurationKey: Sendable {
  /// The table of the file that it stands in.
  package let section: String
  /// Its name in that table.
  package let name: String
  let kind: Kind

  /// What values it takes, and the member of the configuration that holds them.
  enum Kind: Sendable {
    typealias Member<Value> = any WritableKeyPath<Configuration, Value> & Sendable

    /// Any text of a line, but not an empty one.
    case text(Member<String>)
    /// Any number of texts.
    case texts(Member<[String]>)
    /// Keys to press: any characters, or none.
    case keys(Member<String>)
    /// One of a few words.
    case choice(Member<String>, [String])
    /// A precision that weights have in memory, or `auto` for none in particular.
    case precision(Member<Precision?>)
    case flag(Member<Bool>)
    case integer(Member<Int>, ClosedRange<Int>)
    case duration(Member<Duration>, ClosedRange<Duration>)
    /// A duration of at most a second, or `auto`.
    case delay(Member<Duration?>)
    /// A duration of a second or more, or one of the words for one without an end.
    case limit(Member<Duration?>, endless: [String])
    /// The name of a file in some folder.
    case fileName(Member<String>)
    /// Whether a rule is among some.
    case rule(Member<Set<FormattingRule>>, FormattingRule)
    /// The rules of a profile.
    case rules(Member<Set<FormattingRule>>)
    /// What is said, and what is written for it.
    case replacements(Member<[PhraseReplacement]>)
  }

  /// Every setting, in the order of the file.
  package static let all: [ConfigurationKey] = engine + vocabulary + desktop

  private static let engine: [ConfigurationKey] = [
    Self("audio", "device", .text(\.audio.device)),
    Self("audio", "keep_open", .flag(\.audio.keepOpen)),
    Self("model", "name", .text(\.model.name)),
    Self("model", "precision", .precision(\.model.precision)),
    Self("model", "threads", .integer(\.model.threads, 0...256)),
    Self("model", "preload", .flag(\.model.preload)),
    Self("model", "idle_unload", .limit(\.model.idleUnload, endless: ["never", "0"])),
    Self("dictation", "pre_roll", .duration(\.dictation.preRoll, .zero ... .seconds(10))),
    Self("dictation", "tail", .duration(\.dictation.tail, .zero ... .seconds(5))),
    Self("dictation", "partials", .flag(\.dictation.partials)),
    Self("dictation", "max_length", .limit(\.dictation.maxLength, endless: ["never", "0"])),
    Self("dictation", "silence_stop", .limit(\.dictation.silenceStop, endless: ["never", "0"])),
  ]

  private static let vocabulary: [ConfigurationKey] =
    [
      Self(
        "vocabulary", "method",
        .choice(\.vocabulary.method, VocabularyMethod.allCases.map(\.rawValue))),
      Self(
        "vocabulary", "caution",
        .choice(\.vocabulary.caution, Caution.allCases.map(\.rawValue))),
      Self("vocabulary", "floor", .integer(\.vocabulary.floor, 0...100)),
      Self("vocabulary", "lists", .texts(\.vocabulary.lists)),
      Self("vocabulary", "project_file", .fileName(\.vocabulary.projectFile)),
    ]
    + FormattingRule.allCases.map { Self("format", $0.rawValue, .rule(\.format.rules, $0)) }
    + [
      Self("format", "replacements", .replacements(\.format.replacements)),
      Self("format", "filter", .texts(\.format.filter)),
    ]
    + FormattingProfile.allCases.flatMap { profile in
      let section = "format.profiles.\(profile.rawValue)"
      return [
        Self(section, "rules", .rules(\.format.profiles[profile].rules)),
        Self(section, "windows", .texts(\.format.profiles[profile].windows)),
        Self(section, "lists", .texts(\.format.profiles[profile].lists)),
      ]
    }

  private static let desktop: [ConfigurationKey] = [
    Self(
      "type", "driver",
      .choice(
        \.typing.driver, ["auto", "wayland", "wtype", "dotool", "ydotool", "portal", "x11"])),
    Self("type", "fallback", .choice(\.typing.fallback, ["paste", "none"])),
    Self("type", "append", .keys(\.typing.append)),
    Self("type", "newlines", .choice(\.typing.newlines, ["keep", "space"])),
    Self("type", "delay", .delay(\.typing.delay)),
    Self("paste", "chord", .text(\.pasting.chord)),
    Self("paste", "windows", .texts(\.pasting.windows)),
    Self("feedback", "notifications", .flag(\.feedback.notifications)),
    Self("feedback", "sounds", .flag(\.feedback.sounds)),
    Self("history", "enabled", .flag(\.history.enabled)),
    // Neither "never" nor 0: who writes these may mean that nothing is kept at all.
    Self("history", "retention", .limit(\.history.retention, endless: ["forever"])),
  ]

  /// The word for a choice that the program makes.
  static let automatic = "auto"

  private init(_ section: String, _ name: String, _ kind: Kind) {
    (self.section, self.name, self.kind) = (section, name, kind)
  }

  /// How messages and commands call it: `section.name`.
  package var path: String { "\(section).\(name)" }

  /// The names of the tables that it stands in, from the outermost.
  var tables: [String] { section.split(separator: ".").map(String.init) }

  /// The variable that beats the file, `UTTER_SECTION_NAME`.
  package var variable: String {
    "UTTER_\((tables + [name]).joined(separator: "_"))".uppercased()
  }

  /// The key of a path.
  ///
  /// - Parameters:
  ///   - path: `section.name`.
  ///   - place: Where it was written, for the error.
  /// - Returns: The key.
  /// - Throws: `ConfigurationError.unknown` with the nearest path there is.
  package static func find(
    _ path: String, in place: ConfigurationError.Place
  ) throws(ConfigurationError) -> ConfigurationKey {
    if let key = all.first(where: { $0.path == path }) { return key }
    throw .unknown(
      place, name: path, nearest: neighbour(of: path, among: all.map(\.path)))
  }

  /// What the key takes, as the end of a sentence.
  package var allowed: String {
    switch kind {
    case .text: "a text"
    case .texts: "a list of texts"
    case .keys: "a text, in which a backslash is followed by n, t, e or another one"
    case .delay:
      "a duration such as \"10ms\", at most \"\(DurationText.text(TypingDelay.longest))\", "
        + "or \"\(Self.automatic)\""
    case .choice(_, let words): words.map { "\"\($0)\"" }.joined(separator: ", ")
    case .precision:
      ([Self.automatic] + Precision.inMemory.reversed().map(\.rawValue)).map { "\"\($0)\"" }
        .joined(separator: ", ")
    case .flag, .rule: "true or false"
    case .integer(_, let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .duration(_, let range):
      "a duration such as \"250ms\", at most \"\(DurationText.text(range.upperBound))\""
    case .fileName: "the name of a file, without a folder"
    case .rules: "a list of \(FormattingRule.allCases.map(\.rawValue).joined(separator: ", "))"
    case .replacements: "a list of texts such as \"by the way => btw\""
    case .limit(_, let endless): "a duration such as \"10m\" or \"30d\", or \"\(endless[0])\""
    }
  }
}
