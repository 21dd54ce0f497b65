import Checkpoint
import Foundation
import Recognition
import Transcription

extension Doctor {
  /// Opens the model, and prepares it as for a dictation.
  func model(_ name: String) -> Finding {
    do {
      let model = try LoadedModel(name, threads: 1)
      _ = try Recognizer(model.speech, threads: 1)
      let checkpoint = model.checkpoint
      let megabytes = (Double(checkpoint.totalBytes) / 1e6).rounded()
      let heads = SpeechModel.decoders(of: checkpoint.configuration).map { head in
        switch head {
        case .ctc: "CTC"
        case .tdt:
          checkpoint.configuration.transducer?.durations.isEmpty == false ? "TDT" : "RNN-T"
        }
      }
      return .ok(
        "model",
        "\(name): \(heads.joined(separator: " and ")), \(checkpoint.storedElement), "
          + "\(Int(megabytes)) MB, \(checkpoint.path)")
    } catch {
      let failure = Failure(any: error)
      return .fail("model", failure.message, hint: failure.hint)
    }
  }
}
