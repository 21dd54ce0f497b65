import Foundation
import Service
import TestSupport
import Testing

/// A key that repeats itself while it is held, as X11 makes it: a release and a press at once.
@Suite(.timeLimit(.minutes(3))) struct RepetitionTests {
  private static func begin(_ second: Int, _ number: Int) -> ProcessBegin {
    ProcessBegin(time: second * 1_000_000_000, session: number, process: number)
  }

  /// What was heard before a repetition is neither lost nor heard twice, although the text was
  /// ready each time: there was silence before.
  @Test func theDictationGoesOn() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [RunningDaemon.speech()])
      let repetitions = 5
      var number = 1
      func lift(_ second: Int) -> Request {
        number += 1
        return .stopRecording(began: Self.begin(second, number))
      }
      func press(_ second: Int) -> Request {
        number += 1
        return .startRecording(RecordingRequest(began: Self.begin(second, number)))
      }
      try running.ask(press(10))
      running.awaitMicrophone()
      for second in 11..<11 + repetitions {
        _ = running.begin(lift(second))
        _ = running.begin(press(second))
      }
      try running.ask(lift(20))
      #expect(try running.awaitStatus { $0.state == .idle })
      // Where the machine was too busy to tell at once, a dictation may have ended.
      #expect(try running.status.dictations <= repetitions)
      #expect(running.messenger.texts.map(\.text).filter { !$0.isEmpty } == [RunningDaemon.words])
    }
  }
}
