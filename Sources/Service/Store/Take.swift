internal import Audio
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
  private struct Storage: ~Copyable {
    /// Nil before `create`.
    var file: FileDescriptor?
    /// The file's path; nil where it is in memory.
    var path: String?
    /// Why the samples lie in memory, where they should not.
    var failure: Errno?

    init(file: consuming FileDescriptor? = nil, path: String? = nil) {
      self.file = file
      self.path = path
    }

    /// Makes a file, or room in memory where that is not possible or not wanted.
    init(at path: String?) throws(Errno) {
      if let path {
        do throws(Errno) {
          let new = try FileDescriptor(opening: path, O_RDWR | O_CREAT | O_EXCL)
          try? new.lock()
          self.init(file: new, path: path)
          return
        } catch {
          self.init()
          failure = error
        }
      } else {
        self.init()
      }
      file = try FileDescriptor(inMemory: [])
    }
  }

  /// Names the dictation.
  let id: String
  private let folder: String?
  private let storage: Monitor<Storage>
  private let written: Atomic<Int>

  /// Samples written so far.
  var count: Int { written.load(ordering: .acquiring) }

  /// The file, a 32-bit float WAV; nil where there is none.
  var path: String? { storage.withLock { $0.path } }

  /// Why the samples would not outlive the daemon, though they should; nil where they would.
  var exposure: ServiceError? {
    storage.withLock { $0.failure }.map { failure in
      ServiceError(
        code: .failed,
        message:
          "\(folder ?? id): cannot be written, so that the dictation lies in memory: \(failure)",
        hint: "free some space on the disk, or see who may write there")
    }
  }

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
    do throws(Errno) {
      try storage.withLock { storage throws(Errno) in storage = try Storage(at: path) }
    } catch {
      throw .noRoom(error)
    }
  }

  /// Takes over what a daemon left behind in the spool; nil for a file that is no take, or that
  /// another daemon writes.
  ///
  /// - Parameter path: The file.
  init?(leftBehind path: String) {
    guard let file = StateFolder.open(recording: path), (try? file.lock()) != nil,
      let size = try? file.status().size
    else { return nil }
    folder = nil
    id = Self.id(path)
    storage = Monitor(Storage(file: file, path: path))
    written = Atomic(max(0, size - WaveFile.headerSize) / 4)
  }

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
    let place = WaveFile.headerSize + 4 * start
    do throws(Errno) {
      try storage.withLock { storage throws(Errno) in
        do throws(Errno) { return try storage.file?.write(bytes, at: place) ?? () } catch {
          // The disk is full, or gone.
          storage.failure = error
        }
        let memory = try FileDescriptor(inMemory: [])
        try storage.file?.copy(to: memory, upTo: place)
        try memory.write(bytes, at: place)
        storage.file = consume memory
      }
    } catch {
      throw .noRoom(error)
    }
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
    let room = UnsafeMutableRawBufferPointer(samples.extracting(0..<wanted))
    let place = WaveFile.headerSize + 4 * start
    let bytes = storage.withLock { try? $0.file?.read(into: room, at: place) }
    return (bytes ?? 0) / 4
  }

  /// Makes the file a recording that other programs can read, to be kept, and unlocks it.
  func seal() {
    let header = WaveFile.header(samples: count, isFloat: true)
    try? header.withUnsafeBytes { header in
      try storage.withLock { storage throws(Errno) in
        guard storage.path != nil else { return }
        try storage.file?.write(header, at: 0)
        try storage.file?.unlock()
      }
    }
  }

  /// Removes the file; the samples can still be read.
  func discard() { if let path { unlink(path) } }
}

extension FileDescriptor {
  /// Copies the start of a file to that of another one; their positions stay.
  fileprivate func copy(to target: borrowing FileDescriptor, upTo end: Int) throws(Errno) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    var place = 0
    while place < end {
      let room = UnsafeMutableRawBufferPointer(rebasing: block[..<min(block.count, end - place)])
      let count = try read(into: room, at: place)
      if count == 0 { return }
      try target.write(UnsafeRawBufferPointer(rebasing: block[..<count]), at: place)
      place += count
    }
  }
}

extension ServiceError {
  fileprivate static func noRoom(_ failure: Errno) -> ServiceError {
    ServiceError(
      code: Code.failed, message: "the recording: cannot be kept: \(failure)",
      hint: "free some space on the disk or memory")
  }
}
