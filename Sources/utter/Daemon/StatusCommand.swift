import ArgumentParser
import Foundation
import Service

/// `utter status`: how the daemon is.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show how the daemon is.",
    discussion: """
      With --follow it prints a line at every change, also that the daemon stops and that it is \
      back, and does not end by itself.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, waybar }

  @Flag(help: "Print a line at every change.")
  var follow = false

  @Option(help: "text, json or waybar.")
  var format = Format.text

  @Flag(help: "The same as --format json.")
  var json = false

  func run() throws {
    let format = json ? .json : format
    try reportingFailure {
      guard !follow else {
        try StatusLine.follow(showingTime: format == .waybar) {
          try printAtOnce(line($0, format).utf8)
        }
      }
      let client = try DaemonClient()
      switch format {
      case .json: try printAtOnce(client.result(in: client.answer(to: .status)).utf8)
      case .text: try printAtOnce(client.call(.status, as: StatusReport.self).text.utf8)
      case .waybar:
        let report = try client.call(.status, as: StatusReport.self)
        try printAtOnce(StatusLine(report).waybar.utf8)
      }
    }
  }

  private func line(_ line: StatusLine, _ format: Format) -> String {
    switch format {
    case .text: line.word
    case .json: line.json
    case .waybar: line.waybar
    }
  }
}
