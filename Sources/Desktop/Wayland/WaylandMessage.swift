/// A message to a Wayland compositor: which object shall do what, with arguments in words of 32
/// bits.
package struct WaylandRequest {
  private var bytes: [UInt8]

  /// A request without arguments yet.
  ///
  /// - Parameters:
  ///   - object: Who shall do it.
  ///   - operation: The number of the request in the object's interface.
  package init(_ object: UInt32, _ operation: UInt16) {
    bytes = []
    append(object)
    append(UInt32(operation))
  }

  /// The same with a number or an object as the next argument.
  package func adding(_ number: UInt32) -> WaylandRequest {
    var request = self
    request.append(number)
    return request
  }

  /// The same with a text as the next argument.
  package func adding(_ text: String) -> WaylandRequest {
    var request = self
    let text = Array(text.utf8) + [0]
    request.append(UInt32(text.count))
    request.bytes += text + [UInt8](repeating: 0, count: (4 - text.count % 4) % 4)
    return request
  }

  /// What is sent: the second word holds the length, too.
  var encoded: [UInt8] {
    var bytes = bytes
    withUnsafeBytes(of: UInt16(clamping: bytes.count)) { bytes.replaceSubrange(6..<8, with: $0) }
    return bytes
  }

  private mutating func append(_ number: UInt32) {
    withUnsafeBytes(of: number) { bytes += $0 }
  }
}

/// A message from a Wayland compositor.
package struct WaylandEvent {
  /// Who tells it.
  let object: UInt32
  /// The number of the event in the object's interface.
  let operation: UInt16
  private let arguments: [UInt8]

  /// The first message of some bytes; nil where it is not all there yet.
  ///
  /// - Parameter bytes: Loses the message.
  init?(takenFrom bytes: inout [UInt8]) {
    func word(_ index: Int) -> UInt32 {
      bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self) }
    }
    guard bytes.count >= 8 else { return nil }
    let length = max(Int(word(1) >> 16), 8)
    guard bytes.count >= length else { return nil }
    (object, operation) = (word(0), UInt16(word(1) & 0xffff))
    arguments = Array(bytes[8..<length])
    bytes.removeFirst(length)
  }

  /// Reads arguments from the first on; what is missing is 0 and empty.
  struct Arguments {
    fileprivate var rest: ArraySlice<UInt8>

    /// The next one, a number or an object.
    mutating func number() -> UInt32 {
      guard rest.count >= 4 else { return 0 }
      defer { rest = rest.dropFirst(4) }
      return rest.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
    }

    /// The next one, a text.
    mutating func text() -> String {
      let length = Int(number())
      defer { rest = rest.dropFirst((length + 3) / 4 * 4) }
      return String(decoding: rest.prefix(max(0, length - 1)), as: UTF8.self)
    }
  }

  /// Its arguments.
  var reader: Arguments { Arguments(rest: arguments[...]) }
}
