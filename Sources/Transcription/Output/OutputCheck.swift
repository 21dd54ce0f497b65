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
    var claims = OutputClaims(among: inputs, makesFolders: makesFolders)
    for (index, input) in inputs.enumerated() {
      try claims.add(formats.map { path(for: input, number: index + 1, format: $0) }, of: input)
    }
  }
}

/// The places of transcripts, each of which one recording has.
package struct OutputClaims {
  private let recordings: Set<OutputPlace>
  private let missing: Set<String>
  private var owners: [OutputPlace: String] = [:]
  private var folders: OutputFolders

  /// Knows the recordings, whose places none may have.
  ///
  /// - Parameters:
  ///   - recordings: Their paths; "-" is standard input.
  ///   - makesFolders: Whether folders of transcripts that are missing are made.
  package init(among recordings: [String], makesFolders: Bool = false) {
    let statuses = recordings.map { path in
      (path, try? FileStatus(of: path == "-" ? "/dev/stdin" : path))
    }
    self.recordings = Set(statuses.compactMap { $1.map { .file($0.identity) } })
      .union(recordings.map { .path(FilePath($0)) })
    missing = Set(statuses.lazy.filter { $1 == nil }.map { $0.0 })
    folders = OutputFolders(makesThem: makesFolders)
  }

  /// Gives places to the transcripts of a recording.
  ///
  /// - Parameters:
  ///   - paths: The paths of its transcripts.
  ///   - recording: One of the recordings.
  /// - Throws: `TranscriptionError` where one cannot be written, or would destroy something.
  package mutating func add(
    _ paths: [String], of recording: String
  ) throws(TranscriptionError) {
    for path in paths {
      var places = [OutputPlace.path(FilePath(path))]
      if !missing.contains(recording) { places.append(try folders.place(of: path)) }
      for place in places {
        guard !recordings.contains(place) else { throw .overwritesRecording(path: path) }
        if let other = owners.updateValue(recording, forKey: place) {
          throw .sharedPath(path, first: other, second: recording)
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
}

/// The folders of transcripts, of which each is tried once.
private struct OutputFolders {
  private let makesThem: Bool
  private var usable: Set<FileStatus.Identity> = []

  init(makesThem: Bool) { self.makesThem = makesThem }

  /// Finds the place of a transcript, and makes sure that it may be written.
  mutating func place(of path: String) throws(TranscriptionError) -> OutputPlace {
    let file: FileStatus?
    let target: FilePath
    do throws(Errno) {
      file = try status(of: path)
      if let file {
        guard file.kind != .directory else { throw Errno(EISDIR) }
        try requireAccess(path, W_OK)
        // What is no file takes the text, and no other file takes its place.
        guard file.kind == .regular else { return .file(file.identity) }
      }
      target = FilePath(try endOfLinks(path))
      guard !target.name.bytes.isEmpty else { throw Errno(EISDIR) }
    } catch {
      switch error.code {
      case EISDIR: throw .isFolder(path: path)
      case ENAMETOOLONG: throw .longName(path: path)
      default: throw .unwritable(path: path, reason: error.description)
      }
    }
    let folder = try use(target.folder?.spelling ?? ".", for: path)
    return file.map { .file($0.identity) } ?? .name(target.name, folder: folder)
  }

  /// Makes sure that a folder takes files, by one without a name: that the permissions are right
  /// says little of what is no disk, or has no room.
  private mutating func use(
    _ folder: String, for path: String
  ) throws(TranscriptionError) -> FileStatus.Identity {
    do throws(Errno) {
      var found = try status(of: folder)
      if found == nil, makesThem {
        try makeFolders(folder, mode: 0o777)
        found = try status(of: folder)
      }
      if let status = found {
        guard status.kind == .directory else { throw Errno(ENOTDIR) }
        if usable.insert(status.identity).inserted { _ = try FileDescriptor(unnamedIn: folder) }
        return status.identity
      }
    } catch {
      throw .closedFolder(folder, path: path, reason: error.description)
    }
    throw .noFolder(path: path, folder: folder)
  }

  /// The status of what lies at a path; nil where nothing does.
  private func status(of path: String) throws(Errno) -> FileStatus? {
    do throws(Errno) { return try FileStatus(of: path) } catch {
      guard error.code == ENOENT else { throw error }
      return nil
    }
  }
}
