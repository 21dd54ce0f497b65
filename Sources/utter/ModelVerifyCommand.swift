import ArgumentParser
import Audio
import Checkpoint
import Recognition
import Transcription

/// `utter model verify`: the engine against the numbers of another one.
struct ModelVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Compare the engine with golden tensors.",
    discussion: """
      Recognises a recording and compares every tensor that the golden file names with what was \
      computed on the way. Exits with 1 where one of them differs by more than its kind's \
      tolerance. With --precision int8 the deviation of every layer is printed, the root of the \
      squared differences' sum divided by that of the golden values; 0.05 is tolerated, and near \
      ties may be decided otherwise.
      """)

  @Argument(help: "Model: a name, a folder or a .nemo file.")
  var model: String

  @Option(
    help: "Golden tensors, computed by NeMo.", completion: .file(extensions: ["safetensors"]))
  var golden: String

  @Option(help: "The recording that they were computed from.", completion: .file())
  var audio: String

  @Option(help: "How the engine keeps weights: float32 or int8.")
  var precision = EnginePrecision(.float32)

  @Flag(help: "Print a JSON array.")
  var json = false

  func run() throws {
    let rows = try reportingFailure { try compare().map { Difference($0, precision.precision) } }
    if json {
      print(try rows.json())
    } else {
      for row in rows { print(row.line) }
    }
    if rows.contains(where: { !$0.passes }) { throw ExitCode.someFailed }
  }

  /// Differences of all tensors, those of both heads for a hybrid model.
  private func compare() throws -> [GoldenComparison.Row] {
    let golden = try SafetensorsFile(path: golden)
    let samples = try AudioFile(path: audio).readAll()
    let recognizer = try Recognizer(LoadedModel(model, precision: precision.precision).speech)
    let rows = try samples.withUnsafeBufferPointer {
      try GoldenComparison.compare(golden, samples: $0, with: recognizer)
    }
    guard !rows.isEmpty else {
      throw Failure(
        "\(self.golden): names no tensor that the engine computes",
        hint: "golden files hold tensors such as features, layer0, encoder, tokens.ids",
        code: .badData)
    }
    return rows
  }

  /// A difference as it is printed.
  private struct Difference: Encodable {
    let name: String
    let shape: [Int]
    let absolute: Float
    let relative: Float
    let deviation: Float
    let tolerance: Float
    let passes: Bool

    /// Of int8 weights, the deviation that is tolerated.
    private static let toleratedDeviation: Float = 0.05

    init(_ row: GoldenComparison.Row, _ precision: Precision) {
      (name, shape) = (row.name, row.shape)
      // JSON has no infinity, which stands for shapes that differ, and no NaN.
      let largest = Float.greatestFiniteMagnitude
      absolute = row.absolute.isFinite ? row.absolute : largest
      relative = row.relative.isFinite ? row.relative : largest
      deviation = row.deviation.isFinite ? row.deviation : largest
      switch precision {
      case .float32, .float16: (tolerance, passes) = (row.kind.tolerance, row.passes)
      case .int8:
        tolerance = Self.toleratedDeviation
        passes =
          row.deviation <= tolerance || row.kind != .encoder || row.name.hasPrefix("joint.")
      }
    }

    var line: String {
      let extents = shape.map(String.init).joined(separator: "×")
      let mark = passes ? "ok" : "DIFFERS, tolerated \(tolerance)"
      return "\(name)\t\(extents)\t\(absolute)\t\(relative)\t\(deviation)\t\(mark)"
    }
  }
}
