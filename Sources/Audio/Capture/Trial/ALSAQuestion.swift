internal import Glibc
package import System

/// What a process of its own is asked about ALSA's devices, because it may not survive the answer:
/// alsa-lib asserts, recurses or waits for ever where a definition does not make sense.
package enum ALSAQuestion: Sendable {
  /// Whether a device of this name can be opened and heard.
  case hearing(String)
  /// Which devices there are, and what they offer, but for the first few.
  case devices(but: Int)

  /// The command of a program that answers.
  package static let command = "ask-alsa"

  /// Reads what follows that command; nil where it is no question.
  package init?(arguments: [String]) {
    switch (arguments.first, arguments.dropFirst().first) {
    case ("hearing", let name?): self = .hearing(name)
    case ("devices", let count?):
      guard let count = Int(count), count >= 0 else { return nil }
      self = .devices(but: count)
    default: return nil
    }
  }

  /// What follows the command.
  var arguments: [String] {
    switch self {
    case .hearing(let name): ["hearing", name]
    case .devices(let count): ["devices", "\(count)"]
    }
  }

  /// Answers on standard output, and does not ruin anything else where that is the end.
  ///
  /// - Throws: Where nobody reads the answer.
  package func answer() throws(Errno) {
    CurrentThread.becomeOrdinary()
    // Too little for a file, and a sign that no program wants it either.
    var limit = rlimit(rlim_cur: 1, rlim_max: 1)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    switch self {
    case .hearing(let name): try StandardStream.output.write(Self.hear(name))
    case .devices(let count): try Self.list(but: count)
    }
  }

  private static func hear(_ name: String) -> ALSAAnswer {
    do throws(AudioError) {
      let device = try CaptureDevice(name: name)
      device.hearForAMoment()
      return .fine
    } catch {
      return ALSAAnswer(error)
    }
  }

  private static func list(but count: Int) throws(Errno) {
    let names: [(name: String, description: String)]
    do throws(AudioError) {
      names = try CaptureDeviceInfo.names()
    } catch {
      return try StandardStream.output.write(ALSAAnswer(error))
    }
    try StandardStream.output.write(.fine)
    for (name, description) in names.dropFirst(count) {
      // First, so that it is known which one was too much.
      try StandardStream.output.write(ALSAAnswer([name, description]))
      let device = CaptureDeviceInfo(name: name, description: description)
      let answer = device.problem.map(ALSAAnswer.init) ?? ALSAAnswer(device.abilities)
      try StandardStream.output.write(answer)
    }
  }
}

extension StandardStream {
  fileprivate func write(_ answer: ALSAAnswer) throws(Errno) { try write(answer.bytes) }
}

extension CaptureDevice {
  /// Reads what comes first, as a capture does, but waits for it no longer than a moment.
  fileprivate func hearForAMoment() {
    guard start() >= 0 else { return }
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: periodSize * format.frameSize, alignment: 16)
    defer { bytes.deallocate() }
    let end = ContinuousClock.now + .milliseconds(100)
    while read(into: bytes, count: periodSize) == -Int(EAGAIN), ContinuousClock.now < end {
      usleep(5_000)
    }
  }
}
