import Foundation
import Service
import System
import Vocabulary

/// The terms in force where somebody works, as the daemon and all commands know them.
///
/// - Parameters:
///   - directory: An absolute path.
///   - request: Terms besides those of lists, as lines of a list.
///   - configuration: The configuration, where it was read already.
/// - Returns: The terms; lists that cannot be used are among the problems.
/// - Throws: `ConfigurationError`, for the configuration names lists too.
func vocabularyInForce(
  directory: String, request: [String] = [], configuration: Configuration? = nil
) throws -> LoadedVocabulary {
  let settings = try (configuration ?? Configuration.load()).vocabulary
  return VocabularyLoader().load(
    files: settings.lists, directory: directory, projectList: settings.projectFile,
    request: request)
}

/// The directory that a command works in: an absolute path.
func workingDirectory(_ directory: String?) -> String {
  let current = FileManager.default.currentDirectoryPath
  guard let directory else { return current }
  return directory.hasPrefix("/") ? directory : "\(current)/\(directory)"
}

/// The files of a code base.
///
/// - Throws: `Failure` where there is no such directory.
func sourceFiles(in folder: String) throws -> SourceFiles {
  let git = findProgram("git", path: ProcessInfo.processInfo.environment["PATH"])
  do throws(Errno) {
    return try SourceFiles(in: folder, git: git)
  } catch {
    throw Failure("\(folder): \(error)", hint: "name a directory", code: .noInput)
  }
}
