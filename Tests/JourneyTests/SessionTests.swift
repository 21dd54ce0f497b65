import Foundation
import Service
import TestSupport
import Testing

/// Who types ends with the session, so that the next one has one typist too.
@Suite(.serialized, .timeLimit(.minutes(3))) struct SessionTests {
  @Test func loginsUnderX11() throws {
    try withTemporaryFolder { folder in
      let microphone = try VirtualMicrophone()
      let daemon = try LiveDaemon(in: folder, settings: microphone.environment)
      try logInTwice(VirtualX11Desktop(), microphone, daemon)
    }
  }

  @Test func loginsUnderWayland() throws {
    let desktop = try VirtualWaylandDesktop()
    let microphone = try VirtualMicrophone()
    try logInTwice(desktop, microphone, desktop.daemon(hearing: microphone))
  }

  /// Logs in, out and in again; what is said in each session is typed once.
  private func logInTwice(
    _ desktop: some VirtualDesktop, _ microphone: VirtualMicrophone, _ daemon: LiveDaemon
  ) throws {
    defer { desktop.stop() }
    let display = desktop.environment["WAYLAND_DISPLAY"]
    let listener = try DesktopListener(in: desktop, to: daemon)
    defer { listener.end() }
    try withTemporaryFolder { folder in
      func awaitTypists(_ count: Int) throws {
        // Beside the listener and who asks.
        try waitUntil("\(count) typists") {
          try desktop.status(of: daemon, folder).clients == count + 2
        }
      }
      for number in 1...2 {
        let typist = try desktop.utter("type", of: daemon)
        defer { typist.end() }
        try awaitTypists(1)
        // A second one says who is there, and ends.
        let second = try desktop.utter("type", of: daemon)
        second.waitUntilExit()
        #expect(second.terminationStatus == 69)
        let window = try TypedText(in: desktop, folder: folder)
        for separator in ["", " "] {
          let said = try separator + dictate(in: desktop, microphone, daemon, listener)
          #expect(try window.next(expecting: said) == said)
        }
        // Nothing comes late.
        #expect(try window.next(expecting: "?", limit: 0.3) == "")
        guard number == 1 else { continue }
        try desktop.logInAgain()
        #expect(desktop.environment["WAYLAND_DISPLAY"] == display)
        typist.waitUntilExit()
        #expect(typist.terminationStatus == 0)
        try awaitTypists(0)
      }
    }
  }

  private func dictate(
    in desktop: some VirtualDesktop, _ microphone: VirtualMicrophone, _ daemon: LiveDaemon,
    _ listener: DesktopListener
  ) throws -> String {
    try desktop.utter("record", "start", of: daemon).waitUntilExit()
    try listener.await { $0 == .state(.recording) }
    try microphone.play(Fixtures.committed.appending(path: "audio/digits_02.flac")).waitUntilExit()
    try desktop.utter("record", "stop", of: daemon).waitUntilExit()
    let text = try listener.final()
    #expect(WordErrors.isHeard(text, of: ["eight one zero"]), "\(text)")
    return text
  }
}
