import Checkpoint
import Foundation
import Recognition
import TestSupport
import Testing

/// The model that comes with the program, on recordings of people.
@Suite struct StarterModelTests {
  private static let folder = Fixtures.repository.appending(path: "models/starter-en")

  /// What NeMo makes of one recording.
  private struct Expected: Decodable {
    let file: String
    let text: String
    let tokens, frames, durations: [Int]
    let ctcText: String
    let ctcTokens, ctcFrames: [Int]
  }

  private struct File: Decodable {
    let recordings: [Expected]
  }

  private struct Words: Decodable {
    let file, text: String
  }

  /// Recordings whose words change when weights are rounded to float16, and what they become.
  private static let rounded: [String: String] = [:]

  /// The recordings beside the clone, none where there are none.
  private static func expected() throws -> [(samples: [Float], expected: Expected)] {
    guard let shared = Fixtures.shared else { return [] }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let data = try Data(contentsOf: shared.appending(path: "starter/expected.json"))
    return try decoder.decode(File.self, from: data).recordings.map { recording in
      (try Recordings.samples(shared.appending(path: "audio/\(recording.file)")), recording)
    }
  }

  private static func recognizer(
    _ path: String, _ decoder: DecoderChoice = .tdt
  ) throws -> Recognizer {
    let model = try SpeechModel(
      try Checkpoint.open(path), decoder: decoder, precision: .float32)
    return try Recognizer(model, threads: 2)
  }

  /// From the committed files alone: the folder's model hears the words that NeMo hears.
  @Test func committedRecordings() throws {
    let recognizer = try Self.recognizer(Self.folder.path)
    let audio = Fixtures.committed.appending(path: "audio")
    let data = try Data(contentsOf: audio.appending(path: "expected.json"))
    let recordings = try JSONDecoder().decode([Words].self, from: data)
    #expect(recordings.count >= 3)
    for recording in recordings {
      let samples = try Recordings.samples(audio.appending(path: recording.file))
      #expect(try recognizer.transcribe(samples).text == recording.text, "\(recording.file)")
    }
  }

  @Test func tokensEqualNeMos() throws {
    guard let shared = Fixtures.shared else {
      print("starter model: 0 recordings compared, for there are none beside the clone")
      return
    }
    let checkpoint = shared.appending(path: "starter/starter-en.nemo").path
    let (tdt, ctc) = (try Self.recognizer(checkpoint), try Self.recognizer(checkpoint, .ctc))
    let recordings = try Self.expected()
    for (samples, expected) in recordings {
      let found = try tdt.transcribe(samples)
      #expect(found.tokens.map(\.id) == expected.tokens, "\(expected.file)")
      #expect(found.tokens.map(\.frame) == expected.frames, "\(expected.file)")
      #expect(found.tokens.map(\.duration) == expected.durations, "\(expected.file)")
      #expect(found.text == expected.text, "\(expected.file)")
      let labels = try ctc.transcribe(samples)
      #expect(labels.tokens.map(\.id) == expected.ctcTokens, "\(expected.file), CTC")
      #expect(labels.tokens.map(\.frame) == expected.ctcFrames, "\(expected.file), CTC")
      #expect(labels.text == expected.ctcText, "\(expected.file), CTC")
    }
    #expect(!recordings.isEmpty)
    print("starter model: \(recordings.count) recordings with each decoder as NeMo decodes them")
  }

  @Test func float16HearsTheSameWords() throws {
    let recognizer = try Self.recognizer(Self.folder.path)
    let recordings = try Self.expected()
    var differences: [String: String] = [:]
    for (samples, expected) in recordings {
      let text = try recognizer.transcribe(samples).text
      guard text != expected.text else { continue }
      differences[expected.file] = text
      print("\(expected.file): “\(text)” instead of “\(expected.text)”")
    }
    if !recordings.isEmpty { #expect(differences == Self.rounded) }
    print("starter model in float16: \(differences.count) of \(recordings.count) texts differ")
  }
}
