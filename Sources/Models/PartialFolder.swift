internal import Checkpoint
internal import Glibc
internal import System

/// A folder that becomes a model at once, when it is complete, or goes away.
struct PartialFolder {
  /// The folder while it is being filled; hidden, beside the model.
  let path: String
  private let root: String
  private let name: String

  private static let prefix = ".partial-"

  /// Makes the folder; removes those that killed imports have left behind.
  init(for name: String, in root: String) throws(ModelError) {
    self.root = root
    self.name = name
    do throws(Errno) {
      try makeFolders(root, mode: 0o755)
    } catch {
      throw .unwritable(path: root, error)
    }
    Self.sweep(root)
    path = "\(root)/\(Self.prefix)\(name)-\(getpid())"
    try? removeModelFolder(path)
    guard mkdir(path, 0o755) == 0 else { throw .unwritable(path) }
  }

  /// Writes one file of the model and brings it to the disk.
  func write(
    _ file: String, _ body: (SafetensorsWriter.Sink<ModelError>) throws(ModelError) -> Void
  ) throws(ModelError) {
    let file = "\(path)/\(file)"
    func attempt<Result: ~Copyable>(
      _ call: () throws(Errno) -> Result
    ) throws(ModelError) -> Result {
      do throws(Errno) { return try call() } catch { throw .unwritable(path: file, error) }
    }
    let descriptor = try attempt { () throws(Errno) in
      try FileDescriptor(opening: file, O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
    }
    try body { (bytes) throws(ModelError) in
      try attempt { () throws(Errno) in try descriptor.write(bytes) }
    }
    try attempt { () throws(Errno) in try descriptor.synchronize() }
  }

  /// Gives the folder its model's name.
  ///
  /// - Parameter overwrite: Whether a model of this name is replaced.
  /// - Throws: `ModelError.unwritable`; the folder is then still partial.
  func commit(overwrite: Bool) throws(ModelError) {
    let target = "\(root)/\(name)"
    // Not swept with partial folders: a crash between the renames must not cost the old model.
    let retired = "\(root)/.retired-\(name)-\(getpid())"
    let replaces = overwrite && rename(target, retired) == 0
    guard rename(path, target) == 0 else {
      let error = ModelError.unwritable(target)
      if replaces { _ = rename(retired, target) }
      throw error
    }
    synchronize(root)
    if replaces { try? removeModelFolder(retired) }
  }

  /// Removes the folder and what is in it.
  func discard() { try? removeModelFolder(path) }

  /// Removes what imports have left that no longer run.
  private static func sweep(_ root: String) {
    for entry in folderEntries(root) where entry.hasPrefix(prefix) {
      let owner = entry.split(separator: "-").last.flatMap { Int32($0) }
      if let owner, kill(owner, 0) == 0 || errno == EPERM { continue }
      try? removeModelFolder("\(root)/\(entry)")
    }
  }
}
