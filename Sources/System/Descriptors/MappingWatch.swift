internal import CLinux

/// Keeps this program alive where a mapped file loses bytes that it reads: it reads zeros instead.
///
/// Whoever uses what was read has to ask afterwards whether it was there.
package struct MappingWatch: ~Copyable, Sendable {
  private let number: Int32

  /// Watches a mapping until this value is gone, which must be before the mapping is.
  ///
  /// - Parameter bytes: The mapping, from its first page on.
  package init(_ bytes: UnsafeRawBufferPointer) {
    number = clinux_watch_mapping(bytes.baseAddress, bytes.count)
  }

  deinit { clinux_forget_mapping(number) }

  /// Whether some bytes were missing, of which zeros have been read since.
  package var isDamaged: Bool { clinux_mapping_is_damaged(number) }
}
