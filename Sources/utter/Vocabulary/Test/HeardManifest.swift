import Audio
import Evaluation
import Recognition
import Transcription

/// The recordings of a manifest, recognised without any list.
struct HeardManifest {
  /// A recording and what was heard in it.
  struct Clip {
    let entry: ManifestEntry
    let transcript: Transcript
    /// Seconds that were heard.
    let seconds: Double
  }

  let manifest: Manifest
  /// In the manifest's order.
  private(set) var clips: [Clip] = []

  /// Recognises every recording once.
  ///
  /// - Parameters:
  ///   - manifest: What to hear.
  ///   - recognizer: What hears it.
  ///   - progress: Called with the part of the recordings that is done.
  /// - Throws: `Failure` about a line of the manifest.
  init(
    _ manifest: Manifest, with recognizer: Recognizer, progress: (_ part: Double) -> Void
  ) throws {
    self.manifest = manifest
    // Parts of one recording follow each other: it is read once.
    var open: (path: String, samples: [Float]) = ("", [])
    for (index, entry) in manifest.entries.enumerated() {
      progress(Double(index) / Double(manifest.entries.count))
      do {
        if open.path != entry.recording {
          let file = try AudioFile(path: entry.recording)
          open = (entry.recording, try file.readAll())
          for warning in file.warnings {
            tell("\(entry.recording): \(warning.reason)")
          }
        }
        let samples = try Self.part(of: open.samples, entry, manifest)
        var transcriber = LongFormTranscriber(recognizer: recognizer)
        try samples.withUnsafeBufferPointer { try transcriber.feed($0) }
        clips.append(
          Clip(
            entry: entry, transcript: try transcriber.finish(),
            seconds: Double(samples.count) / Self.rate))
      } catch let error as EvaluationError {
        throw error
      } catch {
        throw Failure(any: error, file: "\(manifest.path):\(entry.line)")
      }
    }
  }

  private static let rate = 16_000.0

  private static func part(
    of samples: [Float], _ entry: ManifestEntry, _ manifest: Manifest
  ) throws(EvaluationError) -> ArraySlice<Float> {
    let start = entry.offset * rate
    guard start < Double(samples.count) else {
      throw .line(
        path: manifest.path, number: entry.line, reason: "\"offset\" lies behind the recording")
    }
    let end = min(Double(samples.count), start + (entry.duration ?? .infinity) * rate)
    return samples[Int(start)..<max(Int(start), Int(end.rounded()))]
  }
}
