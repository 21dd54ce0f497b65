import Audio
import Foundation
import TestSupport
import Testing

extension ALSATests {
  /// A real sound server at real pace: what is played is what is captured.
  @Suite(.enabled(if: VirtualMicrophone.isInstalled)) struct SoundServerTests {
    /// No conversion anywhere: bit for bit what was played, from the first sample to the last.
    @Test func everySampleArrivesAtRealPace() throws {
      var random = Seeded(11)
      // Never 0, so that what comes before and after is known from it.
      let played = (0..<32_000).map { _ in Int16.random(in: 1...12_000, using: &random) }
      let microphone = try VirtualMicrophone(rate: 16_000, channels: 1)
      defer { microphone.stop() }
      let capture = try Listening(to: microphone)
      let began = SuspendingClock.now
      try microphone.play(played, rate: 16_000).waitUntilExit()
      let heard = try capture.samples(after: 0.5)
      #expect(SuspendingClock.now - began > .seconds(2))

      let sound = heard.drop { $0 == 0 }.prefix(played.count)
      #expect(Array(sound) == played.map { Float($0) / 32_768 })
      #expect(heard.dropFirst(sound.endIndex).allSatisfy { $0 == 0 })
      #expect(capture.statistics.state == .running)
      #expect(capture.statistics.overruns == 0)
      #expect(capture.statistics.droppedSamples == 0)
    }

    /// The server converts: each tenth of a second lies where it belongs.
    @Test(arguments: [(48_000, 2), (44_100, 2), (44_100, 1)])
    func convertedSoundKeepsItsTime(rate: Int, channels: Int) throws {
      var random = Seeded(12)
      let noise = (0..<2 * rate).map { _ in Int16.random(in: -9_000...9_000, using: &random) }
      let file = Wave(
        noise.flatMap { [Int16](repeating: $0, count: channels) }, rate: rate, channels: channels)
      let microphone = try VirtualMicrophone(rate: rate, channels: channels)
      defer { microphone.stop() }
      let (played, heard) = try withFile(file.bytes()) { path in
        let capture = try Listening(to: microphone)
        try microphone.play(URL(fileURLWithPath: path)).waitUntilExit()
        return (try samples(path), try capture.samples(after: 0.5))
      }
      let block = 1_600
      let start = try #require(heard.firstIndex { abs($0) > 0.01 })
      let shifts = try stride(from: block, to: played.count - block, by: block).map { begin in
        let match = try #require(
          bestShift(of: played[begin..<begin + block], in: heard, near: start + begin, within: 16))
        #expect(match.correlation > 0.7, "at sample \(begin)")
        return match.shift
      }
      // A sample is a sixteenth of a millisecond.
      #expect(try #require(shifts.max()) - #require(shifts.min()) <= 2, "\(shifts)")
    }

    /// What a key-up waits for: the last sample spoken must not lie in somebody's buffer.
    @Test func samplesArriveInSmallPeriods() throws {
      let microphone = try VirtualMicrophone()
      defer { microphone.stop() }
      try Microphone.define(microphone.definition)
      let device = try CaptureDevice(name: microphone.device)
      #expect(device.periodSize * 50 <= device.format.rate)
      let opening = SuspendingClock.now
      let capture = try Capture(device: microphone.device)
      #expect(capture.ring.wait(for: 32_000, timeout: .seconds(60)))
      // However busy the machine is, two seconds of sound are not there earlier.
      #expect(opening.duration(to: .now) > .seconds(1.8))
    }

    /// The server keeps what comes while the thread cannot run; a device would lose it.
    @Test func stoppedThreadLosesNothing() throws {
      var random = Seeded(14)
      let played = (0..<64_000).map { _ in Int16.random(in: 1...12_000, using: &random) }
      let microphone = try VirtualMicrophone(rate: 16_000, channels: 1)
      defer { microphone.stop() }
      try Microphone.define(microphone.definition)
      let device = DelayedDevice(try CaptureDevice(name: microphone.device))
      let listening = try Listening(
        to: Capture("", ring: SampleRing(capacity: 960_000)) { () throws(AudioError) in device })
      let player = try microphone.play(played)
      #expect(listening.capture.waits { $0.peak > 0.1 })
      device.delay(seconds: 2)
      player.waitUntilExit()
      // The thread may have the last two seconds still before it.
      let heard = try listening.samples(after: 2.5)
      let sound = heard.drop { $0 == 0 }.prefix(played.count)
      #expect(Array(sound) == played.map { Float($0) / 32_768 })
    }

