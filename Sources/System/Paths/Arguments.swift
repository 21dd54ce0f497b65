/// What the program was started with.
package enum Arguments {
  /// All but the program's name, as spellings of their bytes (`FilePath`): Swift's own list has
  /// lost those that are no UTF-8.
  package static let spellings: [String] = {
    let arguments = CommandLine.unsafeArgv
    return (0..<Int(CommandLine.argc)).dropFirst().compactMap { index in
      arguments[index].map { FilePath(cString: $0).spelling }
    }
  }()
}
