internal import System

/// Finds out in a process of its own whether ALSA survives a device, before this process asks for
/// it.
///
/// What the system's packages define needs no trial, and what was tried needs none until somebody
/// changes a definition: the usual start of a dictation takes no longer for it.
package final class DeviceTrial: Sendable {
  private let program: String
  /// Devices that were heard, and what defined them then.
  private let known = Monitor<[String: ALSADefinitions]>([:])

  /// How long ALSA may take, with a sound server that has to be started first.
  private static let patience = Duration.seconds(5)

  /// - Parameter program: Path of a program with `ALSAQuestion.command`; by default the one that
  ///   runs.
  package init(program: String? = nil) { self.program = program ?? runningProgram }

  /// Tries a device, unless that is not necessary.
  ///
  /// One trial is made at a time: who wants the same device meanwhile waits for its end.
  ///
  /// - Parameter name: ALSA's name for it.
  /// - Throws: `AudioError.device` where it cannot be used, or not survived.
  package func make(_ name: String) throws(AudioError) {
    let definitions = ALSADefinitions()
    if definitions.areUsual(for: name) { return }
    try known.withLock { known throws(AudioError) in
      if known[name] == definitions { return }
      let (answers, fault) = ask(.hearing(name))
      if let fault = fault ?? answers.first?.fault { throw .device(name: name, fault) }
      // A program that cannot be asked is no reason not to dictate.
      known[name] = definitions
    }
  }

  /// Finds the capture devices that there are, and lets each be opened for a moment.
  ///
  /// - Returns: The same as `CaptureDeviceInfo.all`.
  /// - Throws: `AudioError.device` where ALSA's configuration is damaged.
  package func devices() throws(AudioError) -> [CaptureDeviceInfo] {
    var devices: [CaptureDeviceInfo] = []
    while true {
      let count = devices.count
      let (answers, fault) = ask(.devices(but: count))
      guard let first = answers.first, first == .fine else {
        guard let fault = fault ?? answers.first?.fault else { return try CaptureDeviceInfo.all() }
        throw .device(name: "ALSA", fault)
      }
      var parts = answers.dropFirst()
      while let title = parts.popFirst() {
        guard title.texts.count == 2 else { continue }
        let (name, description) = (title.texts[0], title.texts[1])
        let offer = parts.popFirst()
        let problem = offer == nil ? fault : offer?.fault
        devices.append(
          CaptureDeviceInfo(
            name: name, description: description, abilities: offer?.abilities,
            problem: problem.map { .device(name: name, $0) }))
      }
      // What comes behind a device that was too much is asked for anew.
      if fault == nil || devices.count == count { return devices.filter(\.isThere) }
    }
  }

  /// Lets a program answer.
  ///
  /// - Returns: What it said, and why it said no more; nothing where it cannot be asked.
  private func ask(_ question: ALSAQuestion) -> ([ALSAAnswer], DeviceFault?) {
    var command = Command(program, [ALSAQuestion.command, "--"] + question.arguments)
    command.messages = .discarded
    command.environment["SWIFT_BACKTRACE"] = "enable=no"
    guard let process = try? command.start() else { return ([], nil) }
    let ending = process.wait(Self.patience)
    let answers = ALSAAnswer.all(in: process.output)
    return switch ending {
    case nil: (answers, .endless(Self.patience))
    case .signal(let number): (answers, .deadly(signal: number))
    case .exit: (answers, nil)
    }
  }
}
