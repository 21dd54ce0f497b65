internal import Foundation

/// Another build of this program, to be measured in turn with this one.
///
/// Each measures in processes of its own, one round in each, and whoever begins changes from pair
/// to pair: what the machine does beside them meets both alike.
package struct OtherProgram {
  private let path: String

  /// How programs begin, binaries and scripts.
  private static let beginnings = [Data([0x7F]) + Data("ELF".utf8), Data("#!".utf8)]

  /// Takes a program; nil where the file is none, or cannot be read.
  package init?(path: String) {
    guard let file = try? FileHandle(forReadingFrom: URL(filePath: path)),
      let beginning = try? file.read(upToCount: 4),
      Self.beginnings.contains(where: beginning.starts)
    else { return nil }
    self.path = path
  }

  /// Measures both.
  ///
  /// - Parameters:
  ///   - arguments: What to measure, as `BenchmarkReport` is asked for on the command line.
  ///   - pairs: How often, at least once.
  ///   - progress: Gets the part that is done.
  /// - Returns: This program beside the other one: medians of all pairs.
  /// - Throws: `BenchmarkError` where one of them does not print a report.
  package func comparison(
    _ arguments: [String], pairs: Int, _ progress: (Double) -> Void
  ) throws(BenchmarkError) -> Comparison {
    func report(_ program: String) throws(BenchmarkError) -> ReportFigures {
      let process = MeasuringProcess(program: program, arguments: arguments)
      return try ReportFigures(json: try process.output(), from: program)
    }
    func pair(startingHere: Bool) throws(BenchmarkError) -> Comparison.Pair {
      guard startingHere else {
        return (earlier: try report(path), now: try report(MeasuringProcess.ownProgram))
      }
      let now = try report(MeasuringProcess.ownProgram)
      return (earlier: try report(path), now: now)
    }
    let first = try pair(startingHere: false)
    var others: [Comparison.Pair] = []
    for index in 1..<max(1, pairs) {
      progress(Double(index) / Double(pairs))
      others.append(try pair(startingHere: index % 2 == 1))
    }
    return Comparison(first, others)
  }
}
