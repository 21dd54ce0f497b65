internal import CLinux
internal import Glibc
internal import Synchronization
internal import System

/// The samples of one dictation: written by one thread, read by another, each at its own pace.
///
/// They lie in a file of the spool, where they outlive the daemon, or in memory alone where
/// nothing may be kept; hours of them are no matter. A file that cannot grow is left behind, and
/// the samples go on in memory. Until it is sealed, the file is locked while the object lives.
final class Take: Sendable {
  /// Where the samples lie.
  private struct Storage {
    /// The descriptor; -1 before it is there.
    var file: Int32 = -1
    /// The file's path; nil where it is in memory.
    var path: String?
  }

  /// Names the dictation.
  let id: String
  private let folder: String?
  private let storage: Monitor<Storage>
  private let written: Atomic<Int>

  /// Samples written so far.
  var count: Int { written.load(ordering: .acquiring) }

  /// The file, a 32-bit float WAV; nil where there is none.
  var path: String? { storage.withLock(\.path) }

  /// A take without samples; there is no file before `create`.
  ///
  /// - Parameters:
  ///   - id: Names the dictation.
  ///   - folder: Where the file is to be; nil for memory.
  init(id: String, in folder: String?) {
    self.id = id
    self.folder = folder
    storage = Monitor(Storage())
    written = Atomic(0)
  }

  /// Makes the file that samples go to, or room in memory.
  ///
  /// - Throws: An error when there is room nowhere.
  func create() throws(ServiceError) {
    let path = folder.map { "\($0)/\(id).wav" }
    let spooled = path.map { open($0, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) } ?? -1
    let file = spooled >= 0 ? spooled : clinux_memory_file()
    guard file >= 0 else { throw .noRoom(errno) }
    _ = flock(file, LOCK_EX | LOCK_NB)
    storage.withLock { $0 = Storage(file: file, path: spooled >= 0 ? path : nil) }
  }

  /// Takes over what a daemon left behind; nil for a file that is no take, or that another daemon
  /// writes.
  ///
  /// - Parameter path: The file.
  init?(leftBehind path: String) {
    let file = open(path, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { return nil }
    var facts = stat()
    guard flock(file, LOCK_EX | LOCK_NB) == 0, fstat(file, &facts) == 0,
      facts.st_mode & S_IFMT == S_IFREG
    else {
      close(file)
      return nil
    }
    folder = nil
    id = Self.id(path)
    storage = Monitor(Storage(file: file, path: path))
    written = Atomic(max(0, Int(facts.st_size) - WaveHeader.size) / 4)
  }

  deinit { storage.withLock { if $0.file >= 0 { close($0.file) } } }

  /// What names the dictation whose recording lies at a path.
  static func id(_ path: String) -> String {
    String(path.split(separator: "/").last?.split(separator: ".wav").first ?? "")
  }

  /// Adds samples at the end.
  ///
  /// - Throws: An error when there is no room even in memory; samples that fitted stay.
  func append(_ samples: UnsafeBufferPointer<Float>) throws(ServiceError) {
    let start = written.load(ordering: .relaxed)
    let bytes = UnsafeRawBufferPointer(samples)
    let place = WaveHeader.size + 4 * start
    let failure = storage.withLock { storage in
      if Self.write(bytes, at: place, to: storage.file) { return Int32(0) }
      // The disk is full, or gone.
      let memory = clinux_memory_file()
      guard memory >= 0, Self.copy(storage.file, to: memory, upTo: place),
        Self.write(bytes, at: place, to: memory)
      else {
        let failure = errno
        if memory >= 0 { close(memory) }
        return failure
      }
      close(storage.file)
      storage.file = memory
      return 0
    }
    guard failure == 0 else { throw .noRoom(failure) }
    written.store(start + samples.count, ordering: .releasing)
  }

  /// Reads samples.
  ///
  /// - Parameters:
  ///   - start: The place of the first.
  ///   - samples: Room for them.
  /// - Returns: How many there were.
  func read(at start: Int, into samples: UnsafeMutableBufferPointer<Float>) -> Int {
    let wanted = min(samples.count, count - start)
    guard wanted > 0 else { return 0 }
    let place = off_t(WaveHeader.size + 4 * start)
    let bytes = storage.withLock { pread($0.file, samples.baseAddress, 4 * wanted, place) }
    return max(0, bytes) / 4
  }

  /// Makes the file a recording that other programs can read, to be kept, and unlocks it.
  func seal() {
    let header = WaveHeader.bytes(samples: count)
    _ = header.withUnsafeBytes { header in
      storage.withLock { storage in
        storage.path != nil && Self.write(header, at: 0, to: storage.file)
          && flock(storage.file, LOCK_UN) == 0
      }
    }
  }

  /// Removes the file; the samples can still be read.
  func discard() { if let path { unlink(path) } }

  private static func write(_ bytes: UnsafeRawBufferPointer, at place: Int, to file: Int32) -> Bool
  {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = pwrite(
        file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count,
        off_t(place + rest.startIndex))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func copy(_ source: Int32, to target: Int32, upTo end: Int) -> Bool {
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 8) { block in
      var place = 0
      while place < end {
        let count = pread(source, block.baseAddress, min(block.count, end - place), off_t(place))
        guard count > 0,
          write(UnsafeRawBufferPointer(rebasing: block[..<count]), at: place, to: target)
        else { return count == 0 }
        place += count
      }
      return true
    }
  }
}

/// The first bytes of a mono WAV file of 32-bit floats at 16 kHz.
private enum WaveHeader {
  static let size = 44

  static func bytes(samples: Int) -> [UInt8] {
    let length = UInt32(clamping: 4 * samples)
    return Array("RIFF".utf8) + little(length &+ 36) + Array("WAVEfmt ".utf8) + little(UInt32(16))
      + little(UInt16(3)) + little(UInt16(1)) + little(UInt32(16_000)) + little(UInt32(64_000))
      + little(UInt16(4)) + little(UInt16(32)) + Array("data".utf8) + little(length)
  }

  private static func little(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}

extension ServiceError {
  fileprivate static func noRoom(_ failure: Int32) -> ServiceError {
    ServiceError(
      code: Code.failed,
      message: "the recording: cannot be kept: \(String(cString: strerror(failure)))",
      hint: "free some space on the disk or memory")
  }
}
