internal import Audio
internal import System

extension FuzzTarget {
  /// Hears a recording to its end, without the program for what libsndfile does not know; what it
  /// says of the recording makes sense.
  ///
  /// It takes a little more memory all the time: libsndfile 1.2 leaves 6 kB behind with each Ogg
  /// Vorbis that it cannot open.
  func readRecording(_ bytes: [UInt8]) throws {
    try withFile(bytes) { path in
      let file = try AudioFile(path: path, converter: "/nowhere")
      if let duration = file.duration { precondition(duration > 0, "it lasts \(duration) s") }
      _ = try file.readAll()
      for warning in file.warnings {
        let line = warning.reason.printable
        precondition(
          !line.utf8.contains { $0 < 0x20 || $0 == 0x7f }, "a line has control characters")
        check(warning)
      }
    }
  }

  private func check(_ warning: RecordingWarning) {
    switch warning {
    case .ends(let heard, let promised): precondition(heard > 0 && promised > heard, "\(warning)")
    case .unread(let seconds): precondition(seconds > 0 && seconds.isFinite, "\(warning)")
    case .gaps(let gaps):
      precondition(gaps.allSatisfy { $0.lowerBound >= 0 && !$0.isEmpty }, "\(warning)")
    default: break
    }
  }
}
