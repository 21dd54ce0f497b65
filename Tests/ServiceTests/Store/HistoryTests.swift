import Foundation
import Service
import TestSupport
import Testing

@Suite struct HistoryTests {
  private func entry(_ id: String, time: String = "2026-01-02T03:04:05Z") -> HistoryEntry {
    HistoryEntry(
      id: id, time: time, outcome: .done, text: "zwölf\n\"quoted\"", audioMs: 1000, model: "m",
      directory: nil, audio: nil)
  }

  @Test func entriesComeBackInTheirOrder() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "state/history.jsonl")
      let history = History(path: file.path)
      #expect(try history.entries().isEmpty)
      let entries = ["a", "b", "c"].map { entry($0) }
      for entry in entries { try history.append(entry) }
      #expect(try history.entries() == entries)
      try history.rewrite { $0.id == "b" ? nil : $0 }
      #expect(try history.entries().map(\.id) == ["a", "c"])
      let permissions = try FileManager.default.attributesOfItem(atPath: file.path)
      #expect(permissions[.posixPermissions] as? Int == 0o600)
    }
  }

  /// Whoever can write the history has no other file removed by it.
  @Test func onlyRecordingsInTheSpoolAreRemoved() throws {
    try withTemporaryFolder { folder in
      let history = History(path: folder.appending(path: "history.jsonl").path)
      let spool = folder.appending(path: "spool")
      try FileManager.default.createDirectory(at: spool, withIntermediateDirectories: true)
      let files = ["spool/a.wav", "b.wav", "spool/../c.wav"].map { "\(folder.path)/\($0)" }
      for file in files {
        try Data().write(to: URL(filePath: file))
        var failed = entry(file)
        failed.audio = file
        history.removeRecording(of: failed)
      }
      #expect(files.map { FileManager.default.fileExists(atPath: $0) } == [false, true, true])
    }
  }

  /// What a client missed that was not there for a while.
  @Test func whatCameAfterADictationIsFound() throws {
    try withTemporaryFolder { folder in
      let history = History(path: folder.appending(path: "history.jsonl").path)
      for (id, time) in [
        ("20260102T030405Z-a", "2026-01-02T03:04:05Z"),
        ("20260102T030405Z-b", "2026-01-02T03:04:05Z"),
        // Recovered long after it was said.
        ("20250102T030405Z-c", "2025-01-02T03:04:05Z"),
        ("20260102T030406Z-d", "2026-01-02T03:04:06Z"),
      ] { try history.append(entry(id, time: time)) }
      let cases = [
        ("20260102T030405Z-a", "db"), ("20260102T030406Z-d", ""), ("20260102T030405Z-x", "dba"),
        ("20260102T030406Z", "d"), ("20270102T030406Z", ""), ("somebody else's", "dcba"),
      ]
      for (last, expected) in cases {
        let found = try history.newest(after: last).compactMap(\.id.last)
        #expect(String(found) == expected, "after \(last)")
      }
      #expect(try history.newest(1, after: "20260102T030405Z-a").map(\.id.last) == ["d"])
    }
  }

  @Test func aLineThatACrashCutShortHarmsNoOther() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "history.jsonl")
      let history = History(path: file.path)
      try history.append(entry("a"))
      let handle = try FileHandle(forWritingTo: file)
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("{\"id\":\"b\",\"te".utf8))
      try handle.close()
      try history.append(entry("c"))
      #expect(try history.entries().map(\.id) == ["a", "c"])
    }
  }

  /// What is not a history is passed over, however much it is.
  @Test func nonsenseHidesNothing() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "history.jsonl")
      let history = History(path: file.path)
      let nonsense = [
        Data(count: 3 << 20), Data("{\"id\":1}\n".utf8), Data(repeating: 0x7B, count: 100_000),
        Data(String(repeating: "{}\n", count: 100_000).utf8),
        Data(repeating: 0x78, count: 3 << 20), Data([0xFF, 0xFE, 0x0A, 0x0A]),
      ]
      for (index, bytes) in nonsense.enumerated() {
        try history.append(entry("\(index)"))
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        try handle.write(contentsOf: bytes)
        try handle.close()
      }
      try history.append(entry("last"))
      #expect(try history.entries().map(\.id) == ["0", "1", "2", "3", "4", "5", "last"])
      // To look closely at lines takes time; so many are no history.
      let lines = String(
        repeating: #"{"id":"\#(String(repeating: "x", count: 80))"}"# + "\n", count: 1_000)
      try Data(lines.utf8).write(to: file)
      try history.append(entry("after"))
      #expect(try history.newest(1).map(\.id) == ["after"])
      let failure = #expect(throws: ServiceError.self) { try history.entries() }
      #expect(failure?.hint?.contains("move the file away") == true)
    }
  }

  @Test func writersDoNotDisturbEachOther() throws {
    try withTemporaryFolder { folder in
      let history = History(path: folder.appending(path: "history.jsonl").path)
      DispatchQueue.concurrentPerform(iterations: 40) { index in
        try? history.append(entry("\(index)"))
        if index.isMultiple(of: 7) { try? history.rewrite { $0.id == "0" ? nil : $0 } }
      }
      try history.rewrite { $0.id == "0" ? nil : $0 }
      #expect(try Set(history.entries().map(\.id)) == Set((1..<40).map(String.init)))
    }
  }

  @Test func whatCannotBeWrittenIsReportedWithItsName() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "history.jsonl")
      try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
      let failure = #expect(throws: ServiceError.self) {
        try History(path: file.path).append(entry("a"))
      }
      #expect(failure?.message.contains(file.path) == true)
    }
  }
}
