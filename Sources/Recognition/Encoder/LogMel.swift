internal import Checkpoint
internal import Kernels

/// Samples to normalised log-mel features, as NeMo's `FilterbankFeatures` computes them.
struct LogMel {
  let mels: Int
  private let hop: Int
  private let preemphasis: Float
  private let plan: MelPlan

  init(_ configuration: ModelConfiguration.Preprocessor, _ parameters: Parameters)
    throws(CheckpointError)
  {
    mels = configuration.mels
    hop = configuration.hop
    preemphasis = configuration.preemphasis
    plan = MelPlan(
      fftSize: configuration.fftSize, hop: hop,
      window: try parameters.floats("preprocessor.featurizer.window").values,
      filterbank: try parameters.floats("preprocessor.featurizer.fb").values, mels: mels,
      logGuard: 0x1p-24)
  }

  /// Feature frames of some samples; 0 means that there is nothing to decode.
  func frames(samples: Int) -> Int { samples / hop }

  /// Floats of scratch that each member needs.
  var scratchCount: Int { plan.scratchCount }

  /// Computes features together.
  ///
  /// - Parameters:
  ///   - samples: 16 kHz mono, −1 … 1.
  ///   - emphasized: Room for as many samples.
  ///   - features: `[n, mels]`, n = samples / hop.
  ///   - scratch: This member's scratch.
  ///   - member: The calling member of the team.
  func compute(
    _ samples: UnsafeBufferPointer<Float>, emphasized: Matrix, into features: Matrix,
    scratch: UnsafeMutablePointer<Float>, _ member: Member
  ) {
    guard let start = samples.baseAddress else { return }
    member.ranges(samples.count, grain: 1 << 16) {
      preemphasize(start, coefficient: preemphasis, into: emphasized.values, $0)
    }
    let signal = UnsafeBufferPointer<Float>(start: emphasized.values, count: samples.count)
    member.ranges(features.rows, grain: MelPlan.lanes) {
      plan.logMel(signal, frames: $0, into: features.rows($0), scratch: scratch)
    }
    member.ranges(mels, grain: 16) { features.normalize(columns: $0) }
  }
}
