internal import Audio
internal import System

/// The thread that brings samples from the device into takes.
///
/// It stands between the capture thread, which may not wait for a disk, and the engine, which
/// may be busy for seconds. The device is open while there is something to record, or always
/// where the user wants that; then it remembers what was said just before key-down.
final class Recorder: Sendable {
  private struct Orders {
    var configuration: Configuration
    var recordings: [Recording] = []
    var mustEnd = false
    var hasEnded = false
  }

  private let orders: Monitor<Orders>
  private let status: DaemonStatus
  private let messenger: any ClientMessenger
  private let wakeEvent = WakeEvent()
  private let openDevice: Opening
  private let rehearse: Rehearsing
  private let advice: Advice

  /// Opens a device by its name.
  typealias Opening = @Sendable (String) throws(AudioError) -> Capture

  /// Finds out about a device what has to be known before it can be opened.
  typealias Rehearsing = @Sendable (String) -> Void

  /// Starts the thread.
  ///
  /// - Throws: Where the system has no more threads.
  init(
    _ configuration: Configuration, status: DaemonStatus, messenger: any ClientMessenger,
    advice: @escaping Advice, rehearsing: @escaping Rehearsing, opening: @escaping Opening
  ) throws(ServiceError) {
    (openDevice, rehearse) = (opening, rehearsing)
    self.advice = advice
    orders = Monitor(Orders(configuration: configuration))
    self.status = status
    self.messenger = messenger
    try startThread("utter-recorder") { [self] in
      run()
      orders.withLock { $0.hasEnded = true }
    }
  }

  /// Records from now on, until the recording has been heard.
  func record(_ recording: Recording) {
    orders.withLock { $0.recordings.append(recording) }
    wakeEvent.raise()
  }

  /// Uses another configuration from the next recording on.
  func configure(_ configuration: Configuration) {
    orders.withLock { $0.configuration = configuration }
    wakeEvent.raise()
  }

  /// Has the thread end once all recordings are heard, and waits for that.
  ///
  /// - Parameter deadline: How long at most.
  /// - Returns: Whether it ended.
  func end(until deadline: ContinuousClock.Instant) -> Bool {
    orders.withLock { $0.mustEnd = true }
    wakeEvent.raise()
    return orders.wait(until: deadline) { $0.hasEnded ? true : nil } ?? false
  }

  private func run() {
    var microphone: OpenMicrophone?
    var configuration = orders.withLock { $0.configuration }
    rehearse(configuration.audio.device)
    while true {
      let (next, wanted, mustEnd) = orders.withLock { orders in
        let next = orders.recordings.isEmpty ? nil : orders.recordings.removeFirst()
        return (next, orders.configuration, orders.mustEnd)
      }
      if wanted.audio != configuration.audio {
        microphone?.close()
        microphone = nil
        // What was wrong was wrong with another one.
        status.settle(.microphone)
        status.settle(.silence)
        rehearse(wanted.audio.device)
      }
      configuration = wanted
      if let next {
        // What an open device heard before belongs to the dictation only in part.
        let preRoll = configuration.dictation.preRoll + next.keyDown.duration(to: .now)
        microphone?.forget(butLast: preRoll)
        microphone = record(
          next, microphone ?? open(configuration.audio.device, for: next), configuration.dictation)
      } else if mustEnd {
        microphone?.close()
        return
      } else if configuration.audio.keepOpen {
        microphone = microphone ?? open(configuration.audio.device)
        microphone?.forget(butLast: configuration.dictation.preRoll)
        // A device that is not there is tried again at key-down.
        wakeEvent.wait(until: microphone == nil ? nil : .now + .milliseconds(100))
      } else {
        microphone?.close()
        microphone = nil
        wakeEvent.wait()
      }
    }
  }

  /// Opens the device.
  ///
  /// - Parameters:
  ///   - device: ALSA's name for it.
  ///   - recording: What is to be recorded, if anything.
  /// - Returns: The open device; nil, after telling clients why, where it cannot be opened.
  private func open(_ device: String, for recording: Recording? = nil) -> OpenMicrophone? {
    do throws(AudioError) {
      let capture = try openDevice(device)
      status.settle(.microphone)
      return OpenMicrophone(capture, device: device, status: status, messenger: messenger)
    } catch {
      let error = ServiceError(error, advice: advice)
      status.report(error, about: .microphone)
      if let recording {
        status.fail(recording, error)
        recording.fail(error)
      }
      return nil
    }
  }

  /// Records until the engine has heard enough; returns the device where it can be used again.
  private func record(
    _ recording: Recording, _ microphone: OpenMicrophone?, _ configuration: Configuration.Dictation
  ) -> OpenMicrophone? {
    defer { recording.end() }
    guard var microphone else { return nil }
    microphone.begin(recording)
    do throws(ServiceError) {
      // Now, for it may take a while; what is said meanwhile waits in the ring.
      try recording.take.create()
      var limit = DictationLimit(recording, configuration.maxLength)
      var isExposed = false
      while !isOver(recording, tail: configuration.tail) {
        try microphone.pass(to: recording)
        limit.check(status, messenger)
        if !isExposed, let exposure = recording.take.exposure {
          isExposed = true
          status.report(exposure, about: .storage)
        }
      }
    } catch {
      status.report(error, about: .storage)
    }
    microphone.finish()
    return microphone
  }

  /// Whether a recording needs no more samples; of its tail the next one, if it waits, needs them
  /// more.
  private func isOver(_ recording: Recording, tail: Duration) -> Bool {
    let phase = recording.phase
    if phase.isOver { return true }
    guard let release = phase.release else { return false }
    if let end = recording.repetitionEnd(in: phase), .now <= end { return false }
    if let deadline = recording.deadline(tail: tail), deadline <= .now { return true }
    let isNextWaiting = orders.withLock { !$0.recordings.isEmpty }
    return recording.take.count >= release.sample + (isNextWaiting ? 0 : tail.samples)
  }
}
