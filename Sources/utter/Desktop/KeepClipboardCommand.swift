import ArgumentParser
import Desktop
import Foundation

/// `utter keep-clipboard`: what `paste` starts to hold what it puts back on the clipboard.
struct KeepClipboardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: ClipboardKeeper.command, abstract: "Keep what `utter paste` hands over.",
    shouldDisplay: false)

  func run() throws {
    try reportingFailure {
      try ClipboardKeeper.run(Data(readInput("-")), in: DesktopSession())
    }
  }
}
