import Formatting
import Foundation
import Service
import TestSupport
import Testing
import Transcription
import Vocabulary

/// Terms, rules and filters between what the model wrote and what clients get.
@Suite struct WritingTests {
  /// Lists of the user's, in a folder that watches may be set on.
  private struct Lists {
    let folder: URL
    let path: String

    init(in folder: URL) throws {
      self.folder = folder
      path = folder.appending(path: "lists").path
    }

    func make() throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    var loader: VocabularyLoader { VocabularyLoader(folder: path, home: folder.path) }

    /// Writes a list as editors do: a new file, which then takes the old one's place.
    func write(_ text: String, _ name: String = "mine.txt") throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"), options: .atomic)
    }
  }

  private static let term = "B709\tspoken=seven zero nine\tguard=off\n"

  /// Dictates the recording of `RunningDaemon.words`.
  private static func dictate(
    _ running: RunningDaemon, _ request: RecordingRequest = RecordingRequest()
  ) throws -> FinalText {
    let count = running.messenger.texts.count
    try running.ask(.startRecording(request))
    running.awaitMicrophone()
    try running.ask(.stopRecording())
    let text = try #require(running.messenger.texts(count + 1).last)
    // A device that is opened anew hears the same again.
    #expect(try running.awaitStatus { !$0.microphone.open && $0.state == .idle })
    return text
  }

  private static func withDaemon(
    dictations: Int, _ change: (inout Configuration) -> Void = { _ in },
    _ body: (RunningDaemon, Lists) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let lists = try Lists(in: folder)
      try lists.make()
      let speech = try RunningDaemon.speech()
      let running = try RunningDaemon(
        in: folder.appending(path: "state"), hearing: Array(repeating: speech, count: dictations),
        vocabulary: lists.loader, change)
      defer { running.end() }
      try body(running, lists)
    }
  }

  @Test func aListThatIsEditedCountsInTheNextDictation() throws {
    try Self.withDaemon(dictations: 4) { running, lists in
      #expect(try Self.dictate(running).text == RunningDaemon.words)
      try lists.write(Self.term)
      let text = try Self.dictate(running)
      #expect(text.text == "B709 four four seven")
      #expect(text.raw == RunningDaemon.words)
      #expect(text.terms == ["B709"])
      #expect(text.words.map(\.word) == ["B709", "four", "four", "seven"])
      #expect(text.latencyMs.formatting > 0)
      // The history keeps what the model wrote where that is another text.
      try running.ask(.listHistory(limit: 1))
      #expect(try running.history.entries().map(\.raw) == [nil, RunningDaemon.words])
      // In a file, too, as soon as the change was noticed.
      let file = Fixtures.committed.appending(path: "audio/digits_03.flac").path
      try waitUntil("the list is known") {
        let answer = try #require(try running.ask(.transcribe(path: file)) as? TranscribedFile)
        #expect(answer.raw == RunningDaemon.words)
        return answer.terms == ["B709"] && answer.text == text.text
      }
      let vocabulary = try #require(try running.status.vocabulary)
      #expect(vocabulary.terms == 1 && vocabulary.problems.isEmpty)
      // A broken list keeps the old one, and everybody is told, file and line.
      try lists.write(Self.term + "x\tno=such\n")
      #expect(try Self.dictate(running).text == text.text)
      let problem = try #require(running.messenger.errors.last)
      #expect(problem.message.contains("mine.txt:2:") && problem.code == .vocabulary)
      #expect(try running.status.vocabulary?.problems == [problem.message])
      #expect(try running.status.vocabulary?.lists.map(\.outdated) == [true])
      try FileManager.default.removeItem(atPath: "\(lists.path)/mine.txt")
      #expect(try Self.dictate(running).text == RunningDaemon.words)
    }
  }

  /// Changes are noticed when they happen, whatever way a file changes in.
  @Test func changesAreNoticed() throws {
    try Self.withDaemon(dictations: 0) { running, lists in
      func terms(_ count: Int) throws -> Bool {
        try running.awaitStatus { $0.vocabulary?.terms == count }
      }
      #expect(try terms(0))
      try lists.write("kubectl\n")
      #expect(try terms(1))
      let handle = try #require(FileHandle(forWritingAtPath: "\(lists.path)/mine.txt"))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("nginx\n".utf8))
      try handle.close()
      #expect(try terms(2))
      // What a link leads to changes where it is.
      let other = lists.folder.appending(path: "elsewhere")
      try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
      let target = other.appending(path: "shared")
      try Data("gRPC\n".utf8).write(to: target)
      try FileManager.default.createSymbolicLink(
        atPath: "\(lists.path)/link.txt", withDestinationPath: target.path)
      #expect(try terms(3))
      try Data("gRPC\neBPF\n".utf8).write(to: target, options: .atomic)
      #expect(try terms(4))
      try FileManager.default.removeItem(atPath: "\(lists.path)/mine.txt")
      #expect(try terms(2))
      try FileManager.default.removeItem(atPath: lists.path)
      #expect(try terms(0))
      try lists.make()
      try lists.write("again\nandAgain\n")
      #expect(try terms(2))
    }
  }

  @Test func requestsAndProjectsHaveTermsOfTheirOwn() throws {
    try Self.withDaemon(dictations: 3) { running, lists in
      let project = lists.folder.appending(path: "home/project/deep").path
      try FileManager.default.createDirectory(
        atPath: project, withIntermediateDirectories: true)
      try Data("P447\tspoken=four four seven\tguard=off\n".utf8)
        .write(to: lists.folder.appending(path: "home/project/.utter-vocabulary"))
      let request = RecordingRequest(
        directory: project, vocabulary: ["B709\tspoken=seven zero nine\tguard=off"])
      // A project gives no other meaning to English words.
      #expect(try Self.dictate(running, request).text == "B709 four four seven")
      let lists = try #require(try running.status.vocabulary?.lists.map(\.name))
      #expect(lists.contains { $0.hasSuffix("/home/project/.utter-vocabulary") })
      #expect(try Self.dictate(running).text == RunningDaemon.words)
      try running.configure { $0.vocabulary.method = "none" }
      #expect(try Self.dictate(running, request).text == RunningDaemon.words)
    }
  }

  @Test func rulesFollowTheProfile() throws {
    try Self.withDaemon(dictations: 3) {
      $0.format.profiles[.chat].rules = [.numbers]
    } _: { running, _ in
      let plain = try Self.dictate(running)
      #expect(plain.text == RunningDaemon.words && plain.profile == nil)
      let digits = RunningDaemon.digits
      let chat = try Self.dictate(running, RecordingRequest(profile: .chat))
      #expect(chat.text == digits && chat.profile == .chat)
      try running.configure { $0.format.rules = [.numbers] }
      #expect(try Self.dictate(running).text == digits)
    }
  }

  /// The window that a client names decides, but not against a profile that it asks for.
  @Test func theProfileFollowsTheWindow() throws {
    try withTemporaryFolder { folder in
      let list = folder.appending(path: "terms").path
      try Data(Self.term.utf8).write(to: URL(fileURLWithPath: list))
      try Self.withDaemon(dictations: 4) {
        $0.format.profiles[.terminal].windows = ["auto", "My*"]
        $0.format.profiles[.terminal].rules = [.numbers]
        $0.format.profiles[.chat].lists = [list]
      } _: { running, _ in
        func dictate(
          in window: [String], _ profile: FormattingProfile? = nil
        ) throws -> FinalText {
          try Self.dictate(running, RecordingRequest(profile: profile, window: window))
        }
        #expect(try running.status.target == nil)
        let shell = try dictate(in: ["shell", "myTerm"])
        #expect(shell.text == RunningDaemon.digits && shell.profile == .terminal)
        let target = try running.status.target
        #expect(target?.window == ["shell", "myTerm"] && target?.profile == .terminal)
        #expect(
          try running.status.text.contains("\nwindow      shell, myTerm\nprofile     terminal"))
        #expect(try dictate(in: ["kitty"]).text == RunningDaemon.digits)
        let browser = try dictate(in: ["Navigator", "firefox"])
        #expect(browser.text == RunningDaemon.words && browser.profile == nil)
        // With the lists of the profile.
        #expect(try dictate(in: ["kitty"], .chat).text == "B709 four four seven")
      }
    }
  }

  /// A filter has the last word; where it fails, the text stays, and everybody is told.
  @Test func filtersChangeTexts() throws {
    try Self.withDaemon(dictations: 3) {
      $0.format.filter = ["tr", "a-z", "A-Z"]
    } _: { running, _ in
      let text = try Self.dictate(running)
      #expect(text.text == RunningDaemon.words.uppercased() && text.raw == RunningDaemon.words)
      try running.configure { $0.format.filter = ["sleep", "60"] }
      #expect(try Self.dictate(running).text == RunningDaemon.words)
      let told = running.messenger.errors.last?.message
      #expect(told == "format.filter: sleep: takes longer than 300 ms")
      try running.configure { $0.format.filter = [] }
      #expect(try Self.dictate(running).text == RunningDaemon.words)
      running.end()
      let texts = try running.history.entries().map(\.text)
      #expect(
        texts == [RunningDaemon.words.uppercased(), RunningDaemon.words, RunningDaemon.words])
    }
  }
}
