import Foundation
import Service
import TestSupport
import Testing

/// What fails is told at once, and shown until it is over.
@Suite(.timeLimit(.minutes(3))) struct ProblemTests {
  private static let hold = Request.startRecording(RecordingRequest())

  @Test func aMicrophoneThatIsNotThereIsReported() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder)
      let refusal = #expect(throws: ServiceError.self) { try running.ask(Self.hold) }
      #expect(refusal?.code == .microphone)
      // Of the error of the room below, not of what became of it.
      #expect(refusal?.hint?.hasPrefix("about: device") == true)
      #expect(running.messenger.errors == [refusal])
      let stop = #expect(throws: ServiceError.self) { try running.ask(.stopRecording()) }
      #expect(stop?.code == .notRecording && stop?.hint == refusal?.hint)
      #expect(stop?.message == "nothing is being recorded: \(refusal?.message ?? "")")
      // Nothing began, and so nothing ends.
      #expect(running.messenger.await { $0.last == .state(.error) })
      #expect(running.messenger.texts.isEmpty)
      let problem = try #require(try running.status.problem)
      #expect(problem.error == refusal)
      #expect(try Date(problem.since, strategy: .iso8601) <= .now)

      running.plugIn(try RunningDaemon.speech())
      try running.ask(Self.hold)
      running.awaitMicrophone()
      try running.ask(.stopRecording())
      #expect(running.messenger.texts(1).map(\.text) == [RunningDaemon.words])
      #expect(running.messenger.await { $0.last == .state(.idle) })
      #expect(try running.status.problem == nil)
    }
  }

  /// A key does not wait for a sound server that hangs, and what was answered by then has its end.
  @Test func aMicrophoneThatTakesItsTimeIsNotWaitedFor() throws {
    try withTemporaryFolder { folder in
      let opening = DispatchSemaphore(value: 0)
      let running = try RunningDaemon(in: folder, whileOpening: { opening.wait() })
      try running.ask(Self.hold)
      #expect(running.messenger.errors.isEmpty)
      try running.ask(.stopRecording())
      opening.signal()
      #expect(running.messenger.texts(1).map(\.text) == [""])
      #expect(running.messenger.errors.map(\.code) == [.microphone])
      #expect(try running.status.problem?.code == .microphone)
    }
  }

  /// Who asks before it is known is told the same as who asks first.
  @Test func allAreToldTheSame() throws {
    let messenger = CollectingMessenger()
    let answer = StartAnswer(id: "1", messenger: messenger)
    let failure = ServiceError(code: .microphone, message: "m: gone")
    for client in 1...2 { answer.add(ReplyAddress(client: client, id: .integer(1))) }
    #expect(!messenger.hasAnswered(1))
    #expect(answer.give(failure))
    answer.add(ReplyAddress(client: 3, id: .integer(1)))
    #expect(!answer.give())
    for client in 1...3 {
      #expect(throws: failure) { try messenger.answer(to: client) }
    }
  }

  @Test func aMicrophoneThatIsMutedIsReportedUntilItIsNot() throws {
    try withTemporaryFolder { folder in
      let silence = [Float](repeating: 0, count: 12_000)
      let running = try RunningDaemon(in: folder, hearing: [silence, try RunningDaemon.speech()])
      for count in 1...2 {
        try running.ask(Self.hold)
        running.awaitMicrophone()
        try running.ask(.stopRecording())
        #expect(try running.awaitStatus { $0.dictations == count && !$0.microphone.open })
        let problem = try running.status.problem
        #expect(problem?.code == (count == 1 ? .silence : nil))
        #expect(try running.status.state == .idle)
      }
      let messages = running.messenger.errors.map(\.message)
      #expect(messages == ["default: is muted or silent: it delivers nothing but zeros"])
    }
  }

  /// What cannot be kept is typed nevertheless, and said to be in danger.
  @Test func aSpoolThatCannotBeWrittenIsReported() throws {
    try withTemporaryFolder { folder in
      let speech = try RunningDaemon.speech()
      let running = try RunningDaemon(in: folder, hearing: [speech, speech])
      try running.awaitFiles()
      let spool = URL(filePath: running.state.path).appending(path: "spool")
      for isBroken in [true, false] {
        try FileManager.default.removeItem(at: spool)
        if isBroken {
          try Data().write(to: spool)
        } else {
          try FileManager.default.createDirectory(at: spool, withIntermediateDirectories: true)
        }
        try running.ask(Self.hold)
        running.awaitMicrophone()
        try running.ask(.stopRecording())
        let count = isBroken ? 1 : 2
        #expect(running.messenger.texts(count).last?.text == RunningDaemon.words)
        #expect(try running.awaitStatus { $0.dictations == count && !$0.microphone.open })
        try running.awaitFiles()
        #expect(
          try running.status.problem?.message.hasPrefix(spool.path) == (isBroken ? true : nil))
        // Dictations have their text, so that this is no state of its own.
        #expect(try running.status.state == .idle)
      }
    }
  }

  /// Somebody cuts the model's file short, where he should have renamed another one into its place.
  @Test func aModelThatIsCutShortIsReadAgain() throws {
    try withTemporaryFolder { folder in
      let model = folder.appending(path: "model")
      try FileManager.default.copyItem(at: URL(filePath: RunningDaemon.model), to: model)
      let weights = model.appending(path: "model.safetensors")
      let good = try Data(contentsOf: weights)
      let speech = try RunningDaemon.speech()
      let running = try RunningDaemon(in: folder, hearing: [speech, speech]) {
        $0.model.name = model.path
      }
      try running.ask(.loadModel)
      let file = Fixtures.committed.appending(path: "audio/digits_03.flac").path
      #expect(truncate(weights.path, 100_000) == 0)
      let failure = #expect(throws: ServiceError.self) { try running.ask(.transcribe(path: file)) }
      #expect(failure?.message.hasSuffix("the file changed while it was in use") == true)

      // It is no better when it is loaded again.
      try running.ask(Self.hold)
      running.awaitMicrophone()
      try running.ask(.stopRecording())
      #expect(running.messenger.await { $0.last == .state(.error) })
      #expect(try running.status.problem?.code == .model)

      try good.write(to: weights)
      try running.ask(.loadModel)
      #expect(truncate(weights.path, 100_000) == 0)
      try good.write(to: weights, options: .atomic)
      // Cut short, but good now: nobody notices.
      try running.ask(Self.hold)
      running.awaitMicrophone()
      try running.ask(.stopRecording())
      #expect(running.messenger.texts(1).map(\.text) == [RunningDaemon.words])
      #expect(try running.status.problem == nil)
    }
  }
}
