internal import CSystemd

/// A message of D-Bus: a call, an answer, or a signal.
package final class BusMessage {
  /// As sd-bus knows it.
  package let handle: OpaquePointer

  /// Takes a reference over.
  package init(owning handle: OpaquePointer) { self.handle = handle }

  deinit { sd_bus_message_unref(handle) }

  /// The object that a signal comes from.
  package var path: String { sd_bus_message_get_path(handle).map { String(cString: $0) } ?? "" }
  /// The signal's name.
  package var member: String { sd_bus_message_get_member(handle).map { String(cString: $0) } ?? "" }

  // MARK: - Writing

  /// Appends values.
  ///
  /// - Returns: Below 0 where that does not go; the number of an error then.
  package func append(_ values: [BusValue]) -> Int32 {
    var result: Int32 = 0
    for value in values where result >= 0 { result = append(value) }
    return result
  }

  private func append(_ value: BusValue) -> Int32 {
    switch value {
    case .text(let text): text.withCString { append("s", $0) }
    case .path(let path): path.withCString { append("o", $0) }
    case .number(let number): withUnsafePointer(to: number) { append("u", $0) }
    case .signed(let number): withUnsafePointer(to: number) { append("i", $0) }
    case .flag(let flag): withUnsafePointer(to: Int32(flag ? 1 : 0)) { append("b", $0) }
    case .variant(let value): append("v", value.signature) { append(value) }
    case .structure(let parts):
      append("r", parts.map(\.signature).joined()) { append(parts) }
    case .array(let parts, let element): append("a", element) { append(parts) }
    case .options(let options):
      append("a", "{sv}") {
        var result: Int32 = 0
        for (name, value) in options where result >= 0 {
          result = append("e", "sv") { min(append(.text(name)), append(.variant(value))) }
        }
        return result
      }
    case .other: 0
    }
  }

  private func append(_ type: Unicode.Scalar, _ value: UnsafeRawPointer) -> Int32 {
    sd_bus_message_append_basic(handle, CChar(type.value), value)
  }

  private func append(
    _ type: Unicode.Scalar, _ contents: String, _ body: () -> Int32
  ) -> Int32 {
    let opened = sd_bus_message_open_container(handle, CChar(type.value), contents)
    guard opened >= 0 else { return opened }
    return min(body(), sd_bus_message_close_container(handle))
  }

  // MARK: - Reading

  /// The values that were not read yet; those behind what cannot be read are missing.
  package func values() -> [BusValue] {
    var values: [BusValue] = []
    while let value = value() { values.append(value) }
    return values
  }

  private func value() -> BusValue? {
    var type: CChar = 0
    var contents: UnsafePointer<CChar>?
    guard sd_bus_message_peek_type(handle, &type, &contents) > 0 else { return nil }
    switch Unicode.Scalar(UInt8(bitPattern: type)) {
    case "s": return text(type).map { .text($0) }
    case "o": return text(type).map { .path($0) }
    case "u": return number(type, UInt32(0)).map { .number($0) }
    case "i": return number(type, Int32(0)).map { .signed($0) }
    case "b": return number(type, Int32(0)).map { .flag($0 != 0) }
    case "v": return inside(type, contents) { $0.value() ?? .other }
    case "r": return inside(type, contents) { .structure($0.values()) }
    case "a":
      let element = contents.map { String(cString: $0) } ?? ""
      guard element == "{sv}" else {
        return inside(type, contents) { .array($0.values(), of: element) }
      }
      return inside(type, contents) { .options($0.entries()) }
    default:
      return sd_bus_message_skip(handle, nil) >= 0 ? .other : nil
    }
  }

  private func entries() -> [String: BusValue] {
    var entries: [String: BusValue] = [:]
    while sd_bus_message_enter_container(handle, CChar(UInt8(ascii: "e")), "sv") > 0 {
      if let name = value()?.text, let value = value() { entries[name] = value }
      guard sd_bus_message_exit_container(handle) >= 0 else { break }
    }
    return entries
  }

  private func inside(
    _ type: CChar, _ contents: UnsafePointer<CChar>?, _ body: (BusMessage) -> BusValue
  ) -> BusValue? {
    guard sd_bus_message_enter_container(handle, type, contents) > 0 else { return nil }
    let value = body(self)
    return sd_bus_message_exit_container(handle) >= 0 ? value : nil
  }

  private func text(_ type: CChar) -> String? {
    var text: UnsafePointer<CChar>?
    guard sd_bus_message_read_basic(handle, type, &text) > 0 else { return nil }
    return text.map { String(cString: $0) }
  }

  private func number<Number: FixedWidthInteger>(_ type: CChar, _ empty: Number) -> Number? {
    var number = empty
    return sd_bus_message_read_basic(handle, type, &number) > 0 ? number : nil
  }
}
