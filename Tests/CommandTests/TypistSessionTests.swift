import Foundation
import Service
import ServiceTestSupport
import TestSupport
import Testing

/// A typist between its session, which it ends with, and its daemon, which may end and come again.
@Suite(.timeLimit(.minutes(3))) struct TypistSessionTests {
  private static func awaitSubscriber(_ serving: Serving) {
    while serving.server.subscribers(of: .final) < 1 { sched_yield() }
  }

  @Test(arguments: ["type", "paste"]) func itEndsWithItsDisplay(_ command: String) throws {
    try withTemporaryFolder { folder in
      let session = try FakeSession(in: folder, tools: ["wtype", "wl-copy", "wl-paste"])
      try Serving.run(Serving.echo) { serving in
        let typist = try session.start([command], socket: serving.path)
        Self.awaitSubscriber(serving)
        session.logOut()
        typist.waitUntilExit()
        #expect(typist.terminationStatus == 0)
        #expect(session.errors == "utter: display wayland-1: the session is over\n")
      }
    }
  }

  @Test func aSecondOneSaysWhoIsThere() throws {
    try withTemporaryFolder { folder in
      let session = try FakeSession(in: folder)
      try Serving.run(Serving.echo) { serving in
        let first = try session.start(["type"], socket: serving.path)
        Self.awaitSubscriber(serving)
        let second = try session.start(["paste", "--driver", "wtype"], socket: serving.path)
        second.waitUntilExit()
        #expect(second.terminationStatus == 69)
        let holder = "utter type, process \(first.processIdentifier)"
        #expect(session.errors.contains("display wayland-1: \(holder), types"))
        let doctor = try CommandRunner.run(["doctor"], environment: session.environment).output
        #expect(doctor.contains("typist         \(holder), on wayland-1\n"))
        // One that died without a word is in nobody's way.
        kill(first.processIdentifier, SIGKILL)
        first.waitUntilExit()
        while serving.server.subscribers(of: .final) > 0 { sched_yield() }
        let third = try session.start(["type"], socket: serving.path)
        while serving.server.subscribers(of: .final) < 1 { sched_yield() }
        serving.server.publish(.final(.saying("once")))
        try session.awaitTyped("once")
        third.terminate()
        third.waitUntilExit()
      }
    }
  }

  @Test func aWrongDisplayIsNamed() throws {
    try withTemporaryFolder { folder in
      let session = try FakeSession(in: folder)
      let x11 = ["WAYLAND_DISPLAY": "", "DISPLAY": ":987"]
      let wayland = ["WAYLAND_DISPLAY": "wayland-77"]
      for (variables, name) in [(x11, "DISPLAY=:987"), (wayland, "WAYLAND_DISPLAY=wayland-77")] {
        for command in [["type"], ["type", "--stdin"], ["paste", "--stdin", "--driver", "wtype"]] {
          let outcome = try CommandRunner.run(
            command, input: Data("text".utf8),
            environment: session.environment.merging(variables) { $1 })
          #expect(outcome.code == 69)
          #expect(outcome.errors.hasPrefix("utter: \(name): no such display answers\nhint: "))
        }
        let doctor = try CommandRunner.run(
          ["doctor"], environment: session.environment.merging(variables) { $1 })
        #expect(doctor.output.contains("\(name): no such display answers\n"))
      }
    }
  }

  /// The daemon may be started later, and in a folder that is still to be made.
  @Test func itWaitsForTheDaemon() throws {
    try withTemporaryFolder { folder in
      let session = try FakeSession(in: folder)
      let place = SocketPath(folder.appending(path: "later/s").path)
      let typist = try session.start(["type"], socket: place.path)
      defer {
        typist.terminate()
        typist.waitUntilExit()
      }
      try waitUntil("the typist waits") { session.errors.contains("waiting for the daemon\n") }
      let serving = try Serving(place, Serving.echo)
      defer { serving.stop() }
      Self.awaitSubscriber(serving)
      serving.server.publish(.final(.saying("here")))
      try session.awaitTyped("here")
    }
  }

  /// What was said while it had no daemon is typed once, and nothing that was said before.
  @Test func whatItMissedIsTypedOnce() throws {
    try withTemporaryFolder { folder in
      let session = try FakeSession(in: folder)
      let place = SocketPath(folder.appending(path: "s").path)
      let first = try Serving(place, Serving.echo)
      let typist = try session.start(["type"], socket: place.path)
      defer {
        typist.terminate()
        typist.waitUntilExit()
      }
      Self.awaitSubscriber(first)
      first.server.publish(.final(.saying("one", id: "a")))
      try session.awaitTyped("one")
      first.stop()
      let history = [
        entry("d", "not heard", .failed), entry("c", "three"), entry("b", "two"),
        entry("z", "recovered", .recovered), entry("a", "one"), entry("y", "old", age: 90),
      ]
      let second = try Serving(place) { server, request, address, _ in
        guard case .listHistory(_, let last) = request else { return }
        #expect(last == "a")
        // Both on their way: the notification and the history.
        server.publish(.final(.saying("three", id: "c")))
        server.reply(.success(history), to: address)
        server.publish(.final(.saying("four", id: "e")))
      }
      defer { second.stop() }
      try session.awaitTyped("one two three four")
    }
  }

  /// A dictation that ended just now, or some seconds ago.
  private func entry(
    _ id: String, _ text: String, _ outcome: HistoryEntry.Outcome = .done, age: Double = 0
  ) -> HistoryEntry {
    HistoryEntry(
      id: id, time: (Date.now - age).formatted(.iso8601), outcome: outcome, text: text,
      audioMs: 500, model: "m", directory: nil, audio: nil)
  }
}
