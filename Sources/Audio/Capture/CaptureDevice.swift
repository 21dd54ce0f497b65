internal import CALSA
internal import Glibc

/// A capture device of ALSA, open and set up.
package final class CaptureDevice: PeriodSource {
  package let format: CaptureFormat
  package let periodSize: Int
  private let pcm: OpaquePointer
  /// The device's own descriptors and one more.
  private let watched: UnsafeMutableBufferPointer<pollfd>

  /// Opens a device without waiting for another program to close it.
  ///
  /// - Parameters:
  ///   - name: ALSA's name: "default", "hw:1,0", "plughw:CARD=Mic".
  ///   - preferences: What to ask for.
  /// - Throws: `AudioError.device`.
  package init(
    name: String, preferences: CapturePreferences = CapturePreferences()
  ) throws(AudioError) {
    let pcm: OpaquePointer
    do throws(ALSAError) {
      pcm = try CaptureDevice.open(name)
    } catch {
      throw AudioError(device: name, error)
    }
    let settled: (format: CaptureFormat, periodSize: Int)?
    do throws(ALSAError) {
      settled = try HardwareParameters(pcm).settle(preferences)
    } catch {
      snd_pcm_close(pcm)
      throw AudioError(device: name, error)
    }
    guard let settled else {
      snd_pcm_close(pcm)
      throw .device(name: name, .format)
    }
    (format, periodSize) = settled
    self.pcm = pcm
    let count = max(0, Int(snd_pcm_poll_descriptors_count(pcm)))
    watched = .allocate(capacity: count + 1)
    watched.initialize(repeating: pollfd())
    _ = snd_pcm_poll_descriptors(pcm, watched.baseAddress, UInt32(count))
  }

  deinit {
    snd_pcm_close(pcm)
    watched.deallocate()
  }

  /// Opens a device, or throws ALSA's error.
  static func open(_ name: String) throws(ALSAError) -> OpaquePointer {
    // Its messages would go to stderr; the error codes say the same.
    calsa_silence()
    var opened: OpaquePointer?
    try ALSAError.check(snd_pcm_open(&opened, name, SND_PCM_STREAM_CAPTURE, SND_PCM_NONBLOCK))
    guard let opened else { throw ALSAError(code: -ENODEV) }
    return opened
  }

  package func start() -> Int32 {
    let code = snd_pcm_prepare(pcm)
    return code < 0 ? code : snd_pcm_start(pcm)
  }

  package func resume() -> Int32 { snd_pcm_resume(pcm) }

  package func read(into bytes: UnsafeMutableRawPointer, count: Int) -> Int {
    snd_pcm_readi(pcm, bytes, snd_pcm_uframes_t(count))
  }

  package func wait(orFor descriptor: Int32) -> WaitResult {
    let own = watched.count - 1
    watched[own] = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let count = poll(watched.baseAddress, nfds_t(watched.count), longestPause)
    if count < 0 { return errno == EINTR ? .ready : .dead }
    if count == 0 { return .dead }
    var events: UInt16 = 0
    _ = snd_pcm_poll_descriptors_revents(pcm, watched.baseAddress, UInt32(own), &events)
    // An error that the next reading does not tell would be met here again and again.
    let failed = Int32(events) & (POLLERR | POLLNVAL | POLLHUP) != 0
    return failed && snd_pcm_state(pcm) == SND_PCM_STATE_RUNNING ? .dead : .ready
  }
}

extension AudioError {
  /// ALSA's error as the user reads it.
  init(device name: String, _ error: ALSAError) {
    let fault: DeviceFault =
      switch -error.code {
      case ENOENT, ENODEV, ENXIO: .missing
      case EBUSY, EAGAIN: .busy
      case EACCES, EPERM: .forbidden(error.text)
      default: .unusable(error.text)
      }
    self = .device(name: name, fault)
  }
}

/// Milliseconds without a sample after which a device counts as dead.
private let longestPause: Int32 = 2_000
