import UtterKit

/// Prints what was said in a recording, sentence by sentence.
@main struct TranscribeFile {
  static func main() async throws {
    guard CommandLine.arguments.count == 3 else {
      return print("usage: TranscribeFile MODEL RECORDING")
    }
    let model = try await SpeechModel.load(CommandLine.arguments[1])
    let transcript = try await model.transcribe(file: CommandLine.arguments[2])
    for segment in transcript.segments {
      print("\(segment.start) s: \(segment.text)")
    }
  }
}
