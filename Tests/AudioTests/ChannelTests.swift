import Audio
import Foundation
import TestSupport
import Testing

/// One channel of many.
@Suite struct ChannelTests {
  /// A second of a tone, and the same with another sign or strength in other channels.
  private static func file(_ gains: [Float], seconds: Double = 1, rate: Int = 16_000) -> Data {
    let samples = (0..<Int(seconds * Double(rate))).flatMap { index in
      gains.map { Int16(($0 * 8_000 * sin(Float(index) * 0.3)).rounded()) }
    }
    return Wave(samples, rate: rate, channels: gains.count).bytes()
  }

  private static func heard(
    _ bytes: Data, _ channels: RecordingChoice.Channels = .mix
  ) throws -> (samples: [Float], warnings: [RecordingWarning]) {
    var choice = RecordingChoice()
    choice.channels = channels
    return try withFile(bytes) { path in
      let file = try AudioFile(path: path, choosing: choice)
      return (try file.readAll(), file.warnings)
    }
  }

  private static let tone = (0..<16_000).map {
    (8_000 * sin(Float($0) * 0.3)).rounded() / 32_768
  }

  @Test(arguments: [[1, -1], [-1, 1, 0], [1, -0.9]] as [[Float]])
  func channelsThatCancelLeaveTheStrongest(_ gains: [Float]) throws {
    let (samples, warnings) = try Self.heard(Self.file(gains))
    #expect(samples.map(abs) == Self.tone.map(abs))
    #expect(warnings == [.cancelling([0..<1])])
  }

  @Test(arguments: [[1, 1], [1, 0], [1, 0, 0, 0, 0, 0], [1, -0.4]] as [[Float]])
  func channelsThatDoNotAreAveraged(_ gains: [Float]) throws {
    let (samples, warnings) = try Self.heard(Self.file(gains))
    let share = gains.reduce(0, +) / Float(gains.count)
    #expect(zip(samples, Self.tone).allSatisfy { abs($0 - share * $1) < 1e-4 })
    #expect(warnings == [])
  }

  @Test func onlyWhereTheyCancelIsOneHeardAlone() throws {
    let header = Wave([], channels: 2).bytes().count
    let parts = [[1, 1], [1, -1], [1, 1]].map { Self.file($0, seconds: 2).dropFirst(header) }
    let body = parts.reduce(Data(), +)
    var file = Self.file([1, 1], seconds: 6)
    file.replaceSubrange(header..., with: body)
    let (samples, warnings) = try Self.heard(file)
    #expect(warnings == [.cancelling([2..<4])])
    #expect(samples.count == 96_000)
    #expect(samples[32_000..<64_000].contains { abs($0) > 0.2 })
  }

  @Test func silenceCancelsNothing() throws {
    let quiet = Wave([0, 0, 1, -1, 0, 0, 0, 0], channels: 2).bytes()
    #expect(try Self.heard(quiet).warnings == [])
  }

  @Test(arguments: [16_000, 44_100]) func oneChannelIsHeardAlone(rate: Int) throws {
    let file = Self.file([1, 0.5], rate: rate)
    let (first, second) = (try Self.heard(file, .one(1)), try Self.heard(file, .one(2)))
    #expect(first.samples.count == 16_000 && second.samples.count == 16_000)
    let power = { (samples: [Float]) in samples.reduce(0) { $0 + $1 * $1 } }
    #expect(abs(power(first.samples) / power(second.samples) - 4) < 0.01)
    #expect(second.warnings == [])
  }

  @Test func aChannelThatIsNotThereIsAnError() throws {
    #expect(throws: AudioError.self) { try Self.heard(Self.file([1, 1]), .one(3)) }
    let reason = RecordingFault.noChannel(3, count: 2)
    try withFile(Self.file([1, 1])) { path in
      var choice = RecordingChoice()
      choice.channels = .one(3)
      #expect(throws: AudioError.badData(path: path, reason)) {
        try AudioFile(path: path, choosing: choice)
      }
    }
  }

  @Test func aPipeIsReadAgainForItsOtherChannels() throws {
    let pipe = Pipe()
    let bytes = Self.file([1, 0.5], seconds: 0.5)
    try pipe.fileHandleForWriting.write(contentsOf: bytes)
    try pipe.fileHandleForWriting.close()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    let file = try AudioFile(path: path)
    #expect(file.channelCount == 2)
    let both = try [1, 2].map { try file.reopened(.one($0)).readAll() }
    #expect(zip(both[0], both[1]).allSatisfy { abs($0 - 2 * $1) < 1e-4 })
  }

  @Test(.enabled(if: hasFFmpeg)) func whatFFmpegDecodesKeepsItsChannels() throws {
    try withTemporaryFolder { folder in
      let (wave, file) = (folder.appending(path: "a.wav"), folder.appending(path: "a.mka").path)
      try Self.file([1, -1]).write(to: wave)
      try ffmpeg("-i", wave.path, "-c:a", "pcm_s16le", file)
      let mixed = try AudioFile(path: file)
      #expect(try mixed.readAll().contains { abs($0) > 0.2 })
      #expect(mixed.warnings == [.cancelling([0..<1])])
      #expect(mixed.channelCount == 2)
      #expect(try mixed.reopened(.one(2)).readAll().map { -$0 } == Self.tone)
    }
  }
}
