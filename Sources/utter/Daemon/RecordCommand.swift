import ArgumentParser
import Service

/// `utter record`: what a hotkey calls.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Start and stop a dictation; what a hotkey calls.",
    subcommands: [
      RecordStartCommand.self, RecordStopCommand.self, RecordToggleCommand.self,
      RecordCancelCommand.self,
    ])

  @Flag(help: "Show how loud the microphone is, until the dictation ends.")
  var meter = false

  func run() throws {
    guard meter else { throw CleanExit.helpRequest(self) }
    try reportingFailure { try showLevels(DaemonClient()) }
  }
}

struct RecordStartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Start a dictation: the key went down.")

  @OptionGroup var options: RecordOptions
  @OptionGroup var answer: RecordAnswer

  @Flag(help: "Show how loud the microphone is, until the dictation ends.")
  var meter = false

  func run() throws {
    try reportingFailure {
      try options.withRequest { request, client in
        var request = request
        request.began = ProcessBegin.ofThisProcess
        try answer.ask(.startRecording(request), of: client)
        if meter { try showLevels(client) }
      }
    }
  }
}

struct RecordToggleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "toggle", abstract: "Start a dictation, or stop the one that goes on.")

  @OptionGroup var options: RecordOptions
  @OptionGroup var answer: RecordAnswer

  func run() throws {
    try reportingFailure {
      try options.withRequest { try answer.ask(.toggleRecording($0), of: $1) }
    }
  }
}

struct RecordStopCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop", abstract: "Stop the dictation: the key is up, and its text follows.")

  @OptionGroup var answer: RecordAnswer

  func run() throws {
    try reportingFailure {
      try answer.ask(.stopRecording(began: ProcessBegin.ofThisProcess), of: DaemonClient())
    }
  }
}

struct RecordCancelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Forget what is being said.")

  @OptionGroup var answer: RecordAnswer

  func run() throws {
    try reportingFailure {
      try answer.ask(.cancelRecording(began: ProcessBegin.ofThisProcess), of: DaemonClient())
    }
  }
}
