/// What is known of a file before it is there.
package struct FileIdentity: Sendable, Equatable {
  /// Bytes; nil where nobody says.
  package var size: Int?
  /// SHA-256 as 64 small hexadecimal digits; nil where nobody says.
  package var sha256: String?

  /// What is known.
  package init(size: Int? = nil, sha256: String? = nil) {
    (self.size, self.sha256) = (size, sha256)
  }

  /// Whether a text is a SHA-256 in small hexadecimal digits.
  package static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
  }
}
