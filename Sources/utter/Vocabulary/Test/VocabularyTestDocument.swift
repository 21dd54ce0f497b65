import Evaluation
import Foundation
import Vocabulary

/// What `utter vocabulary test` prints.
struct VocabularyTestDocument: Encodable {
  private let manifest: String
  private let model: String
  private let precision: String
  private let lists: [String]
  private let loadMilliseconds: Double
  private let writeMilliseconds: Double
  private let judgeMilliseconds: [String: Double]
  private let scores: EvaluationReport

  private enum CodingKeys: String, CodingKey {
    case manifest, model, precision, lists, scores
    case loadMilliseconds = "load_ms"
    case writeMilliseconds = "write_ms_per_10_s"
    case judgeMilliseconds = "judge_ms_per_10_s"
  }

  init(
    _ test: VocabularyTest, manifest: String, model: String, precision: String, lists: [String]
  ) {
    self.manifest = manifest
    self.model = model
    self.precision = precision
    self.lists = lists
    loadMilliseconds = test.loadSeconds * 1000
    writeMilliseconds = test.writeSeconds * 1000
    judgeMilliseconds = Dictionary(
      uniqueKeysWithValues: zip(
        Caution.allCases.map(\.rawValue), test.judgeSeconds.map { $0 * 1000 }))
    scores = test.report
  }

  /// The tables for people.
  var table: String {
    let (least, most) = (scores.listed.lowerBound, scores.listed.upperBound)
    let size = least == most ? "\(most)" : "\(least) to \(most)"
    let judged = Caution.allCases.compactMap { caution in
      judgeMilliseconds[caution.rawValue].map {
        String(format: ", judged (\(caution.rawValue)) in %.1f ms", $0)
      }
    }
    let cost =
      String(
        format: "loaded in %.1f ms, for 10 s of audio written in %.3f ms", loadMilliseconds,
        writeMilliseconds) + judged.joined()
    return "model \(model), \(precision); \(size) terms listed, \(cost)\n\n\(scores.table)"
  }
}
