internal import Glibc

/// One open device with the memory that its periods need, from opening to loss or stop.
final class CaptureSession {
  private let source: any PeriodSource
  private let converter: PeriodConverter
  private let bytes: UnsafeMutableRawPointer
  private let ring: SampleRing
  private let status: CaptureStatus

  /// Allocates all memory; nil for a rate beyond libsoxr.
  init?(_ source: any PeriodSource, ring: SampleRing, status: CaptureStatus) {
    guard let converter = PeriodConverter(source.format, periodSize: source.periodSize) else {
      return nil
    }
    self.source = source
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
    while !status.mustStop {
      let count = source.read(into: bytes, count: size)
      if count > 0 {
        let level = converter.convert(bytes, count: min(count, size), to: ring)
        status.note(level, seconds: Double(count) / rate)
        continue
      }
      switch Int32(truncatingIfNeeded: -count) {
      case 0, EAGAIN:
        if source.wait(orFor: waker) == .dead { return }
      case EINTR:
        continue
      case EPIPE:
        status.countOverrun()
        guard source.start() >= 0 else { return }
      case ESTRPIPE:
        guard resume(waker: waker) else { return }
      default:
        return
      }
    }
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
