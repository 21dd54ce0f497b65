internal import Glibc
internal import System

/// A short sound of two notes, which says what the microphone does.
package enum Chime: CaseIterable, Sendable {
  /// It was switched on.
  case start
  /// It was switched off.
  case stop
  /// Something went wrong.
  case failure

  private static let rate = 24_000
  private static let noteSeconds = 0.07
  private static let loudness = 0.15

  /// Pitches in Hz.
  private var notes: [Double] {
    switch self {
    case .start: [660, 880]
    case .stop: [880, 660]
    case .failure: [330, 220]
    }
  }

  /// The sound as a WAV file: 24 kHz, mono, 16 bits.
  package var wave: [UInt8] {
    let count = Int(Double(Self.rate) * Self.noteSeconds)
    let samples = notes.flatMap { pitch in
      (0..<count).map { index in
        // Each note swells and fades, so that nothing clicks.
        let swell = sin(Double.pi * Double(index) / Double(count))
        let phase = 2 * Double.pi * pitch * Double(index) / Double(Self.rate)
        return Int16(Self.loudness * swell * sin(phase) * Double(Int16.max))
      }
    }
    func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: value.littleEndian, Array.init)
    }
    let size = UInt32(2 * samples.count)
    let format =
      bytes(UInt16(1)) + bytes(UInt16(1)) + bytes(UInt32(Self.rate))
      + bytes(UInt32(2 * Self.rate)) + bytes(UInt16(2)) + bytes(UInt16(16))
    return Array("RIFF".utf8) + bytes(36 + size) + Array("WAVEfmt ".utf8) + bytes(UInt32(16))
      + format + Array("data".utf8) + bytes(size) + samples.flatMap(bytes)
  }

  /// Plays it, where one of the usual players is installed; nobody waits for that.
  ///
  /// - Parameter session: Whose sound server plays it.
  package func play(in session: DesktopSession) {
    for (tool, arguments) in [("pw-play", []), ("paplay", []), ("aplay", ["--quiet"])] {
      let arguments = arguments + ["/dev/stdin"]
      guard let running = try? session.start(tool, arguments, input: wave) else { continue }
      return running.letGo()
    }
  }
}
