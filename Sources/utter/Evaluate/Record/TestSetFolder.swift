import Evaluation
import Foundation
import System

/// A folder of recordings that one has read aloud, and its manifest; nobody else may see into it.
struct TestSetFolder {
  /// The folder.
  let path: String
  /// The manifest in it.
  var manifest: String { "\(path)/manifest.jsonl" }
  private var text = ""
  /// What is recorded already.
  private(set) var sentences: Set<String> = []

  /// A line of the manifest.
  private struct Line: Encodable {
    let audio_filepath: String
    let duration: Double
    let text: String
    let kind: String?
    let speaker: String?
    let vocabulary: [String]?
  }

  /// Makes the folder, or looks what is in it.
  ///
  /// - Throws: `Failure` where it cannot be used.
  init(_ path: String) throws(Failure) {
    self.path = path
    do throws(Errno) {
      try makeFolders(path)
      try requireAccess(path, R_OK | W_OK | X_OK)
      guard (try? FileStatus(of: manifest)) != nil else { return }
      text = String(decoding: try readInput(manifest), as: UTF8.self)
    } catch {
      throw Failure(
        "\(path): cannot be used: \(error)", hint: "name a folder that you may write to",
        code: .unavailable)
    }
    let known = try? Manifest(jsonLines: text, path: manifest, isPatient: true)
    sentences = Set(known?.entries.map(\.text) ?? [])
  }

  /// Keeps a recording, and notes in the manifest what is said in it.
  ///
  /// - Parameters:
  ///   - samples: The recording, 16 kHz mono.
  ///   - sentence: What is said.
  ///   - speaker: Who says it; nil where nobody asked.
  ///   - wave: The recording as a file.
  /// - Throws: `Failure` where it cannot be written.
  mutating func keep(
    _ samples: [Float], _ sentence: Sentence, speaker: String?, wave: [UInt8]
  ) throws {
    let name = freeName
    let line = Line(
      audio_filepath: name, duration: (Double(samples.count) / 16).rounded() / 1000,
      text: sentence.text, kind: sentence.kind, speaker: speaker,
      vocabulary: sentence.terms.isEmpty ? nil : sentence.terms)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(line), as: UTF8.self)
    let all = text + (text.isEmpty || text.hasSuffix("\n") ? "" : "\n") + json + "\n"
    do throws(Errno) {
      try replaceFile("\(path)/\(name)", with: wave, mode: 0o600)
      try replaceFile(manifest, with: Array(all.utf8), mode: 0o600)
    } catch {
      throw Failure(
        "\(path): cannot be written: \(error)", hint: "check that there is room",
        code: .unavailable)
    }
    text = all
    sentences.insert(sentence.text)
  }

  /// A name that no recording has.
  private var freeName: String {
    var number = sentences.count + 1
    func name() -> String { String(format: "%03d.wav", number) }
    while (try? FileStatus(of: "\(path)/\(name())", isFollowingLinks: false)) != nil { number += 1 }
    return name()
  }
}
