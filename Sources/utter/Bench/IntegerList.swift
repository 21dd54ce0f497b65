import ArgumentParser

/// Positive integers separated by commas.
struct IntegerList: ExpressibleByArgument {
  let values: [Int]

  init(_ values: [Int]) { self.values = values }

  init?(argument: String) {
    let parts = argument.split(separator: ",").map { Int($0) }
    values = parts.compactMap { $0 }.filter { $0 > 0 }
    if values.isEmpty || values.count != parts.count { return nil }
  }

  var defaultValueDescription: String { values.map(String.init).joined(separator: ",") }
}
