internal import CLinux
internal import Glibc

/// The thread that carries samples from a device to a ring, and opens the device again when it is
/// lost.
///
/// Between opening and loss it neither allocates nor locks nor logs.
final class CaptureThread: @unchecked Sendable {
  let ring: SampleRing
  let status = CaptureStatus()
  private let open: @Sendable () throws(AudioError) -> any PeriodSource
  /// Written once, by the thread that stops this one.
  private let waker: Int32
  /// Touched by this thread alone once it runs.
  private var session: CaptureSession?
  private var thread = pthread_t()

  /// Opens the device and starts.
  ///
  /// - Throws: What `open` throws; `.unusableDevice` where the system has no more threads.
  init(
    _ name: String, ring: SampleRing,
    open: @escaping @Sendable () throws(AudioError) -> any PeriodSource
  ) throws(AudioError) {
    self.ring = ring
    self.open = open
    let source = try open()
    session = CaptureSession(source, ring: ring, status: status)
    waker = clinux_event()
    guard waker >= 0 else {
      throw .unusableDevice(
        name: name, reason: "cannot be waited for: \(String(cString: strerror(errno)))",
        hint: "close some programs")
    }
    guard session != nil else {
      throw .unusableDevice(
        name: name, reason: "cannot be converted from \(source.format.rate) samples per second",
        hint: "\"plug:\(name)\" lets ALSA convert")
    }
    let body = Unmanaged.passRetained(self)
    let failure = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<CaptureThread>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    if failure != 0 {
      body.release()
      throw .unusableDevice(
        name: name, reason: "has no thread to run on: \(String(cString: strerror(failure)))",
        hint: "close some programs")
    }
  }

  deinit { if waker >= 0 { close(waker) } }

  /// Ends the capture and waits for its end; to be called once.
  func stop() {
    status.requestStop()
    var one: UInt64 = 1
    _ = write(waker, &one, 8)
    pthread_join(thread, nil)
  }

  private func run() {
    clinux_name_thread("utter-capture")
    clinux_flush_to_zero()
    status.setRealTime(clinux_be_real_time(realTimePriority))
    while let current = session {
      current.run(waker: waker)
      if status.mustStop { break }
      status.enter(.lost)
      // Closed first: some devices can be open only once.
      session = nil
      session = reopen()
    }
    session = nil
    status.enter(.stopped)
    ring.close()
  }

  /// Tries until the device is back; nil when told to stop.
  private func reopen() -> CaptureSession? {
    var milliseconds = shortestPause
    while true {
      pause(milliseconds: milliseconds, orFor: waker)
      if status.mustStop { return nil }
      if let source = try? open(),
        let session = CaptureSession(source, isReturning: true, ring: ring, status: status)
      {
        return session
      }
      milliseconds = min(2 * milliseconds, longestPause)
    }
  }
}

/// Above all that is not real-time, below what the system itself runs there; systemd units permit
/// it with LimitRTPRIO.
private let realTimePriority: Int32 = 20

/// Milliseconds before the first attempt to open a lost device; each attempt doubles them.
private let shortestPause: Int32 = 100
private let longestPause: Int32 = 2_000
