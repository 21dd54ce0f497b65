import ArgumentParser
import Evaluation

extension EvaluationError: AdvisedError {
  var advice: String? {
    switch self {
    case .unreadable: "name a manifest of JSON lines, or a .tsv of biasing lists"
    case .empty, .line:
      #"a line reads {"audio_filepath": "a.flac", "text": "what is said"}"#
    case .noRecording(let path, _, _):
      path.hasSuffix(".tsv")
        ? "name the folder of the recordings with --recordings"
        : "paths are relative to the manifest's folder"
    case .noText: "write it into a file of that name beside the recording"
    case .unknownField: "--by takes a field that is text or a number, such as a speaker's name"
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .unreadable, .noRecording, .noText: .noInput
    case .empty, .line: .badData
    case .unknownField: .usage
    }
  }
}
