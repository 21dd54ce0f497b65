import Foundation
import TestSupport
import Testing

/// Outside data must never stop the program.
@Suite struct HygieneTests {
  /// Ways to stop the program on the spot.
  private static let traps: [(name: String, pattern: String)] = [
    ("try!", #"\btry!"#), ("fatalError", #"\bfatalError\("#), ("as!", #"\bas!"#),
    ("unowned(unsafe)", #"\bunowned\(unsafe\)"#), ("@testable", "@testable"),
  ]

  @Test func noTrapsInTheSources() throws {
    var files = 0
    for file in try SourceFile.swift(below: Fixtures.repository.appending(path: "Sources")) {
      files += 1
      for (name, pattern) in Self.traps {
        let expression = try Regex(pattern)
        for (index, line) in file.code.enumerated() where line.contains(expression) {
          Issue.record("\(file.path):\(index + 1) holds \(name)")
        }
      }
    }
    #expect(files > 50)
  }

  /// What other packages may use is a promise; only the library for them makes one.
  @Test func nothingIsPublic() throws {
    for file in try SourceFile.swift(below: Fixtures.repository.appending(path: "Sources"))
    where !file.path.hasPrefix("Sources/UtterKit/") {
      for (index, line) in file.code.enumerated() where try line.contains(Regex(#"\bpublic\b"#)) {
        Issue.record("\(file.path):\(index + 1) is public")
      }
    }
  }

  /// What is private stays here: nothing of the program's own can talk to a network.
  @Test func nothingTalksToANetwork() throws {
    let sources = Fixtures.repository.appending(path: "Sources")
    let network = try Regex(
      #"\b(AF_INET6?|PF_INET6?|sockaddr_in6?|getaddrinfo|gethostbyname|URLSession|URLRequest|"#
        + #"FoundationNetworking|CFSocket\w*|SSL_\w+|curl_\w+)\b"#)
    var files = 0
    for path in try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    where [".swift", ".c", ".h", ".inc", ".modulemap"].contains(where: path.hasSuffix) {
      files += 1
      let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
      if let found = text.firstMatch(of: network) {
        Issue.record("\(path) holds \(text[found.range])")
      }
    }
    #expect(files > 50)
    #expect("import FoundationNetworking".contains(network))
    #expect(!"URL(fileURLWithPath:)".contains(network))
  }

  /// The rules themselves, for a pattern that matches nothing would let all pass.
  @Test func trapsAreRecognised() throws {
    for line in ["let x = try! f()", "fatalError(\"no\")", "y as! Int", "@testable import X"] {
      #expect(try Self.traps.contains { line.contains(try Regex($0.pattern)) }, "\(line)")
    }
    for line in ["let x = try f()", "y as Int", "retry!", "try? f()"] {
      #expect(try !Self.traps.contains { line.contains(try Regex($0.pattern)) }, "\(line)")
    }
  }
}
