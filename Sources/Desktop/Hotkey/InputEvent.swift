internal import System

/// What happened to a key, as the kernel writes it.
struct InputEvent: Equatable {
  /// `EV_KEY` and others.
  let type: UInt16
  /// The key's number, for keys.
  let code: UInt16
  /// 1 for pressed, 0 for released, 2 for repeated, for keys.
  let value: Int32

  /// Bytes of an event: a time, of which two words depend on the machine, and the rest.
  static let size = KernelInput.eventSize

  /// Reads exactly one event.
  init(_ bytes: some Collection<UInt8>) {
    let tail = Array(bytes.suffix(8))
    type = UInt16(tail[0]) | UInt16(tail[1]) << 8
    code = UInt16(tail[2]) | UInt16(tail[3]) << 8
    value = Int32(bitPattern: tail[4...].reversed().reduce(0) { $0 << 8 | UInt32($1) })
  }

  /// What the event does to a key.
  func change(of key: Key) -> Change? {
    switch (type, code, value) {
    case (KernelInput.keyEvent, key.code, 1): .pressed
    case (KernelInput.keyEvent, key.code, 0): .released
    case (KernelInput.synchronization, KernelInput.droppedEvents, _): .unknown
    default: nil
    }
  }

  /// What happened to the key.
  enum Change { case pressed, released, unknown }
}
