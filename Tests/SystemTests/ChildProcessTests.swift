import CLinux
import Foundation
import System
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct ChildProcessTests {
  private static func shell(_ script: String, _ arguments: String...) -> Command {
    Command("/bin/sh", ["-c", script, "sh"] + arguments)
  }

  @Test func itGetsWhatItIsGivenAndNothingElse() throws {
    var command = Self.shell("printf '%s|' \"$@\"; env; cat", "$(id) `id`", "*", "", "ü")
    command.environment = ["ONLY": "this one"]
    let child = try command.start(input: FileDescriptor(inMemory: Array("input".utf8)))
    #expect(child.wait() == .exit(code: 0))
    #expect(child.outputText.hasPrefix("$(id) `id`|*||ü|"))
    #expect(child.outputText.contains("ONLY=this one\n"))
    #expect(!child.outputText.contains("HOME="))
    #expect(child.outputText.hasSuffix("input"))
    #expect(child.messageText.isEmpty)
  }

  @Test func itInheritsNoDescriptor() throws {
    // Two that any program would inherit.
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    for stream in [Command.Stream.kept, .streamed] {
      var command = Command("/bin/ls", ["/proc/self/fd"])
      (command.output, command.messages) = (stream, stream)
      let child = try command.start()
      let streamed = stream == .streamed ? try child.readText() : ""
      #expect(child.wait() == .exit(code: 0))
      // The fourth is the folder that `ls` reads.
      #expect(streamed + child.outputText == "0\n1\n2\n3\n")
    }
  }

  @Test func itTellsHowItEnded() throws {
    let command = Self.shell("echo out; echo err >&2; exit 7")
    let child = try command.start()
    #expect(child.wait() == .exit(code: 7))
    #expect(child.outputText == "out\n" && child.messageText == "err\n")
    #expect(try Self.shell("kill -TERM $$").start().wait() == .signal(SIGTERM))
    #expect(ChildProcess.Ending.signal(SIGTERM).code == 128 + SIGTERM)
  }

  @Test func whatCannotBeStarted() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "file")
      try Data("text".utf8).write(to: file)
      for (path, code) in [("/nowhere", ENOENT), (file.path, EACCES), (folder.path, EACCES)] {
        #expect(throws: Errno(code)) { try Command(path, []).start() }
      }
    }
  }

  /// Without the limit the file would hold all of it.
  @Test func outputIsBounded() throws {
    var command = Command("/usr/bin/head", ["-c", "5000000", "/dev/zero"])
    command.limit = 1 << 20
    let child = try command.start()
    #expect(child.wait() == .exit(code: 1))
    #expect(child.output.count == 1 << 20)
    #expect(child.isOutputCut)
    #expect(child.messageText.contains("File too large"))
    command.limit = 5_000_001
    let other = try command.start()
    #expect(other.wait() == .exit(code: 0))
    #expect(other.output.count == 5_000_000 && !other.isOutputCut)
  }

  @Test func ofStreamedMessagesTheEndIsRemembered() throws {
    var command = Self.shell("seq 1 100000 >&2; echo done")
    (command.output, command.messages) = (.streamed, .streamed)
    let child = try command.start()
    #expect(try child.readText() == "done\n")
    #expect(child.wait() == .exit(code: 0))
    #expect(child.messageText.hasSuffix("99999\n100000\n"))
    #expect(child.messageText.utf8.count == 4_096)
  }

  /// What a program leaves running behind it has its streams, and must not keep anybody waiting.
  @Test func itsEndIsItsOwn() throws {
    let child = try Self.shell("sleep 1000 & echo $!").start()
    #expect(child.wait(.seconds(60)) == .exit(code: 0))
    let other = try #require(pid_t(child.outputText.dropLast()))
    #expect(kill(other, SIGKILL) == 0)
  }

  @Test func afterTheDeadlineItIsKilled() throws {
    let pid: pid_t
    do {
      let child = try Self.shell("trap '' TERM INT HUP; echo $$; sleep 1000 & wait").start()
      while child.outputText.isEmpty { #expect(child.wait(.milliseconds(10)) == nil) }
      pid = try #require(pid_t(child.outputText.dropLast()))
      #expect(kill(pid, 0) == 0)
    }
    // Reaped too, or it would still be there.
    #expect(kill(pid, 0) != 0 && errno == ESRCH)
  }

  @Test func whatIsLetGoRunsOn() throws {
    let pid: pid_t
    do {
      var command = Self.shell("echo $$; exec sleep 1000")
      command.endsWithParent = false
      let child = try command.start()
      while child.outputText.isEmpty { _ = child.wait(.milliseconds(10)) }
      pid = try #require(pid_t(child.outputText.dropLast()))
      child.letGo()
    }
    #expect(kill(pid, SIGKILL) == 0)
  }

  /// The kernel ties a child to a thread; ours is one that lasts.
  @Test func itOutlivesTheThreadThatAskedForIt() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { close(ends[1]) }
    let input = ends[0]
    let started = Monitor<ChildProcess?>(nil)
    try NamedThread("test-starter") {
      var command = Command("/bin/cat", [])
      command.output = .streamed
      let child = try? command.start(input: FileDescriptor(owning: input))
      started.withLock { $0 = child }
    }.join()
    let child = try #require(started.withLock { $0 })
    for word in ["one", "two"] {
      #expect(write(ends[1], word, 3) == 3)
      var answer = [UInt8](repeating: 0, count: 3)
      #expect(try answer.withUnsafeMutableBytes { try child.read(into: $0) } == 3)
      #expect(answer == Array(word.utf8))
    }
  }

  /// A thread that ends stands for a program that does.
  @Test func itEndsWithItsParent() throws {
    let process = Monitor<pid_t?>(nil)
    try NamedThread("test-starter") {
      let argument = strdup("1000")
      let name = strdup("sleep")
      let arguments = [name, argument, nil]
      arguments.withUnsafeBufferPointer { arguments in
        "/bin/sleep".withCString { program in
          var child = clinux_child(
            program: program, arguments: arguments.baseAddress, variables: environ,
            streams: (-1, -1, -1), file_limit: 0, ends_with_caller: true)
          let started = clinux_start(&child)
          process.withLock { $0 = started }
        }
      }
      free(argument)
      free(name)
    }.join()
    let started = try #require(process.withLock { $0 })
    try #require(started > 0)
    var status: Int32 = 0
    #expect(waitpid(started, &status, 0) == started)
    #expect(status & 0x7f == SIGKILL)
  }

  @Test func programsAreFoundOnThePath() throws {
    try withTemporaryFolder { folder in
      let second = folder.appending(path: "second")
      for name in ["first/tool", "second"] {
        try FileManager.default.createDirectory(
          at: folder.appending(path: name), withIntermediateDirectories: true)
      }
      let tool = second.appending(path: "tool").path
      let note = second.appending(path: "note").path
      for (file, mode) in [(tool, 0o755), (note, 0o644)] {
        #expect(
          FileManager.default.createFile(
            atPath: file, contents: Data(), attributes: [.posixPermissions: mode]))
      }
      let path = "\(folder.path)/first:\(folder.path)/none::\(second.path)"
      // In the first folder it is a folder, which can be "run" but not started.
      #expect(findProgram("tool", path: path) == tool)
      #expect(findProgram("note", path: path) == nil)
      #expect(findProgram("other", path: path) == nil)
      #expect(findProgram(tool, path: nil) == tool)
      #expect(findProgram("sh", path: nil)?.hasSuffix("/sh") == true)
    }
  }
}

extension ChildProcess {
  /// All output that is streamed.
  func readText() throws -> String {
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = try piece.withUnsafeMutableBytes { try read(into: $0) }
      if count == 0 { return String(decoding: all, as: UTF8.self) }
      all += piece[..<count]
    }
  }
}
