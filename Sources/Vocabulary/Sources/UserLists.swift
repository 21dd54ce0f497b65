internal import Glibc
package import System

/// The lists in the user's folder, each a file that ends in `.txt`.
package struct UserLists: Sendable {
  /// Why a list is not changed.
  package enum Fault: Error, Equatable, Sendable, CustomStringConvertible {
    /// No list may be called so.
    case name(String)
    /// What stands in the list, or would stand there, is wrong.
    case list(ListProblem)
    /// A person wrote the list that was to be replaced.
    case handmade(path: String)
    /// Nobody listed the term.
    case unknown(term: String, lists: [String])
    /// The folder or the file cannot be written.
    case unwritable(path: String, Errno)

    /// What and why, one line.
    package var description: String {
      switch self {
      case .name(let name): "\(name): no name for a list"
      case .list(let problem): problem.description
      case .handmade(let path): "\(path): is no list of a code base, and stays as it is"
      case .unknown(let term, let lists):
        lists.isEmpty ? "\(term): there are no lists" : "\(term): in none of the lists"
      case .unwritable(let path, let error): "\(path): \(error)"
      }
    }
  }

  /// The list that terms go to where none is named.
  package static let standard = "terms"

  /// The folder, whether it exists or not.
  package let folder: String

  /// The lists in a folder.
  package init(folder: String) { self.folder = folder }

  /// Paths of the lists, in alphabetical order.
  package var paths: [String] {
    folderEntries(folder).filter { $0.hasSuffix(".txt") && !$0.hasPrefix(".") }
      .map { "\(folder)/\($0)" }
  }

  /// The path of a list, whether it exists or not.
  ///
  /// - Parameter name: Its name without `.txt`.
  /// - Returns: The path.
  /// - Throws: `.name`.
  package func path(of name: String) throws(Fault) -> String {
    let isName =
      (1...100).contains(name.utf8.count) && !name.hasPrefix(".") && !name.hasPrefix("-")
      && name.unicodeScalars.allSatisfy {
        FoldedWord.isLetterOrDigit($0) || "-_.".unicodeScalars.contains($0)
      }
    guard isName else { throw .name(name) }
    return "\(folder)/\(name).txt"
  }

  /// Reads a list.
  ///
  /// - Parameter path: The file.
  /// - Returns: The list, which is usable.
  /// - Throws: `.list` with the first error in it.
  package func list(_ path: String) throws(Fault) -> VocabularyList {
    do throws(ListProblem) {
      let list = VocabularyList(try ListFile(path).bytes, file: path)
      if let error = list.problems.first(where: { $0.severity == .error }) { throw error }
      return list
    } catch {
      throw .list(error)
    }
  }

  /// Writes terms into a list, in place of those with the same spelling.
  ///
  /// - Parameters:
  ///   - terms: The terms.
  ///   - name: The list, which is made where there is none.
  /// - Returns: How many of them the list had before.
  /// - Throws: Why the list stays as it is.
  @discardableResult
  package func set(_ terms: [Term], in name: String) throws(Fault) -> Int {
    let path = try path(of: name)
    var editor = ListEditor(try text(of: path))
    let known = editor.set(terms)
    try write(editor, to: path)
    return known
  }

  /// Gives a list that a program keeps other terms.
  ///
  /// - Parameters:
  ///   - name: The list, which is made where there is none.
  ///   - terms: Its terms.
  ///   - comment: Its first line without the mark of a comment, by which it is known the next time.
  /// - Throws: Why the list stays as it is; `.handmade` where it begins with another line.
  package func replace(_ name: String, with terms: [Term], comment: String) throws(Fault) {
    let path = try path(of: name)
    let head = "# \(comment)\n"
    let old = try text(of: path)
    guard old.isEmpty || old.hasPrefix(head) else { throw .handmade(path: path) }
    try write(ListEditor(head + VocabularyList.text(of: terms)), to: path)
  }

  /// Removes a term from a list.
  ///
  /// - Parameters:
  ///   - spelling: The term's spelling.
  ///   - name: The list; nil for all of them.
  /// - Returns: Paths of the lists that had it.
  /// - Throws: Why a list stays as it is; `.unknown` where none has the term.
  @discardableResult
  package func remove(_ spelling: String, from name: String?) throws(Fault) -> [String] {
    let paths = if let name { [try path(of: name)] } else { paths }
    var changed: [String] = []
    for path in paths {
      var editor = ListEditor(try text(of: path))
      guard editor.remove(spelling) else { continue }
      try write(editor, to: path)
      changed.append(path)
    }
    guard !changed.isEmpty else { throw .unknown(term: spelling, lists: paths) }
    return changed
  }

  private func text(of path: String) throws(Fault) -> String {
    if (try? FileStatus(of: path)) == nil { return "" }
    do throws(ListProblem) {
      let bytes = try ListFile(path).bytes
      guard let text = String(validating: bytes, as: UTF8.self) else {
        let list = VocabularyList(bytes, file: path)
        throw list.problems.first ?? ListProblem(.error, file: path, line: 0, "is not UTF-8")
      }
      return text
    } catch {
      throw .list(error)
    }
  }

  /// Replaces a list, unless the new one would be refused.
  private func write(_ editor: ListEditor, to path: String) throws(Fault) {
    let bytes = Array(editor.text.utf8)
    if let error = VocabularyList(bytes, file: path).problems.first(where: {
      $0.severity == .error
    }) {
      throw .list(error)
    }
    do throws(Errno) {
      try makeFolders(folder)
      try replaceFile(path, with: bytes)
    } catch {
      throw .unwritable(path: path, error)
    }
  }

  private func makeFolders(_ path: String) throws(Errno) {
    if path.isEmpty || (try? FileStatus(of: path))?.kind == .directory { return }
    if let slash = path.lastIndex(of: "/") { try makeFolders(String(path[..<slash])) }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Errno.last }
  }
}
