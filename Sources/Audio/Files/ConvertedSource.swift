internal import System

/// Decodes through ffmpeg what libsndfile does not know: M4A, WebM, AMR, the sound of videos.
final class ConvertedSource: SampleSource {
  let rate = 16_000
  let expectedCount: Int? = nil
  private(set) var decodedCount = 0
  private let input: InputFile
  private let program: String
  private let child: ChildProcess
  /// The file as the program finds it.
  private let address: String

  /// Starts the program on the file; whether it can decode it shows with the first read.
  init(_ input: InputFile, program: String) throws(AudioError) {
    self.input = input
    self.program = program
    // Standard input and pipes reach the program as its own descriptor 0.
    address = "file:\(input.isNamed ? input.path : "/proc/self/fd/0")"
    guard let path = findProgram(program, path: Environment.value(of: "PATH")) else {
      throw .badData(path: input.path, .noConverter(program: program))
    }
    // The "file:" prefix keeps names such as "-y" or "http:x" from meaning anything else, and the
    // list of protocols keeps a playlist from reaching the network.
    var command = Command(
      path,
      [
        "-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", "-i", address,
        "-vn", "-f", "f32le", "-ac", "1", "-ar", "16000", "pipe:1",
      ])
    (command.output, command.messages) = (.streamed, .streamed)
    let copy = try input.duplicate()
    do throws(Errno) {
      child = try command.start(input: copy)
    } catch {
      throw .badData(path: input.path, .brokenConverter(program: program, error))
    }
  }

  func read(into samples: UnsafeMutableBufferPointer<Float>) throws(AudioError) -> Int {
    let bytes = UnsafeMutableRawBufferPointer(samples)
    var filled = 0
    while filled == 0 || filled % 4 != 0 {
      let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
      let count = try nextBytes(rest)
      if count == 0 { break }
      filled += count
    }
    let count = filled / 4
    if count == 0 { try finish() }
    try check(samples[..<count], path: input.path)
    decodedCount += count
    return count
  }

  /// Waits for output; 0 when it has ended.
  private func nextBytes(_ bytes: UnsafeMutableRawBufferPointer) throws(AudioError) -> Int {
    do throws(Errno) {
      return try child.read(into: bytes)
    } catch {
      throw failure("cannot be waited for: \(error)")
    }
  }

  private func finish() throws(AudioError) {
    guard child.wait() != .exit(code: 0) else { return }
    let last = child.messageText.split(whereSeparator: \.isNewline).last.map(String.init)
    let prefix = "\(address): "
    let message = last ?? "no message"
    throw failure(message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message)
  }

  private func failure(_ message: String) -> AudioError {
    .badData(path: input.path, .unknown(program: program, message: message))
  }
}
