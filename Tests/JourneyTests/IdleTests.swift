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
      try process.settle()
      let (ticks, switches) = (try process.ticks, try process.switches)
      Thread.sleep(forTimeInterval: 30)
      #expect(try process.ticks == ticks, "it computed")
      #expect(try process.switches == switches, "it woke up")
    }
  }
}
