/// Seconds spent in each stage.
public struct StageTimes: Sendable, Equatable {
  /// Samples to log-mel features.
  public var features = 0.0
  /// Features to encoder output.
  public var encoder = 0.0
  /// What all threads together spent on the encoder's matrix products.
  public var multiplying = 0.0
  /// What all threads together spent on packing the encoder's activations for them.
  public var packing = 0.0
  /// Encoder output to tokens.
  public var decoder = 0.0

  /// No time spent.
  public init() {}
}
