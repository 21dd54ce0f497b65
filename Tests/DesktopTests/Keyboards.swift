import CLinux
import Desktop
import Foundation
import TestSupport
import Testing

/// Pipes in a folder, in the place of keyboards.
final class Keyboards {
  let folder: URL
  private var open: [Keyboard] = []

  init(_ folder: URL) { self.folder = folder }

  /// A pipe that looks like a keyboard.
  func plug(_ name: String) throws -> Keyboard {
    let path = folder.appending(path: name).path
    try #require(mkfifo(path, 0o600) == 0)
    let keyboard = Keyboard(path: path)
    open.append(keyboard)
    return keyboard
  }

  /// Takes it away.
  func unplug(_ keyboard: Keyboard) {
    unlink(keyboard.path)
    keyboard.close()
  }

  /// Starts to read them.
  func start() throws -> HotkeyRun<Hotkey.Change> {
    HotkeyRun(try Hotkey(try Key("RIGHTCTRL"), folder: folder.path))
  }
}

/// Runs a body with a folder for keyboards.
func withKeyboards(_ body: (Keyboards) throws -> Void) throws {
  try withTemporaryFolder { try body(Keyboards($0)) }
}

/// One pipe.
final class Keyboard {
  let path: String
  /// For reading too, so that opening does not wait for a reader and writing never fails.
  private var descriptor: Int32
  private var kept: [UInt8] = []

  init(path: String) {
    self.path = path
    descriptor = open(path, O_RDWR)
  }

  deinit { close() }

  func close() {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }

  /// Whether the reader took all that was written.
  var isRead: Bool {
    var count: Int32 = 0
    return ioctl(descriptor, UInt(FIONREAD), &count) == 0 && count == 0
  }

  /// Writes an event as the kernel does.
  func write(_ type: Int32, _ code: Int32, _ value: Int32, keepingBack count: Int = 0) {
    var event = input_event()
    event.type = UInt16(type)
    event.code = UInt16(code)
    event.value = value
    let bytes = kept + withUnsafeBytes(of: event) { Array($0) }
    kept = bytes.suffix(count)
    write(bytes.dropLast(count))
  }

  func write(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
  }
}
