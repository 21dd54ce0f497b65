internal import Audio

/// An open device, and what it makes known while it is.
struct OpenMicrophone {
  private let capture: Capture
  private let device: String
  private let status: DaemonStatus
  private let messenger: any ClientMessenger
  private let arrivals = ArrivalClock()
  private let before: MicrophoneCounts
  private var last: CaptureStatistics
  private var reported = Reported()
  private var progress = Progress()
  private var block = [Float](repeating: 0, count: 3200)

  /// What was said about the present recording.
  private struct Reported {
    var silence = false
    var loss = false
    var level = ContinuousClock.now
  }

  /// What came so far of the present recording, to see what is missing.
  private struct Progress {
    let start = ContinuousClock.now
    var samples = 0
    var missing = 0
  }

  /// Seconds of zeros that no microphone delivers unless it is switched off.
  private static let longestSilence = 2.0
  private static let levelInterval = Duration.milliseconds(50)

  /// Goes on from a device that was just opened.
  init(_ capture: Capture, device: String, status: DaemonStatus, messenger: any ClientMessenger) {
    self.capture = capture
    self.device = device
    self.status = status
    self.messenger = messenger
    last = capture.statistics
    before = status.now.microphone
    count(last, isOpen: true)
  }

  /// Closes the device.
  func close() {
    capture.stop()
    count(capture.statistics, isOpen: false)
  }

  /// Forgets what is too old to belong to the next recording.
  func forget(butLast duration: Duration) {
    arrivals.note(arrived: capture.ring.writtenCount)
    capture.ring.discard(keepingLast: duration.samples)
  }

  /// A recording begins, with all that the ring holds.
  mutating func begin(_ recording: Recording) {
    (reported, progress) = (Reported(), Progress())
    last = capture.statistics
    recording.open(capture.ring, arrivals)
  }

  /// Passes on what came, or waits for it a moment.
  ///
  /// - Throws: An error when there is no room for the samples.
  mutating func pass(to recording: Recording) throws(ServiceError) {
    let ring = capture.ring
    _ = ring.wait(for: 160, timeout: .milliseconds(20))
    arrivals.note(arrived: ring.writtenCount)
    let count = block.withUnsafeMutableBufferPointer { ring.read(into: $0) }
    if count > 0 {
      try block.withUnsafeBufferPointer { block throws(ServiceError) in
        try recording.append(UnsafeBufferPointer(rebasing: block[..<count]))
      }
    }
    progress.samples += count
    report(capture.statistics)
  }

  /// Tells clients what changed at the device.
  private mutating func report(_ now: CaptureStatistics) {
    // First, for a client that is told something may ask at once.
    if now.overruns != last.overruns || now.reopens != last.reopens
      || now.droppedSamples != last.droppedSamples
    {
      count(now, isOpen: true)
      arrivals.restart()
    }
    if now.state == .lost, !reported.loss {
      reported.loss = true
      report(
        .microphone, "is gone", hint: "plug it in again; the dictation goes on then")
    }
    if now.overruns > last.overruns || now.reopens > last.reopens {
      reported.loss = false
      let elapsed = progress.start.duration(to: .now).samples
      let missing = elapsed - progress.samples - progress.missing
      progress.missing += max(0, missing)
      if missing > 0 { messenger.publish(.dropped(samples: missing)) }
    }
    if now.droppedSamples > last.droppedSamples {
      messenger.publish(.dropped(samples: now.droppedSamples - last.droppedSamples))
    }
    if now.silentSeconds > Self.longestSilence, !reported.silence {
      reported.silence = true
      report(
        .silence, "delivers nothing but zeros",
        hint: "switch the microphone on, or choose another")
    }
    if reported.level.duration(to: .now) >= Self.levelInterval, messenger.isWanted(.level) {
      reported.level = .now
      messenger.publish(.level(rms: now.rms, peak: now.peak))
    }
    last = now
  }

  private func report(_ code: ServiceError.Code, _ reason: String, hint: String) {
    messenger.publish(.error(ServiceError(code: code, message: "\(device): \(reason)", hint: hint)))
  }

  private func count(_ now: CaptureStatistics, isOpen: Bool) {
    status.update {
      $0.microphone = MicrophoneCounts(
        isOpen: isOpen, isRealTime: isOpen && now.isRealTime,
        overruns: before.overruns + now.overruns, dropped: before.dropped + now.droppedSamples,
        reopens: before.reopens + now.reopens)
    }
  }
}

extension Duration {
  /// Samples at 16 kHz.
  var samples: Int { Int(min(self / .seconds(1), 1e9) * 16_000) }
}
