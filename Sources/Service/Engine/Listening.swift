internal import Audio

/// An open device, and what it makes known while it is.
struct Listening {
  private let capture: Capture
  private let device: String
  private let board: Board
  private let hub: any Hub
  private let before: Board.Counts
  private var last: CaptureStatistics
  private var told = Told()
  private var heard = Heard()
  private var block = [Float](repeating: 0, count: 3200)

  /// What was said about the present recording.
  private struct Told {
    var silence = false
    var loss = false
    var level = ContinuousClock.now
  }

  /// What came so far of the present recording, to see what is missing.
  private struct Heard {
    let start = ContinuousClock.now
    var samples = 0
    var missing = 0
  }

  /// Seconds of zeros that no microphone delivers unless it is switched off.
  private static let longestSilence = 2.0
  private static let levelInterval = Duration.milliseconds(50)

  /// Goes on from a device that was just opened.
  init(_ capture: Capture, device: String, board: Board, hub: any Hub) {
    self.capture = capture
    self.device = device
    self.board = board
    self.hub = hub
    last = capture.statistics
    before = board.now.microphone
    count(last, isOpen: true)
  }

  /// Closes the device.
  func close() {
    capture.stop()
    count(capture.statistics, isOpen: false)
  }

  /// Forgets what is too old to belong to the next recording.
  func forget(butLast duration: Duration) {
    capture.ring.discard(keepingLast: duration.samples)
  }

  /// A recording begins, with all that the ring holds.
  mutating func begin(_ recording: Recording) {
    (told, heard) = (Told(), Heard())
    last = capture.statistics
    recording.open(capture.ring)
  }

  /// Passes on what came, or waits for it a moment.
  ///
  /// - Throws: A complaint when there is no room for the samples.
  mutating func pass(to recording: Recording) throws(Complaint) {
    let ring = capture.ring
    _ = ring.wait(for: 160, timeout: .milliseconds(20))
    let count = block.withUnsafeMutableBufferPointer { ring.read(into: $0) }
    if count > 0 {
      try block.withUnsafeBufferPointer { block throws(Complaint) in
        try recording.append(UnsafeBufferPointer(rebasing: block[..<count]))
      }
    }
    heard.samples += count
    tell(capture.statistics)
  }

  /// Tells clients what changed at the device.
  private mutating func tell(_ now: CaptureStatistics) {
    // First, for a client that is told something may ask at once.
    if now.overruns != last.overruns || now.reopens != last.reopens
      || now.droppedSamples != last.droppedSamples
    {
      count(now, isOpen: true)
    }
    if now.state == .lost, !told.loss {
      told.loss = true
      complain(
        Complaint.Code.microphone, "is gone", hint: "plug it in again; the dictation goes on then")
    }
    if now.overruns > last.overruns || now.reopens > last.reopens {
      told.loss = false
      let elapsed = heard.start.duration(to: .now).samples
      let missing = elapsed - heard.samples - heard.missing
      heard.missing += max(0, missing)
      if missing > 0 { hub.publish(.dropped(samples: missing)) }
    }
    if now.droppedSamples > last.droppedSamples {
      hub.publish(.dropped(samples: now.droppedSamples - last.droppedSamples))
    }
    if now.silentSeconds > Self.longestSilence, !told.silence {
      told.silence = true
      complain(
        Complaint.Code.silence, "delivers nothing but zeros",
        hint: "switch the microphone on, or choose another")
    }
    if told.level.duration(to: .now) >= Self.levelInterval, hub.isWanted(.level) {
      told.level = .now
      hub.publish(.level(rms: now.rms, peak: now.peak))
    }
    last = now
  }

  private func complain(_ code: Int, _ reason: String, hint: String) {
    hub.publish(.error(Complaint(code: code, message: "\(device): \(reason)", hint: hint)))
  }

  private func count(_ now: CaptureStatistics, isOpen: Bool) {
    board.update {
      $0.microphone = Board.Counts(
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
