import ArgumentParser
import Foundation
import Service

/// `utter listen`: what is said, as lines.
struct ListenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "listen", abstract: "Print each dictation's text as a line.",
    discussion: "Ends with exit code 3 when the daemon does.")

  @Flag(help: "Print the daemon's notifications as JSON, one a line.")
  var json = false

  @Flag(help: "Print what the text looks like so far, too: lines that begin with “… ”.")
  var partials = false

  @Flag(help: "End after one dictation.")
  var once = false

  func run() throws {
    try reportingFailure {
      let client = try DaemonClient()
      var topics: Set<Topic> = json ? [.state, .final, .dropped, .error] : [.final, .error]
      if partials { topics.insert(.partial) }
      try client.subscribe(to: topics)
      while true {
        let line = try client.line()
        let news = try? Wire.decoder.decode(Service.Notification.self, from: line)
        if json { try write(line) } else if let news { try show(news) }
        if once, case .final = news { return }
      }
    }
  }

  private func show(_ news: Service.Notification) throws {
    switch news {
    case .final(let text): try write(Data(text.text.utf8))
    case .partial(let settled, let pending): try write(Data("… \(settled)\(pending)".utf8))
    case .error(let error): report(Failure(any: error))
    case .state, .level, .dropped: break
    }
  }

  /// Writes a line at once, for somebody waits for it.
  private func write(_ line: Data) throws {
    try FileHandle.standardOutput.write(contentsOf: line + Data("\n".utf8))
  }
}
