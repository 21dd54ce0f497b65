extension ModelConfiguration.Transducer {
  /// Reads `decoder`, `joint` and `decoding`; absent keys have NeMo's defaults.
  ///
  /// - Parameters:
  ///   - root: The whole configuration.
  ///   - encoderWidth: Width of the model, which the joint must agree with.
  /// - Throws: `CheckpointError` that names the key.
  init(_ root: Settings, encoderWidth: Int) throws(CheckpointError) {
    let decoder = root.section("decoder")
    let network = decoder.section("prednet")
    guard let width = try network.integer("pred_hidden", in: 1...16_384) else {
      throw network.nonsense("pred_hidden", "expected the width of the prediction network")
    }
    predictionWidth = width
    predictionLayers = try network.integer("pred_rnn_layers", default: 1, in: 1...16)
    let cell = try network.integer("rnn_hidden_size", default: -1, in: -1...16_384)
    try network.require("rnn_hidden_size", cell <= 0 || cell == width, only: "-1")
    let padsWithBlank = try decoder.flag("blank_as_pad", default: true)
    try decoder.require("blank_as_pad", padsWithBlank, only: "true")
    try decoder.require(
      "normalization_mode", !decoder.has("normalization_mode"), only: "null")

    let joint = root.section("joint").section("jointnet")
    guard let jointWidth = try joint.integer("joint_hidden", in: 1...16_384) else {
      throw joint.nonsense("joint_hidden", "expected the width of the joint network")
    }
    self.jointWidth = jointWidth
    for (key, expected) in [("encoder_hidden", encoderWidth), ("pred_hidden", width)] {
      guard try joint.integer(key, default: expected, in: 1...16_384) == expected else {
        throw joint.nonsense(key, "expected \(expected)")
      }
    }
    let name = try joint.text("activation") ?? "relu"
    guard let activation = ModelConfiguration.JointActivation(rawValue: name.lowercased()) else {
      throw joint.unsupported("activation", "only relu, sigmoid and tanh are supported")
    }
    self.activation = activation
    durations = try Self.durations(root)
    maxSymbolsPerFrame = try Self.maxSymbols(root.section("decoding").section("greedy"))
  }

  private static let durationRange = 0...1024

  /// The durations of a TDT model; none for RNN-T, which has no extra outputs.
  private static func durations(_ root: Settings) throws(CheckpointError) -> [Int] {
    let joint = root.section("joint")
    let decoding = root.section("decoding")
    let outputs = try joint.integer("num_extra_outputs", default: 0, in: 0...256)
    let hasBigBlanks = try !(decoding.list("big_blank_durations") ?? []).isEmpty
    try decoding.require("big_blank_durations", !hasBigBlanks, only: "[]")
    let own = try decoding.integers("durations", in: durationRange) ?? []
    if outputs == 0, own.isEmpty { return [] }
    let durations =
      try own.isEmpty
      ? root.section("model_defaults").integers("tdt_durations", in: durationRange) ?? [] : own
    guard durations.count == outputs else {
      throw decoding.nonsense(
        "durations", "expected as many as joint.num_extra_outputs, \(outputs)")
    }
    return durations
  }

  /// The limit under either of its names, which nulls alone remove.
  ///
  /// NeMo's is 10; with a network that never goes on, one of thousands takes minutes for a second.
  private static func maxSymbols(_ greedy: Settings) throws(CheckpointError) -> Int? {
    let keys = ["max_symbols", "max_symbols_per_step"]
    for key in keys {
      if let limit = try greedy.integer(key, in: 1...1_000) { return limit }
    }
    return keys.contains { greedy.mentions($0) } ? nil : 10
  }
}
