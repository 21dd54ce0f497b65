/// What energy and services cost, in a currency of the user's.
package struct Prices: Equatable, Sendable {
  /// Watts of the machine while it computes, where it does not tell itself.
  package var watts: Double?
  /// The price of a kilowatt-hour.
  package var kilowattHour: Double?
  /// What services ask.
  package var hosted: [HostedPrice] = []

  /// No prices.
  package init() {}
}

/// What a hosted service asks for an hour of audio.
package struct HostedPrice: Encodable, Equatable, Sendable {
  package let name: String
  package let costPerHour: Double

  /// A service and its price.
  package init(name: String, costPerHour: Double) {
    (self.name, self.costPerHour) = (name, costPerHour)
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case costPerHour = "cost_per_hour"
  }
}

extension Prices {
  /// Reads a table of services: a line for each, its name, a tab, and what an hour of audio costs.
  ///
  /// Empty lines and those that begin with `#` are skipped.
  ///
  /// - Parameters:
  ///   - text: The table.
  ///   - path: Where it lies.
  /// - Returns: The services in their order.
  /// - Throws: `EvaluationError.line` about the first line that is wrong.
  package static func hosted(_ text: String, path: String) throws(EvaluationError) -> [HostedPrice]
  {
    var services: [HostedPrice] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated() where !line.allSatisfy(\.isWhitespace) && !line.hasPrefix("#")
    {
      let columns = line.split(separator: "\t")
      guard columns.count == 2, let price = Double(columns[1].filter { !$0.isWhitespace }),
        price >= 0, price.isFinite
      else {
        throw .line(path: path, number: index + 1, reason: "is no name, tab and price of an hour")
      }
      services.append(HostedPrice(name: String(columns[0]), costPerHour: price))
    }
    return services
  }
}
