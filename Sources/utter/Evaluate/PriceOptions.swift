import ArgumentParser
import Evaluation
import System

/// What energy and services cost.
struct PriceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the machine takes while it hears, where its processor does not tell.",
      valueName: "watts"))
  var watts: Double?

  @Option(
    help: ArgumentHelp(
      "What a kilowatt-hour costs: then costs of an hour of audio are shown.", valueName: "price"))
  var price: Double?

  @Option(
    help: ArgumentHelp(
      "A table of hosted services to stand beside: a line for each, its name, a tab, and what it "
        + "asks for an hour of audio.", valueName: "file"),
    completion: .file())
  var hosted: String?

  func validate() throws {
    for (name, value) in [("--watts", watts), ("--price", price)] {
      if let value, !(value >= 0 && value < 1e9) {
        throw ValidationError("\(name) must be a number from 0")
      }
    }
  }

  /// Bytes of the largest table.
  private static let largest = 1 << 20

  /// All of them.
  ///
  /// - Throws: About the table.
  func prices() throws -> Prices {
    var prices = Prices()
    (prices.watts, prices.kilowattHour) = (watts, price)
    if let hosted {
      let bytes = try requireInput(
        hosted, limit: Self.largest, hint: "name a file with a service and its price a line")
      prices.hosted = try Prices.hosted(
        String(decoding: bytes, as: UTF8.self), path: shownName(ofInput: hosted))
    }
    return prices
  }
}
