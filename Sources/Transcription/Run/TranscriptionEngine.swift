package import Formatting
internal import Recognition

/// What all recognisers of a run share: one model, and how texts are written.
package struct TranscriptionEngine: Sendable {
  private let speech: SpeechModel
  private let model: String
  private let loadSeconds: Double
  private let fullContext: Bool
  private let beam: Int?
  private let alternatives: Int
  private let rules: FormattingRules

  /// Puts a model to work.
  ///
  /// - Parameters:
  ///   - loaded: The model.
  ///   - fullContext: Whether to recognise each file in one pass, whatever its length.
  ///   - beam: Strings of tokens that are compared at each frame; nil for the greedy search.
  ///   - alternatives: Texts of those to keep.
  ///   - rules: How texts are written.
  package init(
    _ loaded: LoadedModel, fullContext: Bool = false, beam: Int? = nil, alternatives: Int = 0,
    rules: FormattingRules = FormattingRules()
  ) {
    speech = loaded.speech
    model = loaded.name
    loadSeconds = loaded.loadSeconds
    self.fullContext = fullContext
    (self.beam, self.alternatives) = (beam, alternatives)
    self.rules = rules
  }

  /// Another recogniser of the model.
  ///
  /// - Parameters:
  ///   - threads: Its threads.
  ///   - total: Threads of the run: what is heard is the same however they are shared out.
  /// - Returns: The recogniser.
  /// - Throws: `RecognitionError.resources`, and `.noBeam`.
  func recognizer(threads: Int, of total: Int) throws(RecognitionError) -> Recognizer {
    try Recognizer(speech, threads: threads, alike: total, beam: beam)
  }

  /// Transcribes with recognisers of the model.
  ///
  /// - Parameter current: Gives the one to work with, before each window.
  /// - Returns: What transcribes one file after the other.
  func transcriber(
    _ current: @escaping () throws(RecognitionError) -> Recognizer
  ) -> FileTranscriber {
    FileTranscriber(
      current, model: model, loadSeconds: loadSeconds, fullContext: fullContext,
      alternatives: alternatives, rules: rules)
  }
}
