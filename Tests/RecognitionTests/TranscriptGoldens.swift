import Checkpoint
import Foundation
import Recognition
import TestSupport
import Testing

/// What NeMo made of one recording, and the tokens it made it from.
struct TranscriptGolden: Sendable, CustomTestStringConvertible {
  struct Stamps: Decodable, Sendable {
    var char: [Stamp]
    var word: [Stamp]
    var segment: [Stamp]
  }

  struct Stamp: Decodable, Sendable {
    enum CodingKeys: String, CodingKey {
      case word, segment, start, end
      case startFrame = "start_offset"
      case endFrame = "end_offset"
    }
    var word: String?
    var segment: String?
    var startFrame: Int
    var endFrame: Int
    var start: Double?
    var end: Double?
  }

  struct Timed: Decodable, Sendable {
    var text: String
    var timestamps: Stamps
  }

  private struct File: Decodable {
    enum CodingKeys: String, CodingKey {
      case text
      case frames = "timestamps_frames"
      case timed = "transcribe_path"
    }
    var text: String?
    var frames: Stamps?
    var timed: Timed?
  }

  var name: String
  var variant: String
  var text: String
  var frames: Stamps
  var timed: Timed?
  var tensorPath: String

  var testDescription: String { name }
  var tokenizer: String { variant == "v3like" ? "multi" : "en" }
  var timing: TokenTiming { variant == "ctc" ? .ctc : variant == "rnnt" ? .rnnt : .tdt }

  /// The tokens that the recording was decoded to.
  func tokens() throws -> [Token] {
    let tensors = try SafetensorsFile(path: tensorPath)
    let prefix = variant == "ctc" ? "ctc.token_" : "tokens."
    let ids = try tensors.int32s(prefix + "ids")
    let frames = try tensors.int32s(prefix + "frames")
    let durations = timing == .tdt ? try tensors.int32s("tokens.durations") : []
    return ids.indices.map { index in
      Token(
        id: Int(ids[index]), frame: Int(frames[index]),
        duration: timing == .tdt ? Int(durations[index]) : 0, logProbability: -1,
        confidence: Float(index % 7) / 7)
    }
  }

  /// Every golden with times, committed ones and, where they are, all others.
  static let all: [TranscriptGolden] = {
    let folders = [Fixtures.committed, Fixtures.shared?.appending(path: "fixtures")]
    let variants = [
      "v2like", "hybrid", "v3like", "rnnt", "ctc", "maxsym", "allblank", "localattn", "layernorm",
      "sigmoid",
    ]
    return folders.compactMap { $0 }.flatMap { folder in
      variants.flatMap { variant in
        let files = try? FileManager.default.contentsOfDirectory(
          at: folder.appending(path: variant), includingPropertiesForKeys: nil)
        return (files ?? []).filter { $0.pathExtension == "json" }
          .compactMap { read($0, variant: variant) }
      }
    }
  }()

  private static func read(_ path: URL, variant: String) -> TranscriptGolden? {
    let name = "\(variant)/\(path.deletingPathExtension().lastPathComponent)"
    guard let data = try? Data(contentsOf: path),
      let file = try? JSONDecoder().decode(File.self, from: data),
      let text = file.text ?? file.timed?.text,
      let frames = file.frames ?? file.timed?.timestamps
    else { return nil }
    let tensorFile = path.deletingPathExtension().appendingPathExtension("safetensors")
    return TranscriptGolden(
      name: name, variant: variant, text: text, frames: frames, timed: file.timed,
      tensorPath: tensorFile.path)
  }
}
