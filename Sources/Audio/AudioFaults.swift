package import System

/// Why there is nothing to read at a path.
package enum InputFault: Equatable, Sendable {
  /// The system does not open it.
  case closed(Errno)
  /// It has no bytes.
  case empty
  /// It is a directory.
  case directory
  /// It is a device, which has no end.
  case device
  /// Its path does not begin at the root, and it is not known where else.
  case relative
  /// A pipe that ends without a byte.
  case silent
  /// The bytes of a pipe cannot be kept in a temporary file.
  case uncopied(CopyFault)

  /// What kept a pipe from being copied.
  package enum CopyFault: Error, Equatable, Sendable {
    /// There can be no temporary file in a folder.
    case noFile(folder: String, Errno)
    /// What is to be kept cannot be read.
    case reading(Errno)
    /// The file cannot be written.
    case writing(Errno)
    /// There was nothing to read for so long.
    case silent(Duration)
    /// There is more to read than so many bytes.
    case large(Int)
    /// Nobody wants the recording any more.
    case unwanted

    var reason: String {
      switch self {
      case .noFile(let folder, let error): "cannot make a temporary file in \(folder): \(error)"
      case .reading(let error): "cannot be read: \(error)"
      case .writing(let error): "cannot be copied to a temporary file: \(error)"
      case .silent(let limit): "delivered no data for \(limit.components.seconds) s"
      case .large(let limit): "delivers more than \(limit >> 20) MiB"
      case .unwanted: "is not wanted any more"
      }
    }
  }

  var reason: String {
    switch self {
    case .closed(let error): "cannot be opened: \(error)"
    case .empty: "is empty"
    case .directory: "is a directory"
    case .device: "is a device, not a recording"
    case .relative: "is no absolute path"
    case .silent: "delivers no data"
    case .uncopied(let fault): fault.reason
    }
  }
}

/// Why what was read is no recording.
package enum RecordingFault: Equatable, Sendable {
  /// libsndfile does not know it, and the program that might is not installed.
  case noConverter(program: String)
  /// The same with a program that does not start.
  case brokenConverter(program: String, Errno)
  /// Neither libsndfile nor another program can read it.
  case unknown(program: String, message: String)
  /// What the program decodes does not come, or not to an end, or cannot be kept.
  case undecoded(program: String, InputFault.CopyFault)
  /// It is damaged, in libsndfile's words.
  case damaged(String)
  /// Its rate or its channels are none of a recording.
  case layout(channels: Int, rate: Int)
  /// Its rate cannot be converted to 16 kHz.
  case rate(Int)
  /// It holds no samples.
  case empty
  /// It holds a value that no sound has.
  case value(Float, sample: Int)
  /// It holds samples, and nothing to hear.
  case silent
  /// It has tracks, none of them with sound.
  case noSound(hasVideo: Bool)
  /// It has no such audio track, but these.
  case noTrack(String, tracks: [AudioTrack])
  /// It has no such channel, but so many.
  case noChannel(Int, count: Int)

  var reason: String {
    switch self {
    case .noConverter(let program):
      "is in no format that libsndfile knows, and \(program) is not installed"
    case .brokenConverter(let program, let error):
      "is in no format that libsndfile knows, and \(program) cannot be started: \(error)"
    case .unknown(let program, let message):
      "is no recording that libsndfile or \(program) can read: \(message)"
    case .undecoded(let program, let fault):
      "is in no format that libsndfile knows, and what \(program) decodes \(fault.reason)"
    case .damaged(let message): "cannot be decoded: \(message)"
    case .layout(let channels, let rate):
      "has \(channels == 1 ? "1 channel" : "\(channels) channels") at \(rate) Hz"
    case .rate(let rate): "has \(rate) samples per second, which cannot be converted"
    case .empty: "holds no audio samples"
    case .value(let value, let sample):
      "holds the value \(value) at sample \(sample), which is no sound"
    case .silent: "holds no sound"
    case .noSound(true): "is a video without sound"
    case .noSound(false): "has no audio track"
    case .noTrack(let wanted, let tracks):
      "has no audio track \(wanted), only "
        + tracks.map(\.description).joined(separator: ", ")
    case .noChannel(let wanted, 1): "has one channel, and no channel \(wanted)"
    case .noChannel(let wanted, let count): "has \(count) channels, and no channel \(wanted)"
    }
  }
}

/// Why a capture device cannot be had.
package enum DeviceFault: Equatable, Sendable {
  /// There is none of this name.
  case missing
  /// Another program has it to itself.
  case busy
  /// The user may not open it, in ALSA's words.
  case forbidden(String)
  /// It cannot be used, in ALSA's words.
  case unusable(String)
  /// It has no format that can be read.
  case format
  /// Its rate cannot be converted to 16 kHz.
  case rate(Int)
  /// There is nothing left to wait for it with.
  case noWaiting(Errno)
  /// There is no thread left to run on.
  case noThread(Errno)
  /// ALSA cannot read its configuration, in its own words.
  case configuration(String)
  /// ALSA ends the program that opens it, with a signal.
  case deadly(signal: Int32)
  /// ALSA does not come back from opening it, in so long a time.
  case endless(Duration)

  var reason: String {
    switch self {
    case .missing: "no such capture device"
    case .busy: "is in use by another program"
    case .forbidden(let message): "may not be opened: \(message)"
    case .unusable(let message): "cannot be used: \(message)"
    case .format: "offers no format that can be read"
    case .rate(let rate): "cannot be converted from \(rate) samples per second"
    case .noWaiting(let error): "cannot be waited for: \(error)"
    case .noThread(let error): "has no thread to run on: \(error)"
    case .configuration(let message): "cannot read its configuration: \(message)"
    case .deadly(let signal):
      "is defined so that ALSA ends the program that opens it (signal \(signal))"
    case .endless(let limit): "does not answer within \(limit.components.seconds) s"
    }
  }
}
