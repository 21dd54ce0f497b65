import Foundation
import Glibc
import Service
import TestSupport
import Testing

/// The program that watches the key dies while it is held.
@Suite(.timeLimit(.minutes(3))) struct HotkeyDeathTests {
  @Test func theMicrophoneIsSwitchedOff() throws {
    try withTemporaryFolder { folder in
      let microphone = try PacedMicrophone(hearing: [Int16](repeating: 100, count: 16_000))
      let daemon = try LiveDaemon(in: folder, settings: microphone.environment)
      let client = try daemon.client([.state])
      let keyboard = folder.appending(path: "event0").path
      try #require(mkfifo(keyboard, 0o600) == 0)
      let keys = open(keyboard, O_RDWR | O_CLOEXEC)
      defer { close(keys) }
      let hotkey = Process()
      hotkey.executableURL = CommandRunner.program
      hotkey.arguments = ["hotkey", "--key", "f13", "--device", keyboard]
      hotkey.environment = daemon.environment
      try hotkey.runWithSignals()
      // The time, which nobody reads, the type of a key, KEY_F13, and that it is down.
      let press: [UInt8] = Array(repeating: 0, count: 16) + [1, 0, 183, 0, 1, 0, 0, 0]
      #expect(write(keys, press, press.count) == press.count)
      while try client.notification() != .state(.recording) {}
      kill(hotkey.processIdentifier, SIGKILL)
      while try client.notification() != .state(.idle) {}
      hotkey.waitUntilExit()
    }
  }
}
