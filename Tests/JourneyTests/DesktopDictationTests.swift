import Foundation
import Service
import TestSupport
import Testing

/// A key is held, somebody speaks, and the words stand in the file that an editor saved.
@Suite(.serialized) struct DesktopDictationTests {
  private static let said = [
    ("digits_03", "seven zero nine four four seven"),
    ("digits_02", "eight one zero"),
  ]
  private static let program = "'\(CommandRunner.program.path)'"

  @Test func underX11() throws {
    try withTemporaryFolder { folder in
      let desktop = try VirtualX11Desktop()
      defer { desktop.stop() }
      let microphone = try VirtualMicrophone()
      let daemon = try LiveDaemon(in: folder, settings: microphone.environment)
      // As the guide advises.
      try desktop.run("xset", ["-r", "75"])
      let bindings = folder.appending(path: "sxhkdrc")
      try """
      F9
          \(Self.program) record start
      @F9
          \(Self.program) record stop
      """.write(to: bindings, atomically: true, encoding: .utf8)
      let keys = try desktop.startSxhkd(bindings, settings: daemon.variables)
      defer { keys.end() }
      try dictate(in: desktop, microphone, daemon, picture: "dictated-x11")
    }
  }

  @Test func underWayland() throws {
    try withTemporaryFolder { folder in
      let repeats = folder.appending(path: "repeats")
      try Data().write(to: repeats)
      let desktop = try VirtualWaylandDesktop(
        configuration: """
          \(VirtualWaylandDesktop.holdToTalk)
          \(try Self.toggle.replacing("F9", with: "F10"))
          input type:keyboard repeat_delay 50
          bindsym F11 exec echo >> '\(repeats.path)'
          """)
      defer { desktop.stop() }
      let microphone = try VirtualMicrophone()
      let daemon = try desktop.daemon(hearing: microphone)
      try dictate(in: desktop, microphone, daemon, picture: "dictated-wayland")
      // Keys repeat here while they are held.
      try desktop.hold("F11") {
        try waitUntil("the key repeats") { try Data(contentsOf: repeats).count > 2 }
      }
      try toggle(in: desktop, microphone, daemon)
    }
  }

  /// The guide's line for sway that binds one key to start and stop.
  private static var toggle: String {
    get throws {
      let path = Fixtures.repository.appending(path: "Documentation/Guide.md")
      let guide = try String(contentsOf: path, encoding: .utf8)
      let line = try #require(guide.firstMatch(of: /`(bindsym [^`]*) exec utter record toggle`/))
      return "\(line.1) exec \(program) record toggle"
    }
  }

  /// One press starts, however long it is, and the next one stops.
  private func toggle(
    in desktop: some VirtualDesktop, _ microphone: VirtualMicrophone, _ daemon: LiveDaemon
  ) throws {
    let listener = try DesktopListener(in: desktop, to: daemon)
    defer { listener.end() }
    let (recording, words) = Self.said[0]
    let file = Fixtures.committed.appending(path: "audio/\(recording).flac")
    try desktop.hold("F10") {
      try listener.await { $0 == .state(.recording) }
      try microphone.play(file).waitUntilExit()
    }
    var text = ""
    try desktop.hold("F10") { text = try listener.final() }
    #expect(WordErrors.isHeard(text, of: [words]), "\(text)")
    #expect(try daemon.history.count == Self.said.count + 1)
  }

  /// Dictates twice into an editor.
  private func dictate(
    in desktop: some VirtualDesktop, _ microphone: VirtualMicrophone, _ daemon: LiveDaemon,
    picture: String
  ) throws {
    try desktop.whileTyping(of: daemon) { typist, listener, folder in
      let editor = try Editor(in: desktop, folder: folder)
      var text = ""
      for (recording, words) in Self.said {
        let file = Fixtures.committed.appending(path: "audio/\(recording).flac")
        try desktop.hold("F9") {
          try listener.await { $0 == .state(.recording) }
          try microphone.play(file).waitUntilExit()
        }
        let heard = try listener.final()
        #expect(WordErrors.isHeard(heard, of: [words]), "\(heard)")
        text += (text.isEmpty ? "" : " ") + heard
        editor.await(text)
      }
      #expect(try desktop.keepScreenshot(picture, in: folder) > 1)
      let saved = try editor.save()
      #expect(saved == text)
      #expect(typist.isRunning)
      #expect(try daemon.history.count == Self.said.count)
    }
  }
}
