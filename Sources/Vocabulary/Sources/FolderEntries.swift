internal import Glibc

/// Names in a folder in alphabetical order, none where it cannot be read.
///
/// - Parameters:
///   - path: The folder.
///   - limit: Names that are looked at, at most.
/// - Returns: Names of files, folders and links that are UTF-8.
func folderEntries(_ path: String, limit: Int = 10_000) -> [String] {
  guard let folder = opendir(path) else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while names.count < limit, let entry = readdir(folder) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if let name, name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}

/// The folder that a file lies in, as far as its path says it.
func folderOfFile(_ path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
