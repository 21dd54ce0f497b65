import ArgumentParser
import Audio

/// `utter devices`: the microphones of this machine.
struct DevicesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices", abstract: "List the microphones and what they offer.",
    discussion: """
      Prints a line for each device that ALSA names: its name, what it is, its rates, channels \
      and sample formats. An asterisk marks the one that is used when none is named.
      """)

  @Flag(help: "Print a JSON array.")
  var json = false

  func run() throws {
    let rows = try reportingFailure { try DeviceTrial().devices().map(DeviceRow.init) }
    if json {
      print(try rows.json())
    } else {
      for row in rows { print(row.line) }
    }
    if rows.isEmpty {
      tell(
        "no capture devices",
        hint: "plug in a microphone, or add yourself to the group \"audio\" and log in again")
    }
  }
}
