import ArgumentParser
import Audio

/// `utter ask-alsa`: what this program starts to find out whether ALSA survives a device.
struct AskALSACommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: ALSAQuestion.command, abstract: "Try a device for another `utter`.",
    shouldDisplay: false)

  @Argument(help: "The question.")
  var question: [String] = []

  func run() throws {
    guard let question = ALSAQuestion(arguments: question) else {
      throw ValidationError("that is no question")
    }
    try reportingFailure { try question.answer() }
  }
}
