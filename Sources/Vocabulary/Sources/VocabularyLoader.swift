internal import Foundation
package import System

/// Reads the lists that a dictation uses, and keeps what it read.
///
/// A list whose content is as before is not read line by line again, and the same lists together
/// give the same matcher at no cost. A list that became broken stays in force as it was. Any
/// thread may call it; it reads files, so those that may not wait do not.
package final class VocabularyLoader: Sendable {
  private struct Kept {
    /// The last content, whether it was usable or not.
    var bytes: [UInt8]
    var list: VocabularyList
    /// The last one that was usable.
    var usable: (bytes: [UInt8], list: VocabularyList)?
  }

  private struct State {
    /// By origin and path.
    var lists: [String: Kept] = [:]
    var matchers: [(key: [Term], matcher: TermMatcher)] = []
  }

  /// The folder of the user's lists; nil for none.
  package let folder: String?
  private let home: String?
  private let state = Monitor(State())

  /// A loader.
  ///
  /// - Parameters:
  ///   - folder: The folder of the user's lists; nil for none.
  ///   - home: The user's home folder; nil for none.
  package init(folder: String?, home: String?) {
    self.folder = folder
    self.home = home
  }

  /// A loader of the lists in the user's folder for configurations.
  package convenience init(_ folders: UserFolders = UserFolders()) {
    self.init(folder: Self.folder(folders), home: try? folders.home)
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
      var sum = VocabularySum()
      if !request.isEmpty {
        let bytes = Array(request.joined(separator: "\n").utf8)
        sum.add(VocabularyList(bytes, file: "request", origin: .request), bytes, .request)
      }
      if hasProject, let path = project?.list(projectList) {
        add(path, .project, to: &sum, &state)
      }
      let global = files + (folder.map { UserLists(folder: $0).paths } ?? [])
      for path in global { add(path, .global, to: &sum, &state) }
      if hasProject, let project, !project.folders.isEmpty {
        let text = VocabularyList.text(of: AutomaticTerms(project).terms)
        let list = VocabularyList(Array(text.utf8), file: "automatic", origin: .automatic)
        sum.add(list, Array(text.utf8), .automatic)
      }
      return sum.vocabulary(matcher(for: sum.terms, &state), folders: folders(of: global))
    }
  }

  /// The user's folder and those of lists; a link and what it leads to may both be replaced.
  private func folders(of lists: [String]) -> Set<String> {
    let ends = lists.map { URL(filePath: $0).resolvingSymlinksInPath().path }
    return Set([folder].compactMap(\.self) + (lists + ends).map(folderOfFile))
  }

  private func add(
    _ path: String, _ origin: Term.Origin, to sum: inout VocabularySum, _ state: inout State
  ) {
    do throws(ListProblem) {
      let bytes = try ListFile(path, isForeign: origin == .project).bytes
      let kept = keep(bytes, path, origin, &state)
      if kept.list.isUsable {
        sum.add(kept.list, bytes, origin)
      } else {
        sum.refuse(kept.list.problems, usable: kept.usable, origin)
      }
    } catch {
      // A list that is gone is no longer meant.
      let isThere = (try? FileStatus(of: path)) != nil
      sum.refuse([error], usable: isThere ? state.lists["\(origin) \(path)"]?.usable : nil, origin)
    }
  }

  private func keep(
    _ bytes: [UInt8], _ path: String, _ origin: Term.Origin, _ state: inout State
  ) -> Kept {
    let key = "\(origin) \(path)"
    let old = state.lists[key]
    if let old, old.bytes == bytes { return old }
    let list = VocabularyList(bytes, file: path, origin: origin)
    let kept = Kept(
      bytes: bytes, list: list, usable: list.isUsable ? (bytes, list) : old?.usable)
    // Projects come and go; the lists of the last ones are enough.
    if state.lists.count >= 64 { state.lists.removeAll() }
    state.lists[key] = kept
    return kept
  }

  private func matcher(for terms: [Term], _ state: inout State) -> TermMatcher {
    if let known = state.matchers.first(where: { $0.key == terms }) { return known.matcher }
    let matcher = TermMatcher(terms)
    state.matchers.append((terms, matcher))
    if state.matchers.count > 4 { state.matchers.removeFirst() }
    return matcher
  }
}
