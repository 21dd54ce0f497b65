import Foundation
import Service
import Testing

@Suite struct ProtocolArticleTests {
  @Test func itFitsATerminal() {
    for line in ProtocolArticle.text.split(separator: "\n") {
      #expect(line.count <= 100, "\(line)")
    }
  }

  /// Nothing is left out, and nothing is in it that is not in the program.
  @Test func itNamesEveryMethodAndEvent() {
    for topic in Topic.allCases {
      #expect(ProtocolArticle.text.contains("\n    \(topic.rawValue) "), "\(topic)")
    }
    let requests = ProtocolArticle.text.components(separatedBy: "## Requests")[1]
      .components(separatedBy: "## Notifications")[0]
    let methods = requests.split(separator: "\n").filter { $0.hasPrefix("    ") }
      .compactMap { $0.split(separator: " ").first }
    #expect(methods.count == 13)
    for method in methods {
      let line = #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":{"protocol":1}}"#
      #expect(throws: Never.self) { try IncomingRequest(line: Array(line.utf8)).request.get() }
    }
  }
}
