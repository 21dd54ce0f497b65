import Evaluation
import Formatting
import Recognition
import Transcription
import Vocabulary

/// What the audio writes in recordings, under either caution and without a floor.
struct FloorFinding {
  /// In the order of `Caution`.
  private(set) var searches = Caution.allCases.map { _ in FloorSearch() }
  /// Recordings.
  private(set) var recordings = 0
  /// How many of them come without words.
  private(set) var withoutWords = 0

  /// Hears recordings.
  ///
  /// - Parameters:
  ///   - manifest: The recordings.
  ///   - terms: Terms for all of them, beside those of their lines.
  ///   - recognizer: What hears them.
  ///   - progress: Called with the part of the recordings that is done.
  /// - Throws: `ListProblem` about a list in a line; `Failure` about a line.
  init(
    _ manifest: Manifest, _ terms: [Term], with recognizer: Recognizer,
    progress: (_ part: Double) -> Void
  ) throws {
    let listed = ListedTerms(
      VocabularyFiles(terms), model: recognizer.model, manifest: manifest.path)
    var reader = ManifestReader(manifest)
    while let (entry, samples) = try reader.next() {
      progress(Double(reader.count - 1) / Double(manifest.entries.count))
      let ready = try listed.ready(for: entry)
      let (transcript, judged) = try reader.naming(entry) {
        var transcriber = LongFormTranscriber(recognizer: recognizer, judges: ready.judges)
        try samples.withUnsafeBufferPointer { try transcriber.feed($0) }
        return (try transcriber.finish(), transcriber.judged)
      }
      var said = ready.set.counts(in: entry.text)
      // What the words say needs no audio.
      var formatter = Formatter(ready.rules)
      for term in formatter.finish(transcript).terms { said[term, default: 0] -= 1 }
      for (index, terms) in judged.enumerated() {
        searches[index].add(
          terms.map { ($0.spelling, $0.margin) }, said: said,
          seconds: Double(samples.count) / ManifestReader.rate)
      }
      recordings += 1
      if entry.text.isEmpty { withoutWords += 1 }
    }
  }
}
