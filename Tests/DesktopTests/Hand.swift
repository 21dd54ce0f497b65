import CLinux
import Desktop
import Foundation
import Testing

/// Presses keys in KWin, by its protocol for that.
struct Hand {
  private let connection: WaylandConnection
  private let keyboard: UInt32

  init(_ session: DesktopSession) throws {
    connection = try WaylandConnection(session)
    keyboard = try #require(
      WaylandGlobals(connection).bind("org_kde_kwin_fake_input", version: 4))
    connection.send(WaylandRequest(keyboard, 0).adding("utter").adding("a test"))
    connection.synchronize()
  }

  func press(_ key: Int32) { set(key, 1) }

  /// Presses a key together with Ctrl, and lets go of both.
  func control(_ key: Int32) {
    press(KEY_LEFTCTRL)
    press(key)
    release(key)
    release(KEY_LEFTCTRL)
  }

  func wait(seconds: Double) { usleep(UInt32(seconds * 1_000_000)) }

  func release(_ key: Int32) { set(key, 0) }

  private func set(_ key: Int32, _ state: UInt32) {
    connection.send(WaylandRequest(keyboard, 10).adding(UInt32(key)).adding(state))
    connection.synchronize()
  }
}
