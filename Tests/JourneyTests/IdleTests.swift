import Foundation
import Service
import TestSupport
import Testing

/// A daemon that waits costs nothing.
@Suite struct IdleTests {
  @Test func itSleepsAndGivesItsMemoryBack() throws {
    try withTemporaryFolder { folder in
      let daemon = try LiveDaemon(in: folder)
      let client = try daemon.client([])
      let file = Fixtures.committed.appending(path: "audio/digits_12.flac")
      let answer: TranscribedFile = try client.call(.transcribe(path: file.path))
      #expect(!answer.text.isEmpty)
      try client.answer(to: .unloadModel)
      let process = ProcessFacts(daemon.processIdentifier)
      #expect(try process.residentBytes <= 60_000_000)
      let (ticks, switches) = (try process.ticks, try process.switches)
      Thread.sleep(forTimeInterval: 30)
      #expect(try process.ticks == ticks, "it computed")
      #expect(try process.switches == switches, "it woke up")
    }
  }
}

/// What the kernel knows of a process.
private struct ProcessFacts {
  private let folder: URL

  init(_ number: Int32) { folder = URL(filePath: "/proc/\(number)") }

  /// Hundredths of a second that its threads computed.
  var ticks: Int {
    get throws {
      let line = try String(contentsOf: folder.appending(path: "stat"), encoding: .utf8)
      let fields = line[(line.lastIndex(of: ")") ?? line.startIndex)...].split(separator: " ")
      return fields[12...13].compactMap { Int($0) }.reduce(0, +)
    }
  }

  /// Times that its threads went to sleep.
  var switches: Int {
    get throws {
      let tasks = folder.appending(path: "task")
      return try FileManager.default.contentsOfDirectory(atPath: tasks.path).reduce(0) {
        sum, task in
        try sum + Self.field("voluntary_ctxt_switches", in: tasks.appending(path: "\(task)/status"))
      }
    }
  }

  var residentBytes: Int {
    get throws { try 1024 * Self.field("VmRSS", in: folder.appending(path: "status")) }
  }

  private static func field(_ name: String, in file: URL) throws -> Int {
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let line = try #require(lines.first { $0.hasPrefix("\(name):") })
    return try #require(line.split { !$0.isNumber }.first.flatMap { Int($0) })
  }
}
