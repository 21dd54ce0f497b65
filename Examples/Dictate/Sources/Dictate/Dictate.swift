import UtterKit

/// Prints what is said in a recording while it is played, as if it came from a microphone.
@main struct Dictate {
  static func main() async throws {
    guard CommandLine.arguments.count == 3 else {
      return print("usage: Dictate MODEL RECORDING.wav")
    }
    let model = try await SpeechModel.load(CommandLine.arguments[1])
    let microphone = try WaveMicrophone(path: CommandLine.arguments[2])
    for try await event in model.dictate(microphone) {
      switch event {
      case .speechStarted: print("listening")
      case .settled(let text): print("settled: \(text)")
      case .partial(let settled, let pending): print("so far: \(settled)\(pending)")
      case .final(let transcript): print("text: \(transcript.text)")
      }
    }
  }
}
