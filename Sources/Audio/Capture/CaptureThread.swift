internal import System

/// The thread that carries samples from a device to a ring, and opens the device again when it is
/// lost.
///
/// Between opening and loss it neither allocates nor locks nor logs.
final class CaptureThread: @unchecked Sendable {
  let ring: SampleRing
  let status = CaptureStatus()
  private let open: @Sendable () throws(AudioError) -> any PeriodSource
  /// Used once, by the thread that stops this one.
  private let waker: Waker
  /// Touched by this thread alone once it runs.
  private var session: CaptureSession?
  private var thread: NamedThread?

  /// Opens the device and starts.
  ///
  /// - Throws: What `open` throws; `.device` where the system has no more threads.
  init(
    _ name: String, ring: SampleRing,
    open: @escaping @Sendable () throws(AudioError) -> any PeriodSource
  ) throws(AudioError) {
    self.ring = ring
    self.open = open
    let source = try open()
    session = CaptureSession(source, ring: ring, status: status)
    do throws(Errno) { waker = try Waker() } catch { throw .device(name: name, .noWaiting(error)) }
    guard session != nil else { throw .device(name: name, .rate(source.format.rate)) }
    do throws(Errno) {
      thread = try NamedThread("utter-capture") { [self] in run() }
    } catch {
      throw .device(name: name, .noThread(error))
    }
  }

  /// Ends the capture and waits for its end; to be called once.
  func stop() {
    status.requestStop()
    waker.wake()
    thread?.join()
  }

  private func run() {
    CurrentThread.flushSubnormalNumbers()
    status.setRealTime(CurrentThread.becomeRealTime(priority: realTimePriority))
    while let current = session {
      current.run(waker: waker.number)
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
      pause(milliseconds: milliseconds, orFor: waker.number)
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
