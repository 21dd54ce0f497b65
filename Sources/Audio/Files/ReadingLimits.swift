internal import Glibc
internal import System

/// How long to wait for a recording, and how much of it to take.
///
/// What lies on a disk is there at once. But a pipe may stay silent or never end, and so may the
/// program that decodes what libsndfile does not know.
package struct ReadingLimits: Sendable {
  /// How long there may be nothing to read; nil for ever.
  package var silence: Duration?
  /// Bytes that may be copied.
  package var size = Int.max
  /// Where copies take up room, or in memory where there is none; nil for `$TMPDIR` alone.
  package var folder: String?
  /// Whether what another program decodes is decoded to its end when the recording is opened, so
  /// that whoever reads it waits for nobody.
  package var decodesFirst = false
  /// Asked several times a second whether anybody still wants the recording.
  package var isWanted: @Sendable () -> Bool = { true }

  /// None.
  package init() {}
}

extension ReadingLimits {
  fileprivate func temporaryFile() throws(InputFault.CopyFault) -> FileDescriptor {
    let place = folder ?? Environment.temporaryFolder()
    do throws(Errno) {
      do throws(Errno) { return try FileDescriptor(unnamedIn: place) } catch {
        guard folder != nil else { throw error }
        return try FileDescriptor(inMemory: [])
      }
    } catch {
      throw .noFile(folder: place, error)
    }
  }
}

/// Something to read, for which nobody waits longer than limits permit.
struct PatientReader {
  private let limits: ReadingLimits
  /// Waits for something to read, or the end; false where there is neither in time.
  private let awaitInput: (Duration) -> Bool
  /// Reads what there is; 0 at the end, `EAGAIN` where there is nothing.
  private let input: (UnsafeMutableRawBufferPointer) throws(Errno) -> Int

  /// How long to wait before looking whether to wait on.
  private static let step = Duration.milliseconds(200)

  init(
    within limits: ReadingLimits, awaitInput: @escaping (Duration) -> Bool,
    read: @escaping (UnsafeMutableRawBufferPointer) throws(Errno) -> Int
  ) {
    (self.limits, self.awaitInput, input) = (limits, awaitInput, read)
  }

  /// Waits for the next bytes.
  ///
  /// - Returns: How many; 0 at the end.
  /// - Throws: Why they cannot be read, or are not waited for any more.
  func read(into bytes: UnsafeMutableRawBufferPointer) throws(InputFault.CopyFault) -> Int {
    let start = ContinuousClock.now
    while true {
      do throws(Errno) {
        return try input(bytes)
      } catch {
        guard error.code == EAGAIN else { throw .reading(error) }
      }
      if awaitInput(Self.step) { continue }
      guard limits.isWanted() else { throw .unwanted }
      if let silence = limits.silence, start.duration(to: .now) >= silence {
        throw .silent(silence)
      }
    }
  }

  /// Copies all that comes to a temporary file without a name.
  ///
  /// - Returns: The file, at its start.
  /// - Throws: Why not.
  func copy() throws(InputFault.CopyFault) -> FileDescriptor {
    let file = try limits.temporaryFile()
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    var copied = 0
    while case let count = try read(into: block), count > 0 {
      guard copied + count <= limits.size else { throw .large(limits.size) }
      guard limits.isWanted() else { throw .unwanted }
      do throws(Errno) {
        try file.write(UnsafeRawBufferPointer(rebasing: block[..<count]), at: copied)
      } catch {
        throw .writing(error)
      }
      copied += count
    }
    return file
  }
}
