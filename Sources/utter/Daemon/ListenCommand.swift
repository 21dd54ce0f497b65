import ArgumentParser
import Desktop
import Foundation
import Service

/// `utter listen`: what is said, as lines.
struct ListenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "listen", abstract: "Print each dictation's text as a line.",
    discussion: """
      Goes on with the next daemon when one ends, and prints what was dictated meanwhile. Without \
      a daemon to begin with, or with --once when the daemon ends, the exit code is 3.
      """)

  @Flag(help: "Print the daemon's notifications as JSON, one a line.")
  var json = false

  @Flag(help: "Print what the text looks like so far, too: lines that begin with “… ”.")
  var partials = false

  @Flag(help: "End after one dictation.")
  var once = false

  @Option(help: "What to make of line ends in a text: keep them, or a space of each.")
  var newlines: LineEnds?

  func run() throws {
    try reportingFailure {
      let lineEnds = try newlines ?? (json ? .keep : LineEnds(Configuration.load().typing))
      var topics: Set<Topic> = json ? [.state, .final, .dropped, .error] : [.final, .error]
      if partials { topics.insert(.partial) }
      var client = try LastingClient(on: topics)
      var isConnected = false
      while true {
        switch client.next() {
        case .notification(let news, let line):
          if json { try printAtOnce(line) } else { try show(news, lineEnds) }
          if once, case .final = news { return }
        case .present: isConnected = true
        case .absent(let error):
          guard isConnected, !once else { throw error }
          report(Failure(any: error))
        case .interruption: break
        }
      }
    }
  }

  private func show(_ news: Service.Notification, _ lineEnds: LineEnds) throws {
    func seen(_ text: String) -> String { SeenText(text, lineEnds: lineEnds).text }
    switch news {
    case .final(let text): try printAtOnce(seen(text.text).utf8)
    case .partial(let settled, let pending):
      try printAtOnce("… \(seen(settled + pending))".utf8)
    case .error(let error): report(Failure(any: error))
    case .state, .level, .dropped: break
    }
  }
}
