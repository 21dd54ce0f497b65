internal import Foundation

/// What a process of the user has open, as the kernel names it; nothing where it does not tell.
func openFiles(of process: Int32) -> [String] {
  let folder = "/proc/\(process)/fd"
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return names.compactMap {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
  }
}
