import Foundation
import Service

/// Draws the microphone's level on the terminal until the dictation that goes on, or the next one,
/// ends.
func showLevels(_ client: DaemonClient) throws {
  try client.subscribe(to: [.state, .level])
  let bar = LevelBar(width: 50)
  var isRecording = false
  while true {
    switch try client.notification() {
    case .level(let rms, let peak):
      printToStandardError("\r\(bar.line(rms: rms, peak: peak))\u{1B}[K")
    case .state(.recording): isRecording = true
    case .state where isRecording:
      printToStandardError("\n")
      return
    default: break
    }
  }
}
