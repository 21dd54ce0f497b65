internal import CLinux
internal import Foundation

/// A keyboard, or whatever else has keys, as `/dev/input` shows it.
final class InputDevice {
  let path: String
  let descriptor: Int32
  private var pending: [UInt8] = []

  /// Opens it for reading.
  ///
  /// - Throws: `.noAccess`, or `.unusableDevice`.
  init(path: String) throws(DesktopError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == EACCES || errno == EPERM { throw .noAccess(path: path) }
      throw .unusableDevice(path: path, reason: String(cString: strerror(errno)))
    }
  }

  deinit { close(descriptor) }

  /// What it calls itself; nil for what is no device of the kernel's.
  var name: String? {
    var name = [CChar](repeating: 0, count: 256)
    guard clinux_input_name(descriptor, &name, name.count) else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Whether it has a key; a pipe that carries events has every one.
  func has(_ key: Key) -> Bool {
    var bits = [UInt8](repeating: 0, count: Key.count / 8)
    return !clinux_input_keys(descriptor, &bits, bits.count) || bits.holds(key)
  }

  /// Whether a key is down now, where the device can say so.
  func isHeld(_ key: Key) -> Bool {
    var bits = [UInt8](repeating: 0, count: Key.count / 8)
    return clinux_input_held(descriptor, &bits, bits.count) && bits.holds(key)
  }

  /// The events that came since the last call; nil when the device is gone.
  func events() -> [InputEvent]? {
    var isThere = true
    var buffer = [UInt8](repeating: 0, count: 64 * InputEvent.size)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count > 0 {
        pending += buffer[..<count]
        continue
      }
      if count < 0 && errno == EINTR { continue }
      isThere = count < 0 && errno == EAGAIN
      break
    }
    let whole = pending.count / InputEvent.size * InputEvent.size
    let events = stride(from: 0, to: whole, by: InputEvent.size)
      .map { InputEvent(pending[$0..<$0 + InputEvent.size]) }
    pending.removeFirst(whole)
    return isThere || !events.isEmpty ? events : nil
  }
}

extension [UInt8] {
  /// Whether the bit of a key is set.
  fileprivate func holds(_ key: Key) -> Bool { self[Int(key.code) / 8] >> (key.code % 8) & 1 == 1 }
}
