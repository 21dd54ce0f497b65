import Foundation
import Service
import TestSupport
import Testing

/// What goes wrong at the microphone is counted and told, and the dictation goes on.
@Suite struct MishapTests {
  private static let speech = Fixtures.committed.appending(path: "audio/digits_03.flac")
  private static let words = "seven zero nine four four seven"

  @Test func aDeviceIsUnpluggedAndComesBack() throws {
    try withTemporaryFolder { folder in
      let microphone = try VirtualMicrophone()
      let daemon = try LiveDaemon(in: folder, settings: microphone.environment)
      let client = try daemon.client([.final, .error, .dropped, .partial])
      var told: [Service.Notification] = []
      try client.answer(to: .startRecording(.init()))
      // What was played may not have come through the sound server yet.
      try microphone.play(Self.speech).waitUntilExit()
      try client.await(&told) { Self.settles($0, Self.words) }
      try microphone.unload()
      try client.await(&told) { if case .error = $0 { true } else { false } }
      try microphone.load()
      try client.await(&told) { if case .dropped = $0 { true } else { false } }
      #expect(try daemon.status().microphone.reopens == 1)
      try microphone.play(Self.speech).waitUntilExit()
      try client.await(&told) { Self.settles($0, Self.words, Self.words) }
      try client.answer(to: .stopRecording())
      let text = try client.text().text
      #expect(WordErrors.isHeard(text, of: [Self.words, Self.words]), "\(text)")
    }
  }

  /// The daemon stands still for two seconds, longer than the device keeps what it hears.
  @Test func samplesAreOverrun() throws {
    try withTemporaryFolder { folder in
      let speech = try Recordings.samples(Self.speech).map { Int16($0 * 32_767) }
      // Hardware hears before the daemon does; what it says then is not to be missed.
      let lead = [Int16](repeating: 0, count: 16_000)
      let microphone = try PacedMicrophone(hearing: lead + speech)
      let daemon = try LiveDaemon(in: folder, settings: microphone.environment)
      let client = try daemon.client([.final, .dropped, .partial])
      var told: [Service.Notification] = []
      let opening = ContinuousClock.now
      try client.answer(to: .startRecording(.init()))
      try client.await(&told) { Self.settles($0, Self.words) }
      daemon.signal(SIGSTOP)
      // How long it stands still is what this is about.
      Thread.sleep(forTimeInterval: 2)
      daemon.signal(SIGCONT)
      try client.await(&told) { if case .dropped(let count) = $0 { count > 8_000 } else { false } }
      let status = try daemon.status()
      #expect(status.microphone.overruns == 1)
      let lost = told.reduce(0) { if case .dropped(let count) = $1 { $0 + count } else { $0 } }
      #expect(status.microphone.dropped == lost)
      try microphone.hear(speech, opened: opening)
      try client.await(&told) { Self.settles($0, Self.words, Self.words) }
      try client.answer(to: .stopRecording())
      let text = try client.text().text
      #expect(WordErrors.isHeard(text, of: [Self.words, Self.words]), "\(text)")
    }
  }

  /// Whether all was said and settled, a word more or less.
  private static func settles(_ notification: Service.Notification, _ words: String...) -> Bool {
    guard case .partial(let settled, let pending) = notification else { return false }
    return pending.isEmpty && WordErrors.isHeard(settled, of: words)
  }

  @Test func aMicrophoneThatIsSwitchedOffIsReported() throws {
    try withTemporaryFolder { folder in
      let microphone = try VirtualMicrophone()
      try microphone.mute(true)
      let daemon = try LiveDaemon(in: folder, settings: microphone.environment)
      let client = try daemon.client()
      var told: [Service.Notification] = []
      try client.answer(to: .startRecording(.init()))
      try client.await(&told) {
        if case .error(let error) = $0 {
          error.code == ServiceError.Code.silence
        } else {
          false
        }
      }
      try client.answer(to: .stopRecording())
      #expect(try client.text().text.isEmpty)
    }
  }

  @Test func theDeviceIsNotThereAtKeyDown() throws {
    try withTemporaryFolder { folder in
      let daemon = try LiveDaemon(
        in: folder, settings: ["UTTER_AUDIO_DEVICE": "nothing_like_it"])
      let client = try daemon.client()
      var told: [Service.Notification] = []
      // The key's program says so.
      let start = try daemon.utter("record", "start")
      #expect(start.code == 69 && start.errors.contains("nothing_like_it: no such capture device"))
      let stop = try daemon.utter("record", "stop")
      #expect(stop.code == 69 && stop.errors.contains("nothing_like_it: no such capture device"))
      try client.await(&told) {
        if case .error(let error) = $0 { error.code == .microphone } else { false }
      }
      let status = try daemon.utter("status").output
      #expect(status.contains("problem     nothing_like_it: no such capture device, since "))
    }
  }
}

extension DaemonClient {
  /// Waits for a notification, and keeps all that come before it.
  func await(
    _ told: inout [Service.Notification], _ isIt: (Service.Notification) -> Bool
  ) throws {
    while true {
      do {
        told.append(try notification())
      } catch {
        throw Missing(told: told)
      }
      if told.last.map(isIt) == true { return }
    }
  }
}

/// What was awaited did not come; other things did.
struct Missing: Error {
  let told: [Service.Notification]
}
