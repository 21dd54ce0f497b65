import Audio
import Foundation
import TestSupport
import Testing

/// Recordings that do not come, or not to an end.
@Suite(.timeLimit(.minutes(3))) struct PatienceTests {
  /// A pipe that its own reader keeps open.
  private static func withPipe(holding bytes: Data, _ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "pipe").path
      try #require(mkfifo(path, 0o600) == 0)
      let writer = open(path, O_RDWR | O_CLOEXEC)
      defer { close(writer) }
      #expect(bytes.withUnsafeBytes { write(writer, $0.baseAddress, $0.count) } == bytes.count)
      try body(path)
    }
  }

  private static func fault(
    _ path: String, _ converter: String = "ffmpeg", _ change: (inout ReadingLimits) -> Void
  ) -> AudioError? {
    var limits = ReadingLimits()
    change(&limits)
    do throws(AudioError) {
      let file = try AudioFile(path: path, within: limits, converter: converter)
      _ = try file.readAll()
      return nil
    } catch {
      return error
    }
  }

  @Test func aPipeIsNotWaitedForWithoutEnd() throws {
    try Self.withPipe(holding: Data("RIFF".utf8)) { path in
      let silence = Duration.milliseconds(300)
      #expect(
        Self.fault(path) { $0.silence = silence }
          == .noInput(path: path, .uncopied(.silent(silence))))
    }
  }

  @Test func aPipeThatNobodyWantsIsLeft() throws {
    try Self.withPipe(holding: Data()) { path in
      #expect(
        Self.fault(path) { $0.isWanted = { false } } == .noInput(path: path, .uncopied(.unwanted)))
    }
  }

  @Test func aPipeIsReadAsFarAsThereIsRoom() throws {
    try Self.withPipe(holding: Data(count: 3_000)) { path in
      #expect(
        Self.fault(path) { $0.size = 2_000 } == .noInput(path: path, .uncopied(.large(2_000))))
    }
  }

  @Test(arguments: [true, false]) func aConverterThatHangsIsNotWaitedFor(_ first: Bool) throws {
    try withTemporaryFolder { folder in
      let (program, recording) = try Self.converter("exec sleep 1000", in: folder)
      let silence = Duration.milliseconds(300)
      let fault = Self.fault(recording, program) {
        ($0.silence, $0.decodesFirst) = (silence, first)
      }
      #expect(
        fault == .badData(path: recording, .undecoded(program: program, .silent(silence))))
    }
  }

  @Test func aConverterThatIsKilledIsReported() throws {
    try withTemporaryFolder { folder in
      let (program, recording) = try Self.converter("kill -9 $$", in: folder)
      for first in [true, false] {
        let fault = Self.fault(recording, program) { $0.decodesFirst = first }
        #expect(fault?.reason.hasSuffix("\(program) was ended by signal 9") == true)
      }
    }
  }

  @Test(.enabled(if: hasFFmpeg)) func decodingFirstChangesNothing() throws {
    let path = recording("tone.m4a")
    var limits = ReadingLimits()
    limits.decodesFirst = true
    // Where there is no such folder, it goes to memory.
    for folder in [nil, "/nowhere"] {
      limits.folder = folder
      #expect(try AudioFile(path: path, within: limits).readAll() == samples(path))
    }
  }

  /// What a playlist names may be anything, a pipe for one.
  @Test(.enabled(if: hasFFmpeg)) func aPlaylistIsNoRecording() throws {
    try withTemporaryFolder { folder in
      let pipe = folder.appending(path: "pipe.ts").path
      try #require(mkfifo(pipe, 0o600) == 0)
      let lists = [
        "ffconcat version 1.0\nfile pipe.ts\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:3,\nfile://\(pipe)\n#EXT-X-ENDLIST\n",
      ]
      for list in lists {
        let path = folder.appending(path: "list.wav")
        try Data(list.utf8).write(to: path)
        #expect(error(path: path.path)?.reason.contains("it lists other files") == true)
      }
    }
  }

  /// A program in the place of ffmpeg, and a file that only such a one might know.
  private static func converter(_ script: String, in folder: URL) throws -> (String, String) {
    let program = folder.appending(path: "converter").path
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: program))
    #expect(chmod(program, 0o700) == 0)
    let recording = folder.appending(path: "recording").path
    try Data("nothing that libsndfile knows".utf8).write(to: URL(filePath: recording))
    return (program, recording)
  }
}
