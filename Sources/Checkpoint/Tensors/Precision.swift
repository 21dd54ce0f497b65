/// How the weight matrices of a model are kept, in its file or in memory.
///
/// Biases, norms, statistics and the filter bank are float32 in all of them. Where there is a
/// choice, nil means that nobody has made it.
package enum Precision: String, Sendable, CaseIterable {
  /// The values as they are: the reference.
  case float32
  /// Half the size, in files only: in memory the values are float32 again.
  case float16
  /// Eight bits and a scale for each output, as a `PackedMatrix`: a quarter of the size.
  case int8

  /// The precisions that matrices have in memory.
  package static let inMemory: [Precision] = [.float32, .int8]

  /// Finds one of `inMemory` by its name.
  package init?(inMemory name: String) {
    guard let found = Self.inMemory.first(where: { $0.rawValue == name }) else { return nil }
    self = found
  }
}
