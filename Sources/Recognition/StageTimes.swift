/// Seconds spent in each stage.
package struct StageTimes: Sendable, Equatable {
  /// Samples to log-mel features.
  package var features = 0.0
  /// Features to encoder output.
  package var encoder = 0.0
  /// What all threads together spent on the encoder's matrix products.
  package var multiplying = 0.0
  /// What all threads together spent on packing the encoder's activations for them.
  package var packing = 0.0
  /// Encoder output to tokens.
  package var decoder = 0.0

  /// No time spent.
  package init() {}
}
