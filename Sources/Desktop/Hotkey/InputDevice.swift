internal import Foundation
internal import System

/// A keyboard, or whatever else has keys, as `/dev/input` shows it.
final class InputDevice {
  let path: String
  private let descriptor: FileDescriptor
  private var pending: [UInt8] = []

  /// Opens it for reading.
  ///
  /// - Throws: `.noAccess`, or `.unusableDevice`.
  init(path: String) throws(DesktopError) {
    self.path = path
    do throws(Errno) {
      descriptor = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
    } catch {
      if error.code == EACCES || error.code == EPERM { throw .noAccess(path: path) }
      throw .unusableDevice(path: path, reason: "\(error)")
    }
  }

  /// What to wait for.
  var number: Int32 { descriptor.number }

  /// What it calls itself; nil for what is no device of the kernel's.
  var name: String? { descriptor.inputDeviceName }

  /// Whether it has a key; a pipe that carries events has every one.
  func has(_ key: Key) -> Bool {
    descriptor.inputDeviceKeys(count: Key.count)?.holds(key) ?? true
  }

  /// Whether a key is down now, where the device can say so.
  func isHeld(_ key: Key) -> Bool {
    descriptor.heldInputDeviceKeys(count: Key.count)?.holds(key) ?? false
  }

  /// The events that came since the last call; nil when the device is gone.
  func events() -> [InputEvent]? {
    let isThere = readPending()
    let whole = pending.count / InputEvent.size * InputEvent.size
    let events = stride(from: 0, to: whole, by: InputEvent.size)
      .map { InputEvent(pending[$0..<$0 + InputEvent.size]) }
    pending.removeFirst(whole)
    return isThere || !events.isEmpty ? events : nil
  }

  /// Reads what there is; false where the device is gone.
  private func readPending() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 64 * InputEvent.size)
    do throws(Errno) {
      while true {
        let count = try buffer.withUnsafeMutableBufferPointer { buffer throws(Errno) in
          try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        if count == 0 { return false }
        pending += buffer[..<count]
      }
    } catch {
      return error.code == EAGAIN
    }
  }
}

extension [UInt8] {
  /// Whether the bit of a key is set.
  fileprivate func holds(_ key: Key) -> Bool { self[Int(key.code) / 8] >> (key.code % 8) & 1 == 1 }
}
