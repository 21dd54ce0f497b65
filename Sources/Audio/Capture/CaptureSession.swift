internal import Glibc

/// One open device with the memory that its periods need, from opening to loss or stop.
final class CaptureSession {
  private let source: any PeriodSource
  private let converter: PeriodConverter
  private let bytes: UnsafeMutableRawPointer
  private let ring: SampleRing
  private let status: CaptureStatus
  /// Whether a lost device was opened again, and has delivered nothing yet.
  private var isReturning: Bool

  /// Allocates all memory; nil for a rate beyond libsoxr.
  init?(
    _ source: any PeriodSource, isReturning: Bool = false, ring: SampleRing, status: CaptureStatus
  ) {
    guard let converter = PeriodConverter(source.format, periodSize: source.periodSize) else {
      return nil
    }
    self.source = source
    self.isReturning = isReturning
    self.converter = converter
    self.ring = ring
    self.status = status
    bytes = .allocate(byteCount: source.periodSize * source.format.frameSize, alignment: 16)
  }

  deinit { bytes.deallocate() }

  /// Captures until the device is lost or the status says stop.
  ///
  /// - Parameter waker: A descriptor that becomes readable to end waiting.
  func run(waker: Int32) {
    guard source.start() >= 0 else { return }
    let size = source.periodSize
    let rate = Double(source.format.rate)
    var emptyReadings = 0
    while !status.mustStop {
      let count = source.read(into: bytes, count: size)
      if count > 0 {
        emptyReadings = 0
        welcomeBack()
        let level = converter.convert(bytes, count: min(count, size), to: ring)
        status.note(level, seconds: Double(count) / rate)
        continue
      }
      switch Int32(truncatingIfNeeded: -count) {
      case 0, EAGAIN:
        // ALSA's plugin for PulseAudio says that there is something to read long before there is.
        if emptyReadings > 0 { pause(milliseconds: briefPause, orFor: waker) }
        emptyReadings += 1
        if emptyReadings > mostEmptyReadings || source.wait(orFor: waker) == .dead { return }
      case EINTR:
        continue
      case EPIPE:
        // A device that was unplugged says the same, but does not start.
        guard source.start() >= 0 else { return }
        status.countOverrun()
      case ESTRPIPE:
        guard resume(waker: waker) else { return }
      default:
        return
      }
    }
  }

  /// Tells with the first samples that a lost device is back: some open, and stay silent.
  private func welcomeBack() {
    guard isReturning else { return }
    isReturning = false
    status.countReopen()
    status.enter(.running)
  }

  /// Waits for a device that slept with the machine; false where it does not wake up.
  private func resume(waker: Int32) -> Bool {
    while !status.mustStop {
      switch source.resume() {
      case -EAGAIN: pause(milliseconds: 50, orFor: waker)
      case 0...: return true
      // It cannot go on where it was.
      default: return source.start() >= 0
      }
    }
    return true
  }
}

/// Sleeps, but no longer than until a descriptor becomes readable.
func pause(milliseconds: Int32, orFor descriptor: Int32) {
  var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  _ = poll(&watched, 1, milliseconds)
}

/// Milliseconds between two looks at a device that only claims to have samples.
private let briefPause: Int32 = 5

/// Such looks in two seconds, after which it counts as dead.
private let mostEmptyReadings = 400
