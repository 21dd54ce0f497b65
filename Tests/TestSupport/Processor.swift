internal import Foundation

/// The processor that the tests run on.
public enum Processor {
  private static let features: Set<Substring> = {
    let facts = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let flags = facts.split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
    return Set(flags.split(separator: " "))
  }()

  /// Whether it has all of some features, in the names of the kernel.
  public static func has(_ names: Substring...) -> Bool { features.isSuperset(of: names) }
}
