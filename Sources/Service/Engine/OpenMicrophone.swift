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
  /// Samples of all recordings that never came.
  private var missing = 0
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
    /// Whether there was anything but zeros.
    var isSound = false
  }

  /// Seconds of zeros that no microphone delivers unless it is switched off.
  private static let longestSilence = 2.0
  /// Samples of a recording that may all be zeros, because it takes a microphone a moment to begin.
  private static let longestZeros = 8_000
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
    if last.state == .running { status.settle(.microphone) }
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
      if !progress.isSound, block[..<count].contains(where: { $0 != 0 }) {
        progress.isSound = true
        status.settle(.silence)
      }
      try block.withUnsafeBufferPointer { block throws(ServiceError) in
        try recording.append(UnsafeBufferPointer(rebasing: block[..<count]))
      }
    }
    progress.samples += count
    report(capture.statistics)
  }

  /// The recording is over.
  mutating func finish() {
    if progress.samples > Self.longestZeros, !progress.isSound { reportSilence() }
  }

  /// Tells clients what changed at the device.
  private mutating func report(_ now: CaptureStatistics) {
    let gap = now.overruns > last.overruns || now.reopens > last.reopens ? takeGap() : 0
    // First, for a client that is told something may ask at once.
    if gap > 0 || now.overruns != last.overruns || now.reopens != last.reopens
      || now.droppedSamples != last.droppedSamples
    {
      count(now, isOpen: true)
      arrivals.restart()
    }
    if now.state == .lost, !reported.loss {
      reported.loss = true
      report(
        .microphone, "is gone", about: .microphone,
        hint: "plug it in again; the dictation goes on then")
    } else if now.state == .running, reported.loss {
      reported.loss = false
      status.settle(.microphone)
    }
    if gap > 0 { messenger.publish(.dropped(samples: gap)) }
    if now.droppedSamples > last.droppedSamples {
      messenger.publish(.dropped(samples: now.droppedSamples - last.droppedSamples))
    }
    if now.silentSeconds > Self.longestSilence { reportSilence() }
    if reported.level.duration(to: .now) >= Self.levelInterval, messenger.isWanted(.level) {
      reported.level = .now
      messenger.publish(.level(rms: now.rms, peak: now.peak))
    }
    last = now
  }

  /// Samples that should have come by now and did not.
  private mutating func takeGap() -> Int {
    let elapsed = progress.start.duration(to: .now).samples
    let gap = max(0, elapsed - progress.samples - progress.missing)
    progress.missing += gap
    missing += gap
    return gap
  }

  private mutating func reportSilence() {
    guard !reported.silence else { return }
    reported.silence = true
    report(
      .silence, "is muted or silent: it delivers nothing but zeros", about: .silence,
      hint: "switch the microphone on, or choose another")
  }

  private func report(
    _ code: ServiceError.Code, _ reason: String, about subject: Problems.Subject, hint: String
  ) {
    status.report(
      ServiceError(code: code, message: "\(device): \(reason)", hint: hint), about: subject)
  }

  private func count(_ now: CaptureStatistics, isOpen: Bool) {
    status.update {
      $0.microphone = MicrophoneCounts(
        isOpen: isOpen, isRealTime: isOpen && now.isRealTime,
        overruns: before.overruns + now.overruns,
        dropped: before.dropped + now.droppedSamples + missing,
        reopens: before.reopens + now.reopens)
    }
  }
}

extension Duration {
  /// Samples at 16 kHz.
  var samples: Int { Int(min(self / .seconds(1), 1e9) * 16_000) }
}
