import Checkpoint
import Foundation
import Models
import Recognition

extension Doctor {
  /// Opens the model, and prepares it as for a dictation.
  func model(_ name: String) -> Finding {
    do {
      let checkpoint = try ModelStore().open(name)
      _ = try Recognizer(SpeechModel(checkpoint, threads: 1), threads: 1)
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
