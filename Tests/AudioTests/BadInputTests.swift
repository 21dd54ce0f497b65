import Audio
import Foundation
import System
import TestSupport
import Testing

@Suite struct BadInputTests {
  @Test func missingFile() {
    let missing = error(path: "/no/such.wav")
    #expect(missing == .noInput(path: "/no/such.wav", .closed(Errno(ENOENT))))
    #expect(missing?.reason == "cannot be opened: No such file or directory")
  }

  @Test(.enabled(if: getuid() != 0)) func unreadableFile() throws {
    try withFile(Wave([1, 2]).bytes()) { path in
      chmod(path, 0)
      #expect(error(path: path)?.reason == "cannot be opened: Permission denied")
    }
  }

  @Test func directoryAndDevice() {
    #expect(error(path: "/tmp")?.reason == "is a directory")
    #expect(error(path: "/dev/zero")?.reason == "is a device, not a recording")
  }

  @Test func emptyFile() throws {
    guard case .noInput(_, .empty) = try error(Data()) else {
      Issue.record("expected noInput")
      return
    }
  }

  @Test func headerWithoutSamples() throws {
    guard case .badData(_, .empty) = try error(Wave([]).bytes()) else {
      Issue.record("expected badData")
      return
    }
  }

  @Test func oneSampleIsARecording() throws {
    #expect(try withFile(Wave([5]).bytes()) { try samples($0) }.count == 1)
    // A third of a sample at 16 kHz: nothing to hear, yet no error.
    #expect(try error(Wave([5], rate: 48_000).bytes()) == nil)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity, .greatestFiniteMagnitude])
  func impossibleValueNamesItsPlace(value: Float) throws {
    var values = [Float](repeating: 0.1, count: 20_000)
    values[18_000] = value
    for rate in [16_000, 44_100] {
      let reason = try error(Wave(floats: values, rate: rate).bytes())?.reason
      #expect(reason == "holds the value \(value) at sample 18000, which is no sound")
    }
  }

  @Test func textIsNoRecording() throws {
    let text = Data("Meeting notes\n- nothing to hear\n".utf8)
    if hasFFmpeg {
      let reason = try #require(try error(text)?.reason)
      #expect(reason.hasPrefix("is no recording that libsndfile or ffmpeg can read: "))
      #expect(!reason.contains("/"), "the path is repeated")
    }
    let missing = try #require(try error(text, converter: "no-such-program"))
    #expect(missing.reason.hasSuffix("no-such-program is not installed"))
  }

  @Test func namesThatLookLikeOptionsOrAddresses() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["-y.m4a", "concat:a|b.m4a", "%d 'quoted' \"$(id)\".m4a"] {
      let path = folder.appending(path: name).path
      try FileManager.default.copyItem(atPath: recording("tone.m4a"), toPath: path)
      if hasFFmpeg { #expect(error(path: path) == nil, "\(name)") }
    }
  }

  @Test func truncatedWaveGivesWhatIsThere() throws {
    let wave = Wave([Int16](repeating: 7, count: 1_000)).bytes().dropLast(1_000)
    #expect(try withFile(Data(wave)) { try samples($0) }.count == 500)
  }

  @Test func unfinishedWaveIsReadToItsEnd() throws {
    let wave = Wave([Int16](repeating: 7, count: 4_000))
    for claimed in [UInt32.max] + (hasFFmpeg ? [0] : []) {
      let count = try withFile(wave.bytes(claimed: claimed)) { try samples($0) }.count
      #expect(count == 4_000, "header claims \(claimed) bytes")
    }
  }

  @Test func truncatedFlacTellsHowMuchIsMissing() throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: recording("digits_12.flac")))
    try withFile(whole.prefix(whole.count / 2)) { path in
      let file = try AudioFile(path: path)
      let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 16_000)
      defer { block.deallocate() }
      var count = 0
      while case let step = try file.read(into: block), step > 0 { count += step }
      let duration = try #require(file.duration)
      #expect(count > 16_000)
      guard case .ends(let heard, let promised) = file.warnings.last else {
        Issue.record("\(file.warnings)")
        return
      }
      #expect(abs(Double(count) / 16_000 - heard) < 0.001)
      #expect(abs(promised - duration) < 0.001 && promised - heard > 1)
    }
  }

  @Test func hostileHeaders() throws {
    for rate in [0, 1, 999, 768_001, -1] {
      #expect(try error(Wave([1, 2, 3], rate: rate).bytes()) != nil, "\(rate) Hz")
    }
    for channels in [0, 1_025, 65_535] {
      #expect(try error(Wave([1, 2, 3], channels: channels).bytes()) != nil, "\(channels)")
    }
  }
}
