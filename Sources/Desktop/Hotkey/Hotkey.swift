internal import Foundation
internal import System

/// One key on all keyboards, read from the kernel's devices.
///
/// For desktops that cannot bind the release of a key.
package final class Hotkey: Sendable {
  /// What happened to the key.
  package enum Change: Equatable, Sendable {
    /// It went down, on the first keyboard where it did.
    case pressed
    /// It came up, on the last keyboard where it was down, or that keyboard is gone.
    case released
  }

  private let key: Key
  private let folder: String
  private let device: String?
  /// Readable once it shall stop.
  private let stopping: Waker

  /// A key.
  ///
  /// - Parameters:
  ///   - key: Which.
  ///   - device: The only device to read; by default all that have the key, new ones too.
  ///   - folder: Where devices appear, named `event` and a number.
  /// - Throws: `.unusableDevice` where the system has nothing left to wait with.
  package init(
    _ key: Key, device: String? = nil, folder: String = "/dev/input"
  ) throws(DesktopError) {
    self.key = key
    self.device = device
    self.folder = device.map { ($0 as NSString).deletingLastPathComponent } ?? folder
    do throws(Errno) {
      stopping = try Waker()
    } catch {
      throw .unusableDevice(path: device ?? folder, reason: "\(error)")
    }
  }

  /// Devices that have a key: path and name, one line each.
  ///
  /// - Throws: `.noAccess` where none may be read, `.unusableDevice` where there is no folder.
  package static func devices(
    with key: Key, folder: String = "/dev/input"
  ) throws(DesktopError) -> [String] {
    try Keyboards(key: key, folder: folder, device: nil).names
  }

  /// Ends `run`, from any thread.
  package func stop() { stopping.wake() }

  /// Waits for the key until `stop` is called or the body throws.
  ///
  /// A key that is down when it is stopped is reported as released.
  ///
  /// - Parameters:
  ///   - notice: Takes what the user should know, one line.
  ///   - body: Called for each change.
  /// - Throws: `.noAccess` where no device may be read; `.unusableDevice` where the only one or
  ///   the folder cannot be read; what the body throws.
  package func run(notice: (String) -> Void, _ body: (Change) throws -> Void) throws {
    let keyboards = try Keyboards(key: key, folder: folder, device: device)
    if keyboards.isEmpty { notice("no keyboard has this key; waiting for one") }
    var isDown = false
    func report() throws {
      guard keyboards.isDown != isDown else { return }
      isDown.toggle()
      try body(isDown ? .pressed : .released)
    }
    while true {
      var entries = ([stopping.number] + keyboards.descriptors)
        .map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&entries, nfds_t(entries.count), -1) > 0 else { continue }
      if entries[0].revents != 0 { break }
      for entry in entries[1...] where entry.revents != 0 {
        // One press and its release may have come at once.
        for change in try keyboards.changes(of: entry.fd) {
          keyboards.apply(change)
          try report()
        }
      }
    }
    if isDown { try body(.released) }
  }
}
