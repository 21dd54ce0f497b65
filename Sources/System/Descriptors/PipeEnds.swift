internal import CLinux
internal import Glibc

/// Both ends of a pipe, which programs that are started do not inherit.
package struct PipeEnds: ~Copyable, Sendable {
  /// Where it is read, until it is taken.
  package var reading: FileDescriptor?
  /// Where it is written, until it is taken.
  package var writing: FileDescriptor?

  /// A new one.
  ///
  /// - Throws: Where the system has no more descriptors.
  package init() throws(Errno) {
    var ends: [Int32] = [-1, -1]
    try retrying { clinux_pipe(&ends) }
    reading = FileDescriptor(owning: ends[0])
    writing = FileDescriptor(owning: ends[1])
  }
}
