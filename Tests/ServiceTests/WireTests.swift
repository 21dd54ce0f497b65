import Formatting
import Foundation
import Service
import TestSupport
import Testing
import Transcription

@Suite struct WireTests {
  @Test func notificationsSurviveTheWire() throws {
    let text = FinalText(
      id: "7", text: "a\nb", raw: "a b",
      words: [.init(word: "a", start: 0, end: 0.5, confidence: 1)],
      audioMs: 500,
      latencyMs: .init(release: 1, features: 2, encoder: 3, decoder: 4, formatting: 5),
      terms: ["a"], profile: .editor)
    let all: [Service.Notification] = [
      .state(.loading), .partial(settled: "s", pending: "p"), .final(text),
      .level(rms: 0.1, peak: 0.2), .dropped(samples: 3),
      .error(ServiceError(code: .microphone, message: "m", hint: "h")),
    ]
    for notification in all {
      let line = try Wire.encoder.encode(notification)
      #expect(!line.contains(0x0A))
      #expect(try Wire.decoder.decode(Service.Notification.self, from: line) == notification)
    }
  }

  @Test func keysAreInSnakeCase() throws {
    let text = FinalText(
      id: "7", text: "a/b", raw: "", words: [], audioMs: 500.5,
      latencyMs: .init(release: 1, features: 2, encoder: 3, decoder: 4, formatting: 5), terms: [])
    let line = String(
      decoding: try Wire.encoder.encode(Service.Notification.final(text)), as: UTF8.self)
    #expect(
      line == #"{"jsonrpc":"2.0","method":"final","params":{"audio_ms":500.5,"id":"7","#
        + #""latency_ms":{"decoder":4,"encoder":3,"features":2,"formatting":5,"release":1},"#
        + #""raw":"","terms":[],"text":"a/b","words":[]}}"#)
  }

  /// A measurement that went wrong must not cost the text.
  @Test func numbersThatJSONLacksAreWrittenAsStrings() throws {
    let level = Service.Notification.level(rms: .nan, peak: .infinity)
    let line = try Wire.encoder.encode(level)
    #expect(String(decoding: line, as: UTF8.self).contains(#""peak":"inf","rms":"nan""#))
  }
}