    @Test func unpluggedDeviceIsHeardAgainWhenItIsBack() throws {
      let microphone = try VirtualMicrophone()
      defer { microphone.stop() }
      let listening = try Listening(to: microphone)
      let capture = listening.capture
      for round in 1...2 {
        try microphone.unload()
        #expect(capture.waits { $0.state == .lost })
        let before = capture.ring.writtenCount
        try microphone.load()
        #expect(capture.waits { $0.state == .running })
        #expect(capture.waits { _ in capture.ring.writtenCount > before })
        #expect(capture.statistics.reopens == round)
      }
      #expect(capture.statistics.overruns == 0)
      try microphone.play([Int16](repeating: 5_000, count: 8_000)).waitUntilExit()
      #expect(try listening.samples(after: 0.5).contains { $0 > 0.1 })
    }

    @Test func mutedMicrophoneIsSilent() throws {
      let microphone = try VirtualMicrophone()
      defer { microphone.stop() }
      let capture = try Listening(to: microphone).capture
      let player = try microphone.play([Int16](repeating: 5_000, count: 960_000))
      defer { player.terminate() }
      #expect(capture.waits { $0.peak > 0.1 })
      #expect(capture.statistics.silentSeconds == 0)
      try microphone.mute(true)
      #expect(capture.waits { $0.silentSeconds > 0.5 })
      #expect(capture.statistics.state == .running)
      try microphone.mute(false)
      #expect(capture.waits { $0.silentSeconds == 0 })
    }

    /// The device is there and gives nothing: lost, until it does.
    @Test func suspendedMicrophoneIsLostAndComesBack() throws {
      let microphone = try VirtualMicrophone()
      defer { microphone.stop() }
      let capture = try Listening(to: microphone).capture
      try microphone.suspend(true)
      #expect(capture.waits { $0.state == .lost })
      try microphone.suspend(false)
      #expect(capture.waits { $0.state == .running })
      #expect(capture.statistics.reopens == 1)
      #expect(capture.statistics.overruns == 0)
    }
  }
}

/// A capture of a virtual microphone.
private struct Listening {
  let capture: Capture

  /// Opens the microphone and waits until it delivers.
  init(to microphone: VirtualMicrophone) throws {
    try Microphone.define(microphone.definition)
    try self.init(to: Capture(device: microphone.device, holding: 60))
  }

  /// Waits until a capture delivers.
  init(to capture: Capture) throws {
    self.capture = capture
    #expect(capture.ring.wait(for: 1, timeout: .seconds(60)))
  }

  var statistics: CaptureStatistics { capture.statistics }

  /// All samples so far and those of so many seconds more.
  func samples(after seconds: Double) throws -> [Float] {
    let ring = capture.ring
    let count = ring.availableCount + Int(seconds * 16_000)
    #expect(ring.wait(for: count, timeout: .seconds(60)))
    return read(ring, atMost: count)
  }
}

/// Where a piece of sound is found best, as the distance from a first guess in samples.
private func bestShift(
  of piece: ArraySlice<Float>, in sound: [Float], near guess: Int, within reach: Int
) -> (shift: Int, correlation: Float)? {
  let own = energy(piece)
  let places = (-reach...reach).filter {
    guess + $0 >= 0 && guess + $0 + piece.count <= sound.count
  }
  return places.map { shift in
    let part = sound[(guess + shift)..<(guess + shift + piece.count)]
    let product = zip(piece, part).reduce(Float(0)) { $0 + $1.0 * $1.1 }
    return (shift, product / max((own * energy(part)).squareRoot(), .leastNormalMagnitude))
  }.max { $0.correlation < $1.correlation }
}

private func energy(_ sound: ArraySlice<Float>) -> Float { sound.reduce(0) { $0 + $1 * $1 } }
