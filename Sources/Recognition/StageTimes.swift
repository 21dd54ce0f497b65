/// Seconds spent in each stage.
public struct StageTimes: Sendable, Equatable {
  /// Samples to log-mel features.
  public var features = 0.0
  /// Features to encoder output.
  public var encoder = 0.0
  /// Encoder output to tokens.
  public var decoder = 0.0

  /// No time spent.
  public init() {}
}
