internal import Formatting
internal import Recognition

/// Writes the text of a dictation as it is decoded: what is settled never changes.
struct DictationWriter {
  /// Begins with the first words, for how a text is written may not be known before.
  private var formatter: Formatter?
  /// What will not change any more.
  private(set) var settled = ""
  /// Seconds that it took.
  private(set) var seconds = 0.0

  /// The second at which words that wait for others are settled without them.
  var heldUntil: Double? { formatter?.heldUntil }

  /// Takes in what is settled.
  ///
  /// - Parameters:
  ///   - transcript: All of the dictation so far.
  ///   - judged: Terms that the audio says in place of its words.
  ///   - known: Seconds of the dictation whose words are known.
  ///   - rules: How it is written.
  /// - Returns: Whether there is more settled text than before.
  mutating func settle(
    _ transcript: Transcript, _ judged: [JudgedTerm], known: Double, _ rules: FormattingRules
  ) -> Bool {
    measured { writer in
      let words = SpokenWord.words(of: transcript, judged: judged)
      guard !words.isEmpty || writer.formatter != nil else { return false }
      var formatter = writer.formatter ?? Formatter(rules)
      formatter.hear(words, known: known)
      writer.formatter = formatter
      defer { writer.settled = formatter.settled }
      return formatter.settled.utf8.count > writer.settled.utf8.count
    }
  }

  /// What would follow the settled text.
  ///
  /// - Parameters:
  ///   - transcript: All of the dictation, with what may be decoded otherwise later.
  ///   - judged: Terms that the audio says in place of its words.
  ///   - rules: How it is written.
  /// - Returns: The text behind what is settled.
  mutating func guess(
    _ transcript: Transcript, _ judged: [JudgedTerm], _ rules: FormattingRules
  ) -> String {
    measured { writer in
      var formatter = writer.formatter ?? Formatter(rules)
      let text = formatter.finish(SpokenWord.words(of: transcript, judged: judged)).text
      // Byte by byte: an accent at the joint belongs to what is settled, for characters.
      return String(decoding: text.utf8.dropFirst(writer.settled.utf8.count), as: UTF8.self)
    }
  }

  /// The text of a dictation that is over.
  mutating func finish(
    _ transcript: Transcript, _ judged: [JudgedTerm], _ rules: FormattingRules
  ) -> FormattedText {
    measured { writer in
      var formatter = writer.formatter ?? Formatter(rules)
      return formatter.finish(transcript, judged: judged)
    }
  }

  private mutating func measured<Result>(_ body: (inout DictationWriter) -> Result) -> Result {
    let start = ContinuousClock.now
    defer { seconds += start.duration(to: .now) / .seconds(1) }
    return body(&self)
  }
}
