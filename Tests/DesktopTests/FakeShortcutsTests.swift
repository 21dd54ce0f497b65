import Desktop
import Foundation
import TestSupport
import Testing

/// What other desktops than Plasma say to who wants keys watched, GNOME's answers among it.
@Suite struct FakeShortcutsTests {
  private static let handle = "/org/freedesktop/portal/desktop/session/test/utter"

  /// A portal that binds what it says, with a code that may be wrong.
  private static func portal(
    binding list: [(id: String, keys: String)], code: UInt32 = 0, creation: UInt32 = 0
  ) throws -> FakeBus {
    let entries = list.map { entry in
      BusValue.structure([
        .text(entry.id), .options(["trigger_description": .text(entry.keys)]),
      ])
    }
    let shortcuts: [String: BusValue] = ["shortcuts": .array(entries, of: "(sa{sv})")]
    return try FakeBus(as: ["org.freedesktop.portal.Desktop"]) { call in
      switch call.method {
      case "Get": .values([.variant(.number(1))])
      case "CreateSession": .response(creation, ["session_handle": .text(handle)])
      case "BindShortcuts": .response(code, shortcuts)
      case "ListShortcuts": .response(0, shortcuts)
      case "Close": .values([])
      default: nil
      }
    }
  }

  private func shortcuts(_ bus: FakeBus) throws -> GlobalShortcuts {
    try GlobalShortcuts(session: bus.session, proposing: ShortcutKeys("super+f9"), for: .toggle)
  }

  /// GNOME says 2 where it did bind them, and lists them.
  @Test(arguments: [0, 2] as [UInt32]) func whatIsListedCounts(_ code: UInt32) throws {
    let bus = try Self.portal(binding: [("toggle", "Super+F9"), ("hold", "")], code: code)
    #expect(try shortcuts(bus).keep() == ["Start or stop dictation: Super+F9"])
    #expect(try shortcuts(bus).kept() == ["Start or stop dictation: Super+F9"])
    // The keys are proposed for the one that is meant.
    let bound = try #require(bus.calls.first { $0.method == "BindShortcuts" })
    let proposals = bound.values[1].parts.map { $0.parts[1].options["preferred_trigger"]?.text }
    #expect(bound.values[1].parts.map { $0.parts[0].text } == ["hold", "toggle"])
    #expect(proposals == [nil, "LOGO+F9"])
    #expect(bus.calls.filter { $0.method == "Close" }.count == 2)
  }

  @Test func refusalsAreTold() throws {
    let user = try Self.portal(binding: [], code: 1)
    #expect(throws: DesktopError.notBound(code: 1)) { try shortcuts(user).keep() }
    let desktop = try Self.portal(binding: [], creation: 2)
    #expect(throws: DesktopError.notBound(code: 2)) { try shortcuts(desktop).keep() }
    #expect(throws: DesktopError.notBound(code: 2)) { try shortcuts(desktop).kept() }
    #expect(throws: DesktopError.notForgotten) { try shortcuts(desktop).forget() }
    let none = try FakeBus(as: ["org.freedesktop.portal.Desktop"]) { _ in nil }
    for call in [GlobalShortcuts.keep, GlobalShortcuts.kept] {
      let error = #expect(throws: DesktopError.self) { _ = try call(shortcuts(none))() }
      guard case .noShortcuts = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  /// Each of the two is held and pressed by itself, however often the desktop repeats it.
  @Test func repetitionsAndOtherSessionsDoNothing() throws {
    let bus = try Self.portal(binding: [("toggle", ""), ("hold", "")])
    let run = HotkeyRun(try shortcuts(bus))
    #expect(
      run.nextNotice() == "Start or stop dictation: no key; the desktop's settings have it")
    func emit(_ member: String, _ id: String, _ session: String = Self.handle) {
      bus.emit(
        "org.freedesktop.portal.GlobalShortcuts", member,
        [.path(session), .text(id), .number(0), .options([:])],
        from: "/org/freedesktop/portal/desktop")
    }
    emit("Activated", "hold", "/another/session")
    emit("Activated", "unknown")
    emit("Deactivated", "hold")
    for _ in 0..<3 { emit("Activated", "hold") }
    #expect(run.next() == .pressed)
    for _ in 0..<3 { emit("Activated", "toggle") }
    #expect(run.next() == .toggled)
    emit("Deactivated", "hold")
    #expect(run.next() == .released)
    emit("Deactivated", "toggle")
    emit("Activated", "toggle")
    #expect(run.next() == .toggled)
    emit("Activated", "hold")
    #expect(run.next() == .pressed)
    #expect(run.stop() == [.released])
  }
}
