internal import Glibc

/// What each stage of recognition takes, by the clock of the team's first member.
///
/// Stages end where all members have waited for each other, so that one member's clock tells what
/// everybody took. A stage costs one reading of the clock.
package final class Stopwatch {
  /// A part of the work.
  package enum Stage: String, Sendable, CaseIterable {
    /// Samples to log-mel features.
    case features
    /// Convolutions in front of the encoder's layers.
    case subsampling
    /// Projections of relative positions that are not kept from one utterance to the next.
    case positions
    /// Both feed-forward modules with their norms.
    case feedForward = "feed_forward"
    /// Queries, keys, values and output of attention with its norm.
    case attentionProjections = "attention_projections"
    /// Scores, softmax, and values weighted by it.
    case attentionScores = "attention_scores"
    /// The convolution module with its norm.
    case convolution
    /// The norm at a layer's end.
    case norm
    /// Encoder output projected for the decoder.
    case decoderProjection = "decoder_projection"
    /// Search with the joint network, or the scores of a CTC head.
    case joint
    /// The prediction network.
    case prediction

    /// Whether it is a part of the encoder.
    package var isEncoder: Bool {
      switch self {
      case .subsampling, .positions, .feedForward, .attentionProjections, .attentionScores,
        .convolution, .norm:
        true
      case .features, .decoderProjection, .joint, .prediction: false
      }
    }
  }

  private var nanoseconds: [Stage: Int]
  private var last = 0

  /// Shows zero for every stage.
  package init() {
    nanoseconds = Dictionary(uniqueKeysWithValues: Stage.allCases.map { ($0, 0) })
  }

  /// Seconds that a stage took since the last reset.
  package subscript(stage: Stage) -> Double { Double(nanoseconds[stage] ?? 0) / 1e9 }

  /// Goes back to zero.
  package func reset() {
    for stage in Stage.allCases { nanoseconds[stage] = 0 }
  }

  /// Begins the first of several stages.
  func start() { last = Self.now() }

  /// Ends a stage, and begins the next one.
  func lap(_ stage: Stage) {
    let now = Self.now()
    nanoseconds[stage, default: 0] += now - last
    last = now
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
