internal import Glibc
internal import System

extension Daemon {
  /// How the daemon is.
  var report: StatusReport {
    let status = status.now
    let configuration = configuration.withLock { $0 }
    return StatusReport(
      version: Program.version, pid: getpid(), state: status.state,
      uptime: start.duration(to: .now) / .seconds(1), recording: status.recording?.id,
      recordedSeconds: (status.recording?.take.count).map { Double($0) / 16_000 },
      model: .init(name: configuration.model.name, loaded: status.isLoaded),
      microphone: .init(
        device: configuration.audio.device, open: status.microphone.isOpen,
        realTime: status.microphone.isRealTime, overruns: status.microphone.overruns,
        dropped: status.microphone.dropped, reopens: status.microphone.reopens),
      clients: messenger.clients, dictations: status.dictations, releaseMs: status.releaseMs,
      vocabulary: lexicon.report, target: lexicon.target,
      problem: status.problems.foremost)
  }
}
