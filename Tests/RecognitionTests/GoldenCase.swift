import Checkpoint
import Foundation
import TestSupport

/// A checkpoint, a recording, and what NeMo computed from them.
struct GoldenCase: CustomStringConvertible {
  let model: URL
  let recording: URL
  let tensors: URL
  /// Attention other than the checkpoint says; its own folder's goldens have the checkpoint's.
  let attention: ModelConfiguration.AttentionContext?
  /// NeMo's chunked convolution lets the spare frame leak into the last rows of some lengths; an
  /// engine without a spare frame cannot and should not match those.
  let hasLeak: Bool

  var description: String {
    "\(tensors.deletingLastPathComponent().lastPathComponent)/\(tensors.lastPathComponent)"
  }

  private static let variants = [
    "v2like", "hybrid", "v3like", "rnnt", "ctc", "maxsym", "allblank", "localattn", "layernorm",
    "sigmoid",
  ]

  static func all() throws -> [GoldenCase] {
    try Fixtures.golden.flatMap { folder in
      try variants.flatMap { try cases(of: $0, in: folder) }
    }
  }

  private static func cases(of variant: String, in folder: URL) throws -> [GoldenCase] {
    let place = folder.appending(path: variant)
    guard FileManager.default.fileExists(atPath: place.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: place.path).sorted().compactMap {
      guard $0.hasSuffix(".safetensors") else { return nil }
      // `s170.safetensors`, or `hybrid.s170.chunked.safetensors` in a folder with several models.
      let parts = $0.split(separator: ".").map(String.init)
      let isMixed = variant == "localattn"
      let model = isMixed ? parts[0] : variant
      let stem = parts.dropLast().joined(separator: ".")
      let notes = try Notes(place.appending(path: "\(stem).json"))
      return GoldenCase(
        model: folder.appending(path: "\(model)/\(model).nemo"),
        recording: folder.appending(path: "wav/\(parts[isMixed ? 1 : 0]).wav"),
        tensors: place.appending(path: $0), attention: isMixed ? notes.attention : nil,
        hasLeak: notes.hasLeak)
    }
  }

  private struct Notes {
    var attention: ModelConfiguration.AttentionContext?
    var hasLeak = false

    init(_ file: URL) throws {
      let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
      guard let notes = object as? [String: Any] else { return }
      if let context = notes["att_context_size"] as? [Int] {
        attention = context[0] < 0 ? .full : .local(left: context[0], right: context[1])
      }
      let rows = notes["valid_rows_where_subsampling_differs_from_unchunked"] as? [Int]
      hasLeak = rows?.isEmpty == false
    }
  }
}
