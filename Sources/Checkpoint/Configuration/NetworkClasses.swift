/// The classes of NeMo's that a configuration may name; what they compute is what runs here.
enum NetworkClasses {
  private static let models = [
    "EncDecRNNTBPEModel", "EncDecHybridRNNTCTCBPEModel", "EncDecCTCModelBPE",
  ]

  /// Reads the model's class and looks at those of its parts.
  ///
  /// - Parameter root: The whole configuration.
  /// - Returns: The model's class without its module.
  /// - Throws: `CheckpointError` that names the setting whose class is another one.
  static func model(_ root: Settings) throws(CheckpointError) -> String {
    guard let path = try root.text("target") else {
      throw root.nonsense("target", "expected the model's class")
    }
    guard let name = known(path, among: models) else {
      throw root.architecture("target", Architecture(named: path, else: .other))
    }
    let isPureCTC = name == "EncDecCTCModelBPE"
    try require(
      root.section("preprocessor"), "AudioToMelSpectrogramPreprocessor", else: .otherFeatures)
    try require(root.section("encoder"), "ConformerEncoder", else: .otherEncoder)
    try require(
      root.section("decoder"), isPureCTC ? "ConvASRDecoder" : "RNNTDecoder", else: .otherDecoder)
    if !isPureCTC { try require(root.section("joint"), "RNNTJoint", else: .otherDecoder) }
    try require(root.section("aux_ctc").section("decoder"), "ConvASRDecoder", else: .otherDecoder)
    return name
  }

  /// Refuses a part of another class; older versions of NeMo name it in `cls`.
  private static func require(
    _ part: Settings, _ name: String, else general: Architecture
  ) throws(CheckpointError) {
    for key in ["_target_", "cls"] {
      guard let path = try part.text(key) else { continue }
      guard known(path, among: [name]) != nil else {
        throw part.architecture(key, Architecture(named: path, else: general))
      }
    }
  }

  /// The class without its module, where it is NeMo's own and one of those that run.
  private static func known(_ path: String, among names: [String]) -> String? {
    guard let name = path.split(separator: ".").last.map(String.init), names.contains(name),
      path == name || path.hasPrefix("nemo.collections.asr.")
    else { return nil }
    return name
  }
}
