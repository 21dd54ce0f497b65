package import Foundation

/// What programs cut, copy and paste by.
package enum Selection: String, CaseIterable, Codable, Sendable {
  /// What Ctrl+C copies to.
  case clipboard
  /// What the mouse has selected; terminals paste it with Shift+Insert.
  case primary
}

/// What stands on a selection: one thing, in all the types in which it can be had.
package struct ClipboardContent: Codable, Equatable, Sendable {
  /// The thing in one type.
  package struct Item: Codable, Equatable, Sendable {
    /// What those name who ask for it: a MIME type, or one of X11's targets such as `STRING`.
    package let name: String
    /// What X11 calls it when it is handed over; the name, where they agree.
    package let kind: String
    /// Bits of the units that X11 takes it for.
    package let format: UInt8
    /// The thing.
    package let bytes: Data

    /// An item.
    ///
    /// - Parameters:
    ///   - name: What those name who ask for it.
    ///   - kind: What X11 calls it; nil for the same.
    ///   - format: Bits of its units.
    ///   - bytes: The thing.
    package init(_ name: String, kind: String? = nil, format: UInt8 = 8, _ bytes: Data) {
      (self.name, self.kind, self.format, self.bytes) = (name, kind ?? name, format, bytes)
    }
  }

  /// What could be read, in the owner's order.
  package var items: [Item]
  /// Types that were too large, or did not come in time.
  package var missing: [String]

  /// Content of these items.
  package init(_ items: [Item], missing: [String] = []) {
    (self.items, self.missing) = (items, missing)
  }

  /// An item's bytes.
  package subscript(name: String) -> Data? { items.first { $0.name == name }?.bytes }

  /// Names of plain text, the best first.
  static let textNames = [
    "text/plain;charset=utf-8", "UTF8_STRING", "text/plain", "TEXT", "STRING",
  ]

  /// The type by which programs that remember what was copied know what they shall not.
  static let hint = "x-kde-passwordManagerHint"

  /// A text that was dictated: nobody copied it, and nobody shall remember it.
  static func dictated(_ text: String) -> ClipboardContent {
    let bytes = Data(text.utf8)
    // To X11 a STRING is Latin-1.
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    let texts = textNames.filter { $0 != "STRING" || isASCII }.map { name in
      Item(name, kind: name == "TEXT" ? "UTF8_STRING" : name, bytes)
    }
    return ClipboardContent(texts + [Item(hint, Data("secret".utf8))])
  }

  /// Adds a type that is but another name of one that is there already; false where it is not.
  mutating func addTwin(_ name: String) -> Bool {
    let names = ["text/plain;charset=utf-8", "UTF8_STRING"]
    guard names.contains(name), let twin = items.first(where: { names.contains($0.name) }) else {
      return false
    }
    items.append(Item(name, twin.bytes))
    return true
  }

  /// Brings the items into the owner's order: some programs take the first type that they know.
  mutating func sort(as names: [String]) {
    items = names.compactMap { name in items.first { $0.name == name } }
  }

  /// Names that ask the owner to do something, tell of it, or are of use to it alone.
  ///
  /// They are X11's, and offered by GTK's programs in Wayland, too.
  private static let others: Set = [
    "TARGETS", "MULTIPLE", "TIMESTAMP", "SAVE_TARGETS", "DELETE", "INSERT_PROPERTY",
    "INSERT_SELECTION", "ADOBE_DELETE", "GTK_TEXT_BUFFER_CONTENTS",
  ]

  /// In which order to read types, when there may be time or room for some only.
  static func order(_ names: [String]) -> [String] {
    func rank(_ name: String) -> Int {
      if name == hint { return 0 }
      if textNames.contains(name) { return 1 }
      if name == "COMPOUND_TEXT" { return 6 }
      if name.hasPrefix("text/") || name.hasPrefix("x-special/") { return 2 }
      if name == "image/png" { return 3 }
      return name.hasPrefix("image/") ? 5 : 4
    }
    return names.filter { !others.contains($0) }.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }
    .map(\.element)
  }
}

/// How much of what others have copied is kept.
enum ClipboardLimits {
  /// Bytes of all types.
  static let size = 64 << 20
  /// For reading all types of all selections.
  static let time = Duration.seconds(3)
  /// For an owner to say what it has, or to hand over the next piece.
  static let patience = Duration.seconds(1)
}
