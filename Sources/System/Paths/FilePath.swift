internal import Glibc

/// The path of a file: bytes, whatever they mean.
///
/// Names on Linux are bytes without a zero. Most are UTF-8, but no one has to be, and two that look
/// the same may be two files: paths are equal where their bytes are.
///
/// Elsewhere a path is mostly a `String`, its *spelling*, in which nothing is lost: a byte that is
/// no UTF-8 is the private character U+10FE00 plus the byte. Whatever opens files here takes
/// spellings.
package struct FilePath: Hashable, Sendable {
  /// All of it.
  package let bytes: [UInt8]

  /// A path of bytes that the system gave, or that will go to it.
  package init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// The path with a spelling.
  package init(_ spelling: String) {
    guard PathSpelling.hasBytes(spelling.utf8) else {
      bytes = Array(spelling.utf8)
      return
    }
    bytes = spelling.unicodeScalars.flatMap { scalar in
      PathSpelling.byte(of: scalar).map { [$0] } ?? Array(String(scalar).utf8)
    }
  }

  /// The path as text, from which it can be made again.
  package var spelling: String {
    if !PathSpelling.hasBytes(bytes), let text = String(validating: bytes, as: UTF8.self) {
      return text
    }
    var text = String.UnicodeScalarView()
    var rest = bytes[...]
    while let first = rest.first {
      let next = (1...4).lazy.compactMap { String(validating: rest.prefix($0), as: UTF8.self) }
        .first
      if let scalar = next?.unicodeScalars.first, PathSpelling.byte(of: scalar) == nil {
        text.append(scalar)
        rest = rest.dropFirst(String(scalar).utf8.count)
      } else {
        text.append(PathSpelling.scalar(of: first))
        rest = rest.dropFirst()
      }
    }
    return String(text)
  }

  /// A path that C wrote.
  init(cString: UnsafePointer<CChar>) {
    self.init(bytes: UnsafeRawBufferPointer(start: cString, count: strlen(cString)))
  }

  /// Lends it as system calls take it.
  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { name in
      // There is at least the zero.
      guard let start = name.baseAddress else { preconditionFailure("a path without a zero") }
      return body(start)
    }
  }
}

// MARK: - Parts

extension FilePath {
  /// What is behind its last slash; empty where it ends in one.
  package var name: FilePath { FilePath(bytes: bytes[nameStart...]) }

  /// The folder that holds it, as the path says; nil where the path does not.
  ///
  /// Slashes at its end do not count.
  package var folder: FilePath? {
    let slash = UInt8(ascii: "/")
    let name = bytes.lastIndex { $0 != slash } ?? 0
    guard let end = bytes[..<name].lastIndex(of: slash) else { return nil }
    return FilePath(bytes: bytes[..<max(1, end)])
  }

  /// Its name without what follows the last point; all of a name with a point only at its start.
  package var stem: FilePath {
    let name = bytes[nameStart...]
    guard let point = name.lastIndex(of: UInt8(ascii: ".")), point > nameStart else {
      return FilePath(bytes: name)
    }
    return FilePath(bytes: name[..<point])
  }

  /// The path of something in this folder.
  package func appending(_ name: FilePath) -> FilePath {
    let slash = bytes.isEmpty || bytes.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]
    return FilePath(bytes: bytes + slash + name.bytes)
  }

  private var nameStart: Int { (bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1 }
}

/// How bytes that are no UTF-8 are kept in text.
package enum PathSpelling {
  /// U+10FE00, far from the private characters that fonts have.
  private static let base: UInt32 = 0x10FE00

  /// The character for a byte of 0x80 … 0xFF.
  static func scalar(of byte: UInt8) -> Unicode.Scalar {
    Unicode.Scalar(base + UInt32(byte)) ?? "\u{FFFD}"
  }

  /// The byte that a character stands for; nil for every other character.
  static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    (base + 0x80...base + 0xFF).contains(scalar.value) ? UInt8(scalar.value - base) : nil
  }

  /// Whether such characters may be among those of a text: all begin with these three bytes.
  static func hasBytes(_ text: some Collection<UInt8>) -> Bool {
    text.contains(0xF4)
      && zip(zip(text, text.dropFirst()), text.dropFirst(2)).contains {
        $0 == (0xF4, 0x8F) && ($1 == 0xBA || $1 == 0xBB)
      }
  }

  /// A text for people: each of those characters becomes `\x` and two digits.
  package static func shown(_ text: String) -> String {
    guard hasBytes(text.utf8) else { return text }
    return text.unicodeScalars.reduce(into: "") { shown, scalar in
      if let byte = byte(of: scalar) {
        shown += "\\x" + String(byte, radix: 16, uppercase: true)
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
  }
}
