import Audio
import Foundation
import TestSupport
import Testing

/// What headers promise, compared with what is there.
@Suite struct LengthTests {
  private static let counted = (0..<16_000).map { Int16(truncatingIfNeeded: $0 &* 7_919) }
  private static let expected = counted.map { Float($0) / 32_768 }

  @Test(arguments: PCMFile.allCases) func wholeFilesGiveNoWarning(_ kind: PCMFile) throws {
    let (read, warnings) = try Self.heard(kind.bytes(Self.counted))
    #expect(read == Self.expected)
    #expect(warnings == [])
  }

  @Test(arguments: PCMFile.allCases) func halfAFileIsHeardAndSaid(_ kind: PCMFile) throws {
    let whole = kind.bytes(Self.counted)
    let (read, warnings) = try Self.heard(whole.dropLast(16_000))
    #expect(read == Array(Self.expected.prefix(8_000)))
    #expect(warnings == [.ends(heard: 0.5, promised: 1)])
    #expect(
      warnings.first?.reason
        == "ends 0.5 s before its header says: of 1.0 s only 0.5 s are there")
  }

  @Test(arguments: PCMFile.allCases) func lengthsThatNobodyKnewPromiseNothing(_ kind: PCMFile)
    throws
  {
    for length in kind.openLengths {
      let (read, warnings) = try Self.heard(kind.bytes(Self.counted, promised: length))
      #expect(read == Self.expected, "\(length)")
      #expect(warnings == [], "\(length)")
    }
  }

  @Test func allDataChunksAreRead() throws {
    let parts = [0..<5_000, 5_000..<5_001, 5_001..<16_000]
    var file = PCMFile.wav.bytes([])[..<36]
    for part in parts {
      file += PCMFile.wav.bytes(Array(Self.counted[part])).dropFirst(36)
      file += Data("LIST".utf8) + Data([3, 0, 0, 0, 1, 2, 3, 0])
    }
    let (read, warnings) = try Self.heard(file)
    #expect(read == Self.expected)
    #expect(warnings == [])
    // Cut in the last of them.
    let (cut, said) = try Self.heard(file.dropLast(8_012))
    #expect(cut == Array(Self.expected.dropLast(4_000)))
    #expect(said == [.ends(heard: 0.75, promised: 1)])
  }

  @Test func recordingsBehindOneAnotherAreRead() throws {
    let halves = [Self.counted[..<8_000], Self.counted[8_000...]]
    let file = halves.reduce(Data()) { $0 + PCMFile.wav.bytes(Array($1)) }
    let (read, warnings) = try Self.heard(file)
    #expect(read == Self.expected)
    #expect(warnings == [])
  }

  /// A recorder that died long after it wrote its header last, or a length above 32 bits.
  @Test(arguments: [PCMFile.wav, .aiff, .au, .caf])
  func whatLiesBehindTheEndIsSaid(_ kind: PCMFile) throws {
    let samples = [Int16](repeating: -3, count: 48_000)
    let (read, warnings) = try Self.heard(kind.bytes(samples, promised: 16_000))
    #expect(read.count == 8_000)
    #expect(warnings == [.unread(2.5)])
  }

  @Test(arguments: [PCMFile.aiff, .au, .caf])
  func aRecordingBehindTheEndIsSaid(_ kind: PCMFile) throws {
    let file = kind.bytes([Int16](repeating: -3, count: 32_000))
    let (read, warnings) = try Self.heard(file + file)
    #expect(read.count == 32_000)
    guard case .unread(let seconds) = warnings.first else {
      Issue.record("\(warnings)")
      return
    }
    #expect(abs(seconds - 2) < 0.01)
  }

  @Test func aSecondFLACStreamIsSaid() throws {
    let file = try Data(contentsOf: URL(fileURLWithPath: recording("digits_12.flac")))
    let alone = try Self.heard(file)
    let both = try Self.heard(file + file)
    #expect(alone.warnings == [])
    #expect(both.samples == alone.samples)
    #expect(both.warnings == [.followed])
  }

  @Test(.enabled(if: hasFFmpeg), arguments: ["a.mp4", "a.mov", "a.mkv", "a.webm", "a.wma"])
  func aSecondRecordingThatFFmpegPassesOverIsSaid(_ name: String) throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: name)
      try ffmpeg("-i", recording("digits_12.flac"), file.path)
      let whole = try Data(contentsOf: file)
      #expect(try Self.heard(whole).warnings == [])
      #expect(try Self.heard(whole + whole).warnings == [.followed])
    }
  }

  @Test func anOggFileWithoutItsEndIsSaid() throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: recording("digits_03_48k.opus")))
    #expect(try Self.heard(whole).warnings == [])
    let last = try #require(whole.range(of: Data("OggS".utf8), options: .backwards)).lowerBound
    // Cut in its last page, and before it.
    for end in [last, last + 40] {
      let (read, warnings) = try Self.heard(whole.prefix(end))
      guard case .unfinished(let heard) = warnings.last else {
        Issue.record("\(warnings)")
        continue
      }
      #expect(abs(heard - Double(read.count) / 16_000) < 0.01)
    }
  }

  @Test func anMP3FileTellsHowManyFramesItHas() throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: recording("digits_03_stereo_44k.mp3")))
    #expect(try Self.heard(whole).warnings == [])
    let (read, warnings) = try Self.heard(whole.prefix(whole.count / 2))
    guard case .ends(let heard, let promised) = warnings.last else {
      Issue.record("\(warnings)")
      return
    }
    #expect(abs(heard - Double(read.count) / 16_000) < 0.01)
    #expect(abs(promised - 2.86) < 0.1)
  }

  /// With the index first, so that half of an MP4 file can be read at all.
  @Test(.enabled(if: hasFFmpeg), arguments: ["a.mp4", "a.mka", "a.avi"])
  func whatFFmpegReadsIsComparedToo(_ name: String) throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: name).path
      try ffmpeg("-i", recording("digits_12.flac"), "-movflags", "+faststart", file)
      let whole = try Data(contentsOf: URL(fileURLWithPath: file))
      #expect(try Self.heard(whole).warnings == [])
      let (_, warnings) = try Self.heard(whole.prefix(whole.count / 2))
      guard case .ends(let heard, let promised) = warnings.last else {
        Issue.record("\(warnings)")
        return
      }
      #expect(promised - heard > 1)
    }
  }

  @Test(.enabled(if: hasFFmpeg)) func anIndexThatIsMissingIsNamed() throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: recording("tone.m4a")))
    let reason = try error(whole.prefix(whole.count / 2))?.reason
    #expect(reason?.contains("its index is missing, so that it was cut") == true)
  }

  /// A program that fails after hours of good samples.
  @Test(.enabled(if: hasFFmpeg)) func whatWasHeardIsKeptWhenTheConverterFails() throws {
    try withTemporaryFolder { folder in
      let program = folder.appending(path: "converter").path
      let script = """
        #!/bin/sh
        ffmpeg -v quiet -i '\(recording("tone.m4a"))' -c:a pcm_f32le -ar 16000 -f matroska pipe:1
        printf '[x @ 0x1] [error] it \\033[31mbroke\\n[error] at last\\n' >&2
        exit 1
        """
      try Data(script.utf8).write(to: URL(fileURLWithPath: program))
      #expect(chmod(program, 0o700) == 0)
      let (read, warnings) = try Self.heard(Data("unknown".utf8), converter: program)
      #expect(abs(read.count - 8_000) < 1_200)
      #expect(
        warnings == [
          .complaints(program: program, count: 2, first: #"it \u{1b}[31mbroke"#)
        ])
    }
  }

  private static func heard(
    _ bytes: Data, converter: String = "ffmpeg"
  ) throws -> (samples: [Float], warnings: [RecordingWarning]) {
    try withFile(bytes) { path in
      let file = try AudioFile(path: path, converter: converter)
      return (try file.readAll(), file.warnings)
    }
  }
}

/// Runs ffmpeg, which makes a recording.
func ffmpeg(_ arguments: String...) throws {
  let outcome = try CommandRunner.run(
    ["ffmpeg", "-nostdin", "-v", "error", "-y"] + arguments,
    of: URL(fileURLWithPath: "/usr/bin/env"))
  try #require(outcome.code == 0, "\(outcome.errors)")
}
