internal import Glibc
internal import System

/// Reads a code base, and finds the names that its people say.
package struct CodeBaseScan: Sendable {
  /// A name, and how often it stands in the code.
  package struct Name: Equatable, Sendable {
    /// As it is spelled.
    package let spelling: String
    /// How often it stands there.
    package let uses: Int
    /// What a list says about it.
    package let term: Term
  }

  /// Names, the most telling ones first.
  package let names: [Name]
  /// Files that were read.
  package let files: Int
  /// Files that were left out for what is in them.
  package let skipped: Int
  /// Lines that were read.
  package let lines: Int

  /// Bytes beyond which a file was made by a program.
  private static let largestFile = 2 << 20

  /// Reads the files; memory does not depend on how much there is to read.
  ///
  /// - Parameters:
  ///   - files: What to read; what cannot be read is left out.
  ///   - limit: Names, at most.
  ///   - capacity: Different names that are counted at a time; of more, rare ones are forgotten.
  ///   - progress: Told how much is done, from 0 to 1.
  ///   - isCancelled: Asked before each file whether to stop with what there is.
  package init(
    _ files: SourceFiles, limit: Int, capacity: Int = 500_000,
    progress: (Double) -> Void = { _ in },
    isCancelled: () -> Bool = { false }
  ) {
    var counter = IdentifierCounter(capacity: capacity)
    var (read, skipped, lines) = (0, 0, 0)
    for (index, path) in files.paths.enumerated() {
      if isCancelled() { break }
      progress(Double(index) / Double(files.paths.count))
      guard let bytes = Self.bytes(of: path), SourceText.isWritten(bytes) else {
        skipped += 1
        continue
      }
      read += 1
      lines += bytes.count { $0 == 0x0A }
      bytes.withUnsafeBufferPointer { counter.add($0) }
    }
    progress(1)
    names = IdentifierRanking.names(counter.counts(atLeast: 2), limit: limit)
    (self.files, self.skipped, self.lines) = (read, skipped, lines)
  }

  private static func bytes(of path: String) -> [UInt8]? {
    // Git names links too, and what they lead to may be anything.
    let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW
    guard let file = try? FileDescriptor(opening: path, flags),
      (try? file.status())?.kind == .regular
    else { return nil }
    return try? file.readAll(limit: largestFile)
  }
}
