internal import CLinux

/// Devices that have keys, as the kernel shows them in `/dev/input` (`linux/input.h`).
package enum KernelInput {
  /// Bytes of an event: a time, whose size depends on the machine, and eight more.
  package static let eventSize = MemoryLayout<input_event>.size
  /// The type of an event that a key causes.
  package static let keyEvent = UInt16(EV_KEY)
  /// The type of an event about events.
  package static let synchronization = UInt16(EV_SYN)
  /// The code of such an event where some were lost, because nobody read them in time.
  package static let droppedEvents = UInt16(SYN_DROPPED)
}

extension FileDescriptor {
  /// What an input device calls itself; nil for what is no such device.
  package var inputDeviceName: String? {
    var name = [CChar](repeating: 0, count: 256)
    guard clinux_input_name(number, &name, name.count) else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Tells which keys an input device has.
  ///
  /// - Parameter count: Keys to ask for, a multiple of 8.
  /// - Returns: A bit for each; nil for what is no such device.
  package func inputDeviceKeys(count: Int) -> [UInt8]? {
    var bits = [UInt8](repeating: 0, count: count / 8)
    return clinux_input_keys(number, &bits, bits.count) ? bits : nil
  }

  /// Tells which keys of an input device are down.
  ///
  /// - Parameter count: Keys to ask for, a multiple of 8.
  /// - Returns: A bit for each; nil for what is no such device.
  package func heldInputDeviceKeys(count: Int) -> [UInt8]? {
    var bits = [UInt8](repeating: 0, count: count / 8)
    return clinux_input_held(number, &bits, bits.count) ? bits : nil
  }
}
