import Foundation
import Testing

/// What the kernel knows of a process.
struct ProcessFacts {
  private let folder: URL

  init(_ number: Int32) { folder = URL(filePath: "/proc/\(number)") }

  /// Hundredths of a second that its threads computed.
  var ticks: Int {
    get throws {
      let line = try String(contentsOf: folder.appending(path: "stat"), encoding: .utf8)
      let fields = line[(line.lastIndex(of: ")") ?? line.startIndex)...].split(separator: " ")
      return fields[12...13].compactMap { Int($0) }.reduce(0, +)
    }
  }

  /// Times that its threads went to sleep, by their numbers.
  var switches: [String: Int] {
    get throws {
      let tasks = folder.appending(path: "task")
      let numbers = try FileManager.default.contentsOfDirectory(atPath: tasks.path)
      return try Dictionary(
        uniqueKeysWithValues: numbers.map { number in
          let file = tasks.appending(path: "\(number)/status")
          return (number, try Self.field("voluntary_ctxt_switches", in: file))
        })
    }
  }

  /// Waits until its threads sleep after their work; those that have no more of it end within some
  /// five seconds.
  func settle() throws {
    for _ in 0..<10 {
      // A thread may end while it is looked at.
      let before = try? switches
      Thread.sleep(forTimeInterval: 6)
      if before != nil, before == (try? switches) { return }
    }
  }

  var residentBytes: Int {
    get throws { try 1024 * Self.field("VmRSS", in: folder.appending(path: "status")) }
  }

  /// Its open descriptors.
  var descriptors: Int {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "fd").path).count
    }
  }

  var threads: Int {
    get throws { try Self.field("Threads", in: folder.appending(path: "status")) }
  }

  private static func field(_ name: String, in file: URL) throws -> Int {
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    let line = try #require(lines.first { $0.hasPrefix("\(name):") })
    return try #require(line.split { !$0.isNumber }.first.flatMap { Int($0) })
  }
}
