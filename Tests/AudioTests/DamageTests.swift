import Audio
import Foundation
import TestSupport
import Testing

/// Recordings with garbage in their middle.
@Suite struct DamageTests {
  /// Bare AAC has frames that nothing counts, and no times.
  @Test(.enabled(if: hasFFmpeg)) func damageOfBareAACIsSaid() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "a.aac")
      try ffmpeg("-i", recording("digits_12.flac"), file.path)
      var data = try Data(contentsOf: file)
      let whole = try AudioFile(path: file.path)
      _ = try whole.readAll()
      #expect(whole.warnings == [])
      for index in 0..<500 { data[data.count / 2 + index] = UInt8(index * 7_919 % 251) }
      try data.write(to: file)
      let damaged = try AudioFile(path: file.path)
      _ = try damaged.readAll()
      guard case .gaps(let gaps) = damaged.warnings.first else {
        Issue.record("\(damaged.warnings)")
        return
      }
      #expect(gaps.count == 1)
    }
  }

  private static let names = ["digits_12.flac", "digits_03_48k.opus", "digits_03_stereo_44k.mp3"]

  /// Bytes in the middle become others.
  private static func damaged(_ name: String, bytes count: Int = 700) throws -> Data {
    var data = try Data(contentsOf: URL(fileURLWithPath: recording(name)))
    for index in 0..<count { data[data.count / 2 + index] = UInt8(index * 7_919 % 251) }
    return data
  }

  @Test(.enabled(if: hasFFmpeg), arguments: names, [true, false])
  func whatFollowsDamageIsHeard(_ name: String, decodesFirst: Bool) throws {
    let whole = try samples(recording(name))
    try withFile(Self.damaged(name)) { path in
      var limits = ReadingLimits()
      limits.decodesFirst = decodesFirst
      let file = try AudioFile(path: path, within: limits)
      let read = try file.readAll()
      let gaps = try #require(
        file.warnings.compactMap { if case .gaps(let gaps) = $0 { gaps } else { nil } }.first)
      let first = try #require(gaps.first?.lowerBound)
      let last = try #require(gaps.last?.upperBound)
      let middle = Double(whole.count) / 32_000
      #expect(first < middle + 0.6 && last > middle - 0.6 && last - first < 1.3, "\(gaps)")
      // The end is the same, and where samples are counted it is in its place.
      let ending = Array(whole.suffix(2_000).prefix(400))
      let place = name.hasSuffix("flac") ? whole.count - 2_000 : Self.best(read, ending)
      #expect(Self.likeness(Array(read.dropFirst(place).prefix(400)), ending) > 0.8)
    }
  }

  @Test(arguments: names) func damageIsSaidWithoutFFmpeg(_ name: String) throws {
    try withFile(Self.damaged(name)) { path in
      let file = try AudioFile(path: path, converter: "no-such-program")
      _ = try file.readAll()
      let said = file.warnings.map(\.reason)
      #expect(said.contains { $0.hasPrefix("is damaged") && $0.contains("no-such-program") })
    }
  }

  /// Where nothing is lost nothing is said, and libsndfile reads it to the bit.
  @Test(arguments: names) func soundFilesStayAsTheyWere(_ name: String) throws {
    var limits = ReadingLimits()
    limits.decodesFirst = true
    let file = try AudioFile(path: recording(name), within: limits, converter: "no-such-program")
    #expect(try file.readAll() == samples(recording(name), converter: "no-such-program"))
    #expect(file.warnings == [])
  }

  /// The place at which a stretch is most like what was read.
  private static func best(_ read: [Float], _ stretch: [Float]) -> Int {
    let last = read.count - stretch.count
    var (place, most) = (0, Float(-1))
    for start in stride(from: max(0, last - 2_400), through: last, by: 1) {
      let likeness = likeness(Array(read[start...].prefix(stretch.count)), stretch)
      if likeness > most { (place, most) = (start, likeness) }
    }
    return place
  }

  /// The correlation of two stretches, 1 for the same.
  private static func likeness(_ first: [Float], _ second: [Float]) -> Float {
    guard first.count == second.count else { return 0 }
    let product = { (a: [Float], b: [Float]) in zip(a, b).reduce(Float(0)) { $0 + $1.0 * $1.1 } }
    return product(first, second)
      / (product(first, first) * product(second, second)).squareRoot()
  }
}
