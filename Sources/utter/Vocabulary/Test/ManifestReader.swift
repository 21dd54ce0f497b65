import Audio
import Evaluation

/// Reads the recordings of a manifest, one after the other.
struct ManifestReader {
  private let manifest: Manifest
  /// Entries that were read.
  private(set) var count = 0
  /// Parts of one recording follow each other: it is read once.
  private var open: (path: String, samples: [Float]) = ("", [])

  /// Samples in a second.
  static let rate = 16_000.0

  init(_ manifest: Manifest) { self.manifest = manifest }

  /// The next entry and its samples; nil after the last one.
  ///
  /// - Throws: `Failure` about a line of the manifest.
  mutating func next() throws -> (entry: ManifestEntry, samples: ArraySlice<Float>)? {
    guard count < manifest.entries.count else { return nil }
    let entry = manifest.entries[count]
    count += 1
    if open.path != entry.recording {
      open = try naming(entry) {
        let file = try AudioFile(path: entry.recording)
        let samples = try file.readAll()
        for warning in file.warnings {
          tell("\(entry.recording): \(warning.reason)")
        }
        return (entry.recording, samples)
      }
    }
    return (entry, try part(of: open.samples, entry))
  }

  /// Lets errors say which line of the manifest they are about.
  func naming<Result>(_ entry: ManifestEntry, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      throw Failure(any: error, file: "\(manifest.path):\(entry.line)")
    }
  }

  private func part(
    of samples: [Float], _ entry: ManifestEntry
  ) throws(EvaluationError) -> ArraySlice<Float> {
    let start = entry.offset * Self.rate
    guard start < Double(samples.count) else {
      throw .line(
        path: manifest.path, number: entry.line, reason: "\"offset\" lies behind the recording")
    }
    let end = min(
      Double(samples.count), start + (entry.duration ?? .infinity) * Self.rate)
    return samples[Int(start)..<max(Int(start), Int(end.rounded()))]
  }
}
