internal import Audio
internal import System

/// All recordings of a run: those that are named, and those in folders that are named.
package struct InputCollection {
  /// What to transcribe, in order.
  package private(set) var inputs: [TranscriptionInput] = []
  /// Folders in which nothing was found, or that could not be read.
  package private(set) var failures: [TranscriptionError] = []
  /// Whether there may be several, as far as the user's words go.
  package private(set) var isList = false

  /// Nothing yet.
  package init() {}

  /// Adds a recording, or all in a folder and the folders in it.
  ///
  /// In folders it is what a file holds that makes it a recording, not its name. Links to files are
  /// followed there, links to folders are not.
  ///
  /// - Parameter path: A file or a folder; "-" is standard input.
  package mutating func add(_ path: String) {
    guard path != "-", (try? FileStatus(of: path))?.kind == .directory else {
      inputs.append(TranscriptionInput(path))
      isList = isList || inputs.count > 1
      return
    }
    isList = true
    let (count, failed) = (inputs.count, failures.count)
    walk(path) { item in
      switch item {
      case .folder: break
      case .file(let path, _): addFile(path)
      case .unreadable(let folder, let error):
        failures.append(.unreadable(path: folder, reason: error.description))
      }
    }
    if inputs.count == count, failures.count == failed { failures.append(.noRecordings(path)) }
  }

  /// Adds names that a program wrote, each a file or a folder.
  ///
  /// - Parameters:
  ///   - list: The names' bytes.
  ///   - separator: What ends each: a newline, or a zero byte where names may hold newlines.
  package mutating func add(list: [UInt8], separator: UInt8) {
    isList = true
    for name in list.split(separator: separator) {
      // A file called "-" here, for the list itself may come from standard input.
      add(name.elementsEqual([UInt8(ascii: "-")]) ? "./-" : FilePath(bytes: name).spelling)
    }
  }

  /// Adds what a manifest names.
  package mutating func add(manifest: [TranscriptionInput]) {
    isList = true
    inputs += manifest
  }

  /// Adds a file in a folder, where it is a recording.
  private mutating func addFile(_ path: String) {
    do throws(Errno) {
      if try RecordingSignature.isThere(in: path) { inputs.append(TranscriptionInput(path)) }
    } catch {
      failures.append(.unreadable(path: path, reason: error.description))
    }
  }
}
