import Audio
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct PipeTests {
  @Test(arguments: ["counter.flac", "tone.mp3", "tone.aiff"])
  func pipeGivesWhatTheFileGives(name: String) throws {
    let direct = try samples(recording(name))
    #expect(try throughPipe(recording(name)) == direct)
  }

  @Test(.enabled(if: hasFFmpeg)) func pipeReachesFFmpeg() throws {
    let direct = try samples(recording("tone.m4a"))
    #expect(try throughPipe(recording("tone.m4a")) == direct)
  }

  @Test func aNamedPipeWaitsForItsWriter() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "pipe").path
      try #require(mkfifo(path, 0o600) == 0)
      let bytes = try Data(contentsOf: URL(fileURLWithPath: recording("counter.flac")))
      let direct = try samples(recording("counter.flac"))
      var limits = ReadingLimits()
      // Asked when there was nothing to read for a while: by then nobody had come.
      let writer = Once {
        Thread.detachNewThread {
          try? FileHandle(forWritingTo: URL(fileURLWithPath: path)).write(contentsOf: bytes)
        }
      }
      limits.isWanted = {
        writer.perform()
        return true
      }
      #expect(try AudioFile(path: path, within: limits).readAll() == direct)
    }
  }

  @Test func aWriterThatWritesNothingIsTheEnd() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "pipe").path
      try #require(mkfifo(path, 0o600) == 0)
      var limits = ReadingLimits()
      limits.isWanted = {
        // Without a reader this would fail; it opens and closes.
        close(open(path, O_WRONLY | O_NONBLOCK))
        return true
      }
      #expect(throws: AudioError.noInput(path: path, .silent)) {
        try AudioFile(path: path, within: limits)
      }
    }
  }

  /// Reads a small file that waits in a pipe whose writer has gone.
  private func throughPipe(_ path: String) throws -> [Float] {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data(contentsOf: URL(fileURLWithPath: path)))
    try pipe.fileHandleForWriting.close()
    return try samples("/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
  }
}

/// Work that is done the first time.
private final class Once: Sendable {
  private let work: @Sendable () -> Void
  private let isDone = Atomic(false)

  init(_ work: @escaping @Sendable () -> Void) { self.work = work }

  func perform() {
    if !isDone.exchange(true, ordering: .relaxed) { work() }
  }
}
