internal import Glibc
internal import System

extension OutputTemplate {
  /// Refuses, before anything is heard, what could not be written or would destroy something.
  ///
  /// Files count as the same by any of their names. A recording that is not there needs no place.
  ///
  /// - Parameters:
  ///   - inputs: Paths of recordings; "-" is standard input.
  ///   - formats: What each becomes.
  ///   - makesFolders: Whether folders that are missing are made.
  /// - Throws: `TranscriptionError` about the first.
  package func check(
    _ inputs: [String], formats: [OutputFormat], makesFolders: Bool = false
  ) throws(TranscriptionError) {
    let statuses = inputs.map { try? $0 == "-" ? FileStatus(of: "/dev/stdin") : FileStatus(of: $0) }
    let recordings = Set(statuses.compactMap(\.self).map { OutputPlace.file($0.identity) })
      .union(inputs.map { .path(FilePath($0)) })
    var owners: [OutputPlace: String] = [:]
    for (index, input) in inputs.enumerated() {
      for format in formats {
        let path = path(for: input, number: index + 1, format: format)
        var places = [OutputPlace.path(FilePath(path))]
        if statuses[index] != nil {
          places.append(try OutputPlace(path, makesFolders: makesFolders))
        }
        for place in places {
          guard !recordings.contains(place) else { throw .overwritesRecording(path: path) }
          if let other = owners.updateValue(input, forKey: place) {
            throw .sharedPath(path, first: other, second: input)
          }
        }
      }
    }
  }
}

/// Which file a transcript becomes, whatever its path.
private enum OutputPlace: Hashable {
  /// As it is written.
  case path(FilePath)
  /// One that is there.
  case file(FileStatus.Identity)
  /// One that is not there yet.
  case name(FilePath, folder: FileStatus.Identity)

  /// Finds it, and makes sure that it may be written.
  init(_ path: String, makesFolders: Bool) throws(TranscriptionError) {
    do throws(Errno) {
      if let status = try Self.status(of: path) {
        guard status.kind != .directory else { throw Errno(EISDIR) }
        try requireAccess(path, W_OK)
        // What is no file takes the text, and no other file takes its place.
        if status.kind == .regular { _ = try Self.folder(of: try endOfLinks(path)) }
        self = .file(status.identity)
        return
      }
      let target = try endOfLinks(path)
      let name = FilePath(target).name
      guard !name.bytes.isEmpty else { throw Errno(EISDIR) }
      if let folder = try Self.folder(of: target) {
        self = .name(name, folder: folder)
        return
      }
    } catch {
      switch error.code {
      case EISDIR: throw .isFolder(path: path)
      case ENAMETOOLONG: throw .longName(path: path)
      default: throw .unwritable(path: path, reason: error.description)
      }
    }
    let folder = (try? endOfLinks(path)).flatMap(parentFolder) ?? "."
    guard makesFolders else { throw .noFolder(path: path, folder: folder) }
    do throws(Errno) { try makeFolders(folder, mode: 0o777) } catch {
      throw .unwritable(path: folder, reason: error.description)
    }
    try self.init(path, makesFolders: false)
  }

  /// The status of what lies at a path; nil where nothing does.
  private static func status(of path: String) throws(Errno) -> FileStatus? {
    do throws(Errno) { return try FileStatus(of: path) } catch {
      guard error.code == ENOENT else { throw error }
      return nil
    }
  }

  /// The folder of a file, in which files may be made; nil where it is not there.
  private static func folder(of path: String) throws(Errno) -> FileStatus.Identity? {
    let folder = parentFolder(of: path) ?? "."
    guard let status = try status(of: folder) else { return nil }
    guard status.kind == .directory else { throw Errno(ENOTDIR) }
    try requireAccess(folder, W_OK | X_OK)
    return status.identity
  }
}
