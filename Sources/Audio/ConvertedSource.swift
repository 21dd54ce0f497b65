internal import Glibc

/// Decodes through ffmpeg what libsndfile does not know: M4A, WebM, AMR, the sound of videos.
final class ConvertedSource: SampleSource {
  let rate = 16_000
  let expectedCount: Int? = nil
  private(set) var decodedCount = 0
  private let input: InputFile
  private let program: String
  private let child: ChildProcess
  private var tail: [UInt8] = []

  /// The file as the program finds it.
  private let address: String

  /// Starts the program on the file; whether it can decode it shows with the first read.
  init(_ input: InputFile, program: String) throws(AudioError) {
    self.input = input
    self.program = program
    // Standard input and pipes reach the program as its own descriptor 0.
    address = "file:\(input.isNamed ? input.path : "/proc/self/fd/0")"
    // The "file:" prefix keeps names such as "-y" or "http:x" from meaning anything else, and the
    // list of protocols keeps a playlist from reaching the network.
    let arguments = [
      "-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", "-i", address,
      "-vn", "-f", "f32le", "-ac", "1", "-ar", "16000", "pipe:1",
    ]
    do throws(Errno) {
      child = try ChildProcess(
        program: program, arguments: arguments, input: input.descriptor)
    } catch {
      let missing = error.code == ENOENT || error.code == EACCES
      throw .badData(
        path: input.path,
        reason: "is in no format that libsndfile knows, and \(program) "
          + (missing ? "is not installed" : "cannot be started: \(error.text)"),
        hint: "install ffmpeg, or convert the recording to WAV or FLAC")
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

  /// Waits for output, listening to the messages meanwhile; 0 when both have ended.
  private func nextBytes(_ bytes: UnsafeMutableRawBufferPointer) throws(AudioError) -> Int {
    var watched = [
      pollfd(fd: child.output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: child.messages, events: Int16(POLLIN), revents: 0),
    ]
    while watched[0].fd >= 0 || watched[1].fd >= 0 {
      if poll(&watched, 2, -1) < 0 {
        if errno == EINTR { continue }
        throw failure("cannot be waited for: \(String(cString: strerror(errno)))")
      }
      if watched[1].revents != 0 && !collectMessages() { watched[1].fd = -1 }
      if watched[0].revents != 0 {
        let count = Glibc.read(child.output, bytes.baseAddress, bytes.count)
        if count > 0 { return count }
        if count < 0 && errno == EINTR { continue }
        watched[0].fd = -1
      }
    }
    return 0
  }

  /// Keeps the end of what the program says; false when it says no more.
  private func collectMessages() -> Bool {
    var block = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(child.messages, &block, block.count)
    if count < 0 && errno == EINTR { return true }
    guard count > 0 else { return false }
    tail = (tail + block[..<count]).suffix(4096)
    return true
  }

  private func finish() throws(AudioError) {
    guard !child.wait() else { return }
    let lines = String(decoding: tail, as: UTF8.self).split(whereSeparator: \.isNewline)
    let last = lines.last.map(String.init) ?? "no message"
    let prefix = "\(address): "
    throw failure(last.hasPrefix(prefix) ? String(last.dropFirst(prefix.count)) : last)
  }

  private func failure(_ words: String) -> AudioError {
    .badData(
      path: input.path, reason: "is no recording that libsndfile or \(program) can read: \(words)",
      hint: "check that it plays, or convert it to WAV or FLAC")
  }
}
