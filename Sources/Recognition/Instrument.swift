internal import Glibc
internal import Kernels

/// Takes the time of what a recogniser does, for as long as somebody lends it one.
///
/// Without an instrument the engine reads no clock. With one it reads the clock of the team's first
/// member where all members have waited for each other, so that one clock tells what everybody
/// took: once for each stage.
package final class Instrument {
  /// A part of the work.
  package enum Stage: Int, Sendable, CaseIterable {
    /// Samples to log-mel features.
    case features
    /// Convolutions in front of the encoder's layers.
    case subsampling
    /// Projections of relative positions that are not kept from one utterance to the next.
    case positions
    /// Both feed-forward modules with their norms.
    case feedForward
    /// Queries, keys, values and output of attention with its norm.
    case attentionProjections
    /// Scores, softmax, and values weighted by it.
    case attentionScores
    /// The convolution module with its norm.
    case convolution
    /// The norm at a layer's end.
    case norm
    /// Encoder output projected for the decoder.
    case decoderProjection
    /// Search with the joint network, or the scores of a CTC head.
    case joint
    /// The prediction network.
    case prediction

    /// The stages of the encoder.
    package static let encoder: [Stage] = [
      .subsampling, .positions, .feedForward, .attentionProjections, .attentionScores, .convolution,
      .norm,
    ]
    /// The stages from encoder output to tokens.
    package static let decoder: [Stage] = [.decoderProjection, .joint, .prediction]
  }

  /// Counts the encoder's matrix products, where they are wanted too.
  let products: ProductMeter?
  /// Nanoseconds of each stage.
  private var nanoseconds = [Int](repeating: 0, count: Stage.allCases.count)
  private var last = 0

  /// Shows zero for every stage.
  ///
  /// - Parameter members: Members of the team, to take the time of the encoder's matrix products as
  ///   well: two more readings of the clock for each tile of a product. 0 for stages alone.
  package init(productsOf members: Int = 0) {
    products = members > 0 ? ProductMeter(members: members) : nil
  }

  /// Seconds that a stage took.
  package subscript(stage: Stage) -> Double { Double(nanoseconds[stage.rawValue]) / 1e9 }

  /// Seconds from samples to features.
  package var features: Double { self[.features] }
  /// Seconds from features to encoder output.
  package var encoder: Double { Stage.encoder.reduce(0) { $0 + self[$1] } }
  /// Seconds from encoder output to tokens.
  package var decoder: Double { Stage.decoder.reduce(0) { $0 + self[$1] } }
  /// Seconds that all threads together spent on the encoder's matrix products.
  package var multiplying: Double { products?.seconds(.multiplying) ?? 0 }
  /// Seconds that all threads together spent on packing the encoder's activations for them.
  package var packing: Double { products?.seconds(.packing) ?? 0 }

  /// Begins the first of several stages.
  func start() { last = Self.now() }

  /// Ends a stage, and begins the next one.
  func lap(_ stage: Stage) {
    let now = Self.now()
    nanoseconds[stage.rawValue] += now - last
    last = now
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
