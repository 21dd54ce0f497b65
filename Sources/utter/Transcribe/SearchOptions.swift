import ArgumentParser

/// How a transducer's tokens are searched for.
struct SearchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Compare this many strings of tokens at each frame, 1 to \(Self.most), instead of taking the "
        + "best token each time; slower.", valueName: "strings"))
  var beam: Int?

  @Option(
    help: ArgumentHelp(
      "Write the best of what --beam compared into the JSON as alternatives, this many at most.",
      valueName: "texts"))
  var nbest: Int?

  /// Strings that nobody needs more of.
  private static let most = 32

  func validate() throws {
    if let beam, !(1...Self.most).contains(beam) {
      throw ValidationError("--beam must be between 1 and \(Self.most)")
    }
    guard let nbest else { return }
    guard let beam, (1...beam).contains(nbest) else {
      throw ValidationError("--nbest must be at least 1, and needs --beam of as much or more")
    }
  }

  /// Both in words that can be compared.
  var description: String {
    "\(beam.map { "\($0)" } ?? "") \(nbest.map { "\($0)" } ?? "")"
  }
}
