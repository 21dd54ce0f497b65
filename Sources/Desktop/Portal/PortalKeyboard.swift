internal import CXCB
internal import Glibc
internal import System

/// Typing through keys that the desktop presses for a program, if the user permits it.
///
/// In the portal this is the interface RemoteDesktop. It finds the key that makes a character; one
/// that the layout lacks it leaves out without a word, so that only those of the layout are typed.
/// What was permitted holds as long as a text is typed; the desktop remembers that it may be again.
final class PortalKeyboard: Keystrokes {
  private let session: DesktopSession
  private let delay: Duration?
  private var permission: Permission?

  /// What lets it press keys.
  private struct Permission {
    let portal: Portal
    let handle: String
    let waker: PortalWaker
  }

  private static let name = "portal"
  static let interface = "RemoteDesktop"
  /// The kind of devices that are keyboards.
  private static let keyboards: UInt32 = 1
  /// That a permission holds until the user takes it back.
  private static let untilTakenBack: UInt32 = 2
  /// What takes longer than this was shown to the user.
  private static let glance = Duration.milliseconds(500)
  /// Microseconds until the window below a dialog has the keyboard again.
  private static let comeback: UInt32 = 700_000
  private static let symbols: [Unicode.Scalar: Int32] = [
    "\n": XKB_KEY_Return, "\t": XKB_KEY_Tab, "\u{1B}": XKB_KEY_Escape,
  ]

  init(session: DesktopSession, delay: Duration?) { (self.session, self.delay) = (session, delay) }

  deinit {
    if let permission { try? permission.portal.close(permission.handle) }
  }

  /// Whether the desktop of a session presses keys for programs.
  static func isOffered(in session: DesktopSession) -> Bool {
    guard let waker = try? PortalWaker(), let portal = try? Portal(session, unless: waker.number),
      let types = try? portal.property("AvailableDeviceTypes", of: interface)?.number
    else { return false }
    return types & keyboards != 0
  }

  func untypable(in text: KeystrokeText) throws(DesktopError) -> (Set<Character>, reason: String)? {
    let letters = text.text.filter { !$0.unicodeScalars.allSatisfy(Self.symbols.keys.contains) }
    if letters.isEmpty { return nil }
    let layout = try WaylandLayout(session)
    let others = letters.filter { character in
      !character.unicodeScalars.allSatisfy {
        Self.symbols[$0] != nil || layout.characters.contains($0)
      }
    }
    return others.isEmpty ? nil : (Set(others), layout.limits)
  }

  func type(_ text: KeystrokeText) throws(DesktopError) {
    let all = text.text.unicodeScalars.count
    for (typed, scalar) in text.text.unicodeScalars.enumerated() {
      let symbol =
        Self.symbols[scalar] ?? Int32(bitPattern: xkb_utf32_to_keysym(scalar.value))
      do throws(DesktopError) {
        for isDown in [true, false] { try notify("NotifyKeyboardKeysym", symbol, isDown) }
      } catch {
        guard typed > 0 else { throw error }
        throw .interrupted(name: Self.name, typed: typed, of: all)
      }
      if let delay { usleep(UInt32(delay / .microseconds(1))) }
    }
  }

  func waitUntilReady() throws(DesktopError) { _ = try permit() }

  func press(_ chord: Chord) throws(DesktopError) {
    let codes = chord.codes.map { Int32($0) }
    for code in codes { try notify("NotifyKeyboardKeycode", code, true) }
    for code in codes.reversed() { try notify("NotifyKeyboardKeycode", code, false) }
  }

  private func notify(_ method: String, _ key: Int32, _ isDown: Bool) throws(DesktopError) {
    let permission = try permit()
    _ = try permission.portal.bus.call(
      Portal.interface(Self.interface), method,
      [.path(permission.handle), .options([:]), .signed(key), .number(isDown ? 1 : 0)])
  }

  /// Asks the desktop, which may ask the user.
  private func permit() throws(DesktopError) -> Permission {
    if let permission { return permission }
    let waker = try PortalWaker()
    let portal = try Portal(session, unless: waker.number)
    let created = try portal.createSession(of: Self.interface)
    guard let handle = created?.handle else { throw .notPermitted(code: created?.code ?? 2) }
    let permission = Permission(portal: portal, handle: handle, waker: waker)
    do throws(DesktopError) { try start(permission) } catch {
      try? portal.close(handle)
      throw error
    }
    self.permission = permission
    return permission
  }

  private func start(_ permission: Permission) throws(DesktopError) {
    let (portal, handle) = (permission.portal, permission.handle)
    let token = PortalToken(session)
    var options = ["types": BusValue.number(Self.keyboards)]
    if try portal.version(of: Self.interface) > 1 {
      options["persist_mode"] = .number(Self.untilTakenBack)
      options["restore_token"] = token.text.map { .text($0) }
    }
    let selected = try portal.request(
      Self.interface, "SelectDevices", [.path(handle)], options: options)
    guard selected?.code == 0 else { throw .notPermitted(code: selected?.code ?? 2) }
    let asked = ContinuousClock.now
    let started = try portal.request(Self.interface, "Start", [.path(handle), .text("")])
    guard let started, started.code == 0,
      started.results["devices"].map({ ($0.number ?? 0) & Self.keyboards != 0 }) ?? true
    else { throw .notPermitted(code: started?.code ?? 2) }
    // After a dialog the window has to get the keyboard back, of which nobody tells.
    if ContinuousClock.now - asked > Self.glance { usleep(Self.comeback) }
    // Each holds once.
    if let next = started.results["restore_token"]?.text { token.keep(next) }
  }
}
