import Audio
import Foundation
import TestSupport
import Testing
import UtterKit

/// The library as other programs use it.
@Suite struct UtterKitTests {
  private static let folder = Fixtures.repository.appending(path: "models/starter-en").path
  private static let recording = Fixtures.committed.appending(path: "audio/digits_03.flac").path
  private static let words = "seven zero nine four four seven"

  private static func samples() throws -> [Float] { try AudioFile(path: recording).readAll() }

  /// Pieces as a microphone delivers them.
  private static func pieces(_ samples: [Float], of size: Int) -> AsyncStream<[Float]> {
    AsyncStream { continuation in
      for start in stride(from: 0, to: samples.count, by: size) {
        continuation.yield(Array(samples[start..<min(samples.count, start + size)]))
      }
      continuation.finish()
    }
  }

  @Test func aFileAndItsSamplesAreOne() async throws {
    let model = try await SpeechModel.load(Self.folder)
    let samples = try Self.samples()
    let transcript = try await model.transcribe(file: Self.recording)
    #expect(transcript.text == Self.words)
    #expect(transcript.words.map(\.text) == Self.words.split(separator: " ").map(String.init))
    #expect(transcript.segments.map(\.text) == [Self.words])
    #expect(abs(transcript.duration - Double(samples.count) / 16_000) < 0.001)
    for (word, next) in zip(transcript.words, transcript.words.dropFirst()) {
      #expect(word.start < word.end && word.end <= next.start && (0...1).contains(word.confidence))
    }
    #expect(try await model.transcribe(samples: samples) == transcript)
  }

  @Test func aDictationEndsWithItsTranscript() async throws {
    let model = try await SpeechModel.load(Self.folder)
    // A pause settles what came before.
    let samples = try Self.samples() + [Float](repeating: 0, count: 8_000) + Self.samples()
    var expected: [DictationEvent] = []
    for size in [320, 4_097, samples.count] {
      var events: [DictationEvent] = []
      for try await event in model.dictate(Self.pieces(samples, of: size)) { events.append(event) }
      #expect(events.first == .speechStarted)
      #expect(events.contains(.settled(text: Self.words)))
      #expect(events.contains { if case .partial = $0 { true } else { false } })
      guard case .final(let transcript) = events.last else {
        Issue.record("\(String(describing: events.last))")
        continue
      }
      #expect(transcript.text == "\(Self.words) \(Self.words)")
      #expect(expected.isEmpty || events == expected, "pieces of \(size)")
      expected = events
    }
  }

  @Test func partialsAreLeftOut() async throws {
    let model = try await SpeechModel.load(Self.folder)
    let pieces = Self.pieces(try Self.samples(), of: 320)
    for try await event in model.dictate(pieces, partials: false) {
      if case .partial = event { Issue.record("\(event)") }
    }
  }

  /// Two dictations and a file at once, each as if it were alone.
  @Test func tasksTakeTurns() async throws {
    let model = try await SpeechModel.load(Self.folder)
    let samples = try Self.samples()
    let texts = try await withThrowingTaskGroup(of: String.self) { group in
      for size in [320, 1_000] {
        group.addTask {
          for try await event in model.dictate(Self.pieces(samples, of: size)) {
            if case .final(let transcript) = event { return transcript.text }
          }
          return ""
        }
      }
      group.addTask { try await model.transcribe(file: Self.recording).text }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(texts == [Self.words, Self.words, Self.words])
  }

  @Test func resultsAreCoded() async throws {
    let model = try await SpeechModel.load(Self.folder)
    let transcript = try await model.transcribe(file: Self.recording)
    for event in [
      DictationEvent.speechStarted, .settled(text: "a"), .partial(settled: "a", pending: " b"),
      .final(transcript: transcript),
    ] {
      let data = try JSONEncoder().encode(event)
      #expect(try JSONDecoder().decode(DictationEvent.self, from: data) == event)
    }
    let partial = try JSONEncoder().encode(["event": DictationEvent.settled(text: "a")])
    #expect(String(decoding: partial, as: UTF8.self) == #"{"event":{"settled":{"text":"a"}}}"#)
  }

  @Test func errorsSayWhatAndWhy() async throws {
    let error = await #expect(throws: UtterError.self) { try await SpeechModel.load("/none") }
    #expect(error?.description.hasPrefix("/none: ") == true, "\(String(describing: error))")
    let model = try await SpeechModel.load(Self.folder)
    let missing = await #expect(throws: UtterError.self) {
      try await model.transcribe(file: "/none.wav")
    }
    #expect(missing?.description.hasPrefix("/none.wav: ") == true)
    let nothing = try await model.transcribe(samples: [])
    #expect(nothing.text.isEmpty && nothing.words.isEmpty && nothing.duration == 0)
  }

  /// What the audio's sequence throws reaches the one who asks for events.
  @Test func aBrokenMicrophoneIsHeardOf() async throws {
    struct Unplugged: Error {}
    let model = try await SpeechModel.load(Self.folder)
    let audio = AsyncThrowingStream<[Float], any Error> { continuation in
      continuation.yield([Float](repeating: 0, count: 320))
      continuation.finish(throwing: Unplugged())
    }
    await #expect(throws: Unplugged.self) {
      for try await _ in model.dictate(audio) {}
    }
  }
}
