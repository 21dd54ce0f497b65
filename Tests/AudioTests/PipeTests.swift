import Audio
import Foundation
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

  @Test func namedPipeWithoutWriterDoesNotWait() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try #require(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    #expect(error(path: path)?.reason == "delivers no data")
  }

  /// Reads a small file that waits in a pipe whose writer has gone.
  private func throughPipe(_ path: String) throws -> [Float] {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data(contentsOf: URL(fileURLWithPath: path)))
    try pipe.fileHandleForWriting.close()
    return try samples("/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
  }
}
