internal import Foundation
package import System

/// Reads the lists that a dictation uses, and keeps what it read.
///
/// A list whose content is as before is not read line by line again, nor is a long one that any
/// program of the user's read before. A list that became broken stays in force as it was. Any
/// thread may call it; it reads files, so those that may not wait do not.
package final class VocabularyLoader: Sendable {
  private struct Kept {
    /// The last content, whether it was usable or not.
    var bytes: [UInt8]
    /// What is wrong with it.
    var problems: [ListProblem]
    /// The last content that was usable.
    var usable: KnownList?
  }

  private struct State {
    /// By origin and path.
    var lists: [String: Kept] = [:]
    /// Those of `lists` that are in force.
    var used: Set<String> = []
  }

  /// The folder of the user's lists; nil for none.
  package let folder: String?
  private let home: String?
  private let cache: TableCache?
  private let state = Monitor(State())

  /// Lists that are kept for the next time, besides those in force.
  private static let most = 64

  /// A loader.
  ///
  /// - Parameters:
  ///   - folder: The folder of the user's lists; nil for none.
  ///   - home: The user's home folder; nil for none.
  ///   - cache: Keeps what was made of long lists; nil for nothing.
  package init(folder: String?, home: String?, cache: TableCache? = nil) {
    self.folder = folder
    self.home = home
    self.cache = cache
  }

  /// A loader of the lists in the user's folder for configurations.
  package convenience init(_ folders: UserFolders = UserFolders()) {
    self.init(
      folder: Self.folder(folders), home: try? folders.home, cache: TableCache(folders))
  }

  /// Where the user's lists are; nil where there is no home.
  package static func folder(_ folders: UserFolders = UserFolders()) -> String? {
    (try? folders.configuration).map { "\($0)/utter/vocabulary" }
  }

  /// Reads everything that concerns a dictation.
  ///
  /// - Parameters:
  ///   - files: Lists by their paths, besides those in the user's folder.
  ///   - directory: Where the user works, an absolute path; nil for nowhere.
  ///   - hasProject: Whether a list in that directory, or above it, and the names of its files
  ///     count.
  ///   - projectList: The name of a project's list.
  ///   - request: Terms that came with the request, as lines of a list.
  /// - Returns: Terms in force; a list that cannot be used is among the problems.
  package func load(
    files: [String] = [], directory: String? = nil, hasProject: Bool = true,
    projectList: String = ".utter-vocabulary", request: [String] = []
  ) -> LoadedVocabulary {
    let project = directory.map { ProjectFolder($0, home: home) }
    return state.withLock { state in
      state.used = []
      var sum = VocabularySum()
      if !request.isEmpty {
        add(Array(request.joined(separator: "\n").utf8), "request", .request, to: &sum, &state)
      }
      if hasProject, let path = project?.list(projectList) {
        add(path, .project, to: &sum, &state)
      }
      let global = files + (folder.map { UserLists(folder: $0).paths } ?? [])
      for path in global { add(path, .global, to: &sum, &state) }
      if hasProject, let project, !project.folders.isEmpty {
        let text = VocabularyList.text(of: AutomaticTerms(project).terms)
        add(Array(text.utf8), "automatic", .automatic, to: &sum, &state)
      }
      forget(&state)
      return sum.vocabulary(folders: folders(of: global))
    }
  }

  /// The user's folder and those of lists; a link and what it leads to may both be replaced.
  private func folders(of lists: [String]) -> Set<String> {
    let ends = lists.map { URL(filePath: $0).resolvingSymlinksInPath().path }
    return Set([folder].compactMap(\.self) + (lists + ends).map(folderOfFile))
  }

  /// Reads a file and adds its terms.
  private func add(
    _ path: String, _ origin: Term.Origin, to sum: inout VocabularySum, _ state: inout State
  ) {
    do throws(ListProblem) {
      let bytes = try ListFile(path, isForeign: origin == .project).bytes
      add(bytes, path, origin, to: &sum, &state)
    } catch {
      // A list that is gone is no longer meant.
      let isThere = (try? FileStatus(of: path)) != nil
      let key = "\(origin) \(path)"
      state.used.insert(key)
      sum.refuse(
        [error], usable: isThere ? state.lists[key]?.usable : nil, file: path, origin)
    }
  }

  /// Adds the terms of a list.
  private func add(
    _ bytes: [UInt8], _ file: String, _ origin: Term.Origin, to sum: inout VocabularySum,
    _ state: inout State
  ) {
    let kept = keep(bytes, file, origin, &state)
    if let usable = kept.usable, usable.bytes == bytes {
      sum.add(usable, file: file, origin)
    } else {
      sum.refuse(kept.problems, usable: kept.usable, file: file, origin)
    }
  }

  private func keep(
    _ bytes: [UInt8], _ file: String, _ origin: Term.Origin, _ state: inout State
  ) -> Kept {
    let key = "\(origin) \(file)"
    state.used.insert(key)
    let old = state.lists[key]
    if let old, old.bytes == bytes { return old }
    var kept = Kept(bytes: bytes, problems: [], usable: old?.usable)
    if let table = cache?.table(of: bytes, origin) {
      kept.usable = KnownList(bytes, table)
    } else {
      let list = VocabularyList(bytes, file: file, origin: origin)
      kept.problems = list.problems
      if list.isUsable {
        let table = FormTable(list.terms, origin: origin)
        kept.usable = KnownList(bytes, table)
        cache?.keep(table, of: bytes)
      }
    }
    state.lists[key] = kept
    return kept
  }

  /// Projects come and go; the lists of the last ones are enough.
  private func forget(_ state: inout State) {
    guard state.lists.count > state.used.count + Self.most else { return }
    state.lists = state.lists.filter { state.used.contains($0.key) }
  }
}
