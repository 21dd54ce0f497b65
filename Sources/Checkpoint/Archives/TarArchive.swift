/// The regular files of a tar archive, located inside the mapped file.
///
/// Reads plain, ustar, GNU and pax archives. Links, devices and names that point outside the
/// archive are refused: no model has them.
package struct TarArchive: Sendable {
  /// Contents by name; a leading `./` is dropped.
  package private(set) var members: [String: FileRegion] = [:]
  /// The archive itself, for error messages.
  private let region: FileRegion

  /// Reads the headers, not the contents.
  package init(_ region: FileRegion) throws(CheckpointError) {
    self.region = region
    var position = 0
    var next = TarOverrides()
    var entries = 0
    var namesBytes = 0
    while true {
      guard let block = region.part(offset: position, count: TarHeader.size) else {
        throw region.truncated("the archive ends without its end mark")
      }
      guard let header = try TarHeader(block) else { return }
      entries += 1
      try region.require(entries, within: .tarEntries)
      let size = next.size ?? header.size
      position += TarHeader.size
      guard let content = region.part(offset: position, count: size) else {
        throw region.truncated(
          "\(next.name ?? header.name) is cut off: \(size) bytes are announced")
      }
      if header.describesNext {
        namesBytes += content.count
        try region.require(content.count, within: .tarName)
        try region.require(namesBytes, within: .tarNames)
      }
      // The content lies inside the file, so rounding up cannot overflow.
      position += (size + TarHeader.size - 1) / TarHeader.size * TarHeader.size

      switch header.kind {
      case .file:
        try add(next.name ?? header.name, content)
        next = TarOverrides()
      case .directory:
        _ = try safeName(next.name ?? header.name)
        next = TarOverrides()
      case .longName: next.name = try TarOverrides.longName(content)
      case .attributes: try next.read(attributes: content)
      case .ignored: break
      case .refused(let what):
        throw region.forbidden("\(next.name ?? header.name) is \(what), which no model holds")
      }
    }
  }

  private mutating func add(_ rawName: String, _ content: FileRegion) throws(CheckpointError) {
    let name = try safeName(rawName)
    guard members.updateValue(content, forKey: name) == nil else {
      throw region.malformed("the archive holds \(name) twice")
    }
  }

  /// The name without `.` components; refuses names that leave the archive's folder.
  private func safeName(_ name: String) throws(CheckpointError) -> String {
    let components = name.split(separator: "/").filter { $0 != "." }
    guard !name.hasPrefix("/"), !components.contains("..") else {
      throw region.forbidden("member \(name) points outside the archive")
    }
    return components.joined(separator: "/")
  }
}

/// What GNU and pax headers say about the member that follows.
private struct TarOverrides {
  var name: String?
  var size: Int?

  /// A GNU long name: text that ends at the first NUL.
  static func longName(_ content: FileRegion) throws(CheckpointError) -> String {
    let text = content.bytes.prefix { $0 != 0 }
    guard let name = String(validating: text, as: UTF8.self) else {
      throw content.malformed("a member's name is not UTF-8")
    }
    return name
  }

  /// Pax records: `LENGTH KEY=VALUE\n`, where the length counts the whole record.
  mutating func read(attributes content: FileRegion) throws(CheckpointError) {
    var rest = content.bytes[...]
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
        let digits = String(validating: rest[..<space], as: UTF8.self),
        let length = Int(digits), length > space - rest.startIndex + 1, length <= rest.count,
        let record = String(
          validating: rest[(space + 1)..<(rest.startIndex + length)], as: UTF8.self),
        record.hasSuffix("\n"), let equals = record.firstIndex(of: "=")
      else {
        throw content.malformed("a pax header is damaged")
      }
      let value = record[record.index(after: equals)...].dropLast()
      switch record[..<equals] {
      case "path": name = String(value)
      case "size":
        guard let number = Int(value), number >= 0 else {
          throw content.malformed("a pax header holds the size \(value)")
        }
        size = number
      default: break
      }
      rest = rest[(rest.startIndex + length)...]
    }
  }
}
