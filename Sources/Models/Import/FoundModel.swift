internal import System

/// A model that another program keeps on this machine.
package struct FoundModel: Sendable, Equatable {
  /// What it is called there.
  package let name: String
  /// The file, or the folder.
  package let path: String

  /// What Handy keeps in its own folder of data.
  ///
  /// - Parameter environment: Variables by name.
  /// - Returns: Whatever lies there, by name.
  package static func ofHandy(
    environment: [String: String] = Environment.variables
  ) -> [FoundModel] {
    guard let data = try? UserFolders(environment: environment).data else { return [] }
    let folder = "\(data)/com.pais.handy/models"
    return folderEntries(folder).sorted().filter { !$0.hasPrefix(".") }.map { name in
      let stem = name.hasSuffix(".nemo") ? String(name.dropLast(5)) : name
      return FoundModel(name: stem, path: "\(folder)/\(name)")
    }
  }
}
