package import Foundation
internal import System

/// A program that stays and holds what stands on selections, until others put something there.
///
/// Neither X11 nor Wayland keep it themselves: it is gone when its owner ends.
package struct ClipboardKeeper: Sendable {
  /// The command of this program that keeps what its standard input holds.
  package static let command = "keep-clipboard"

  private let program: String

  /// - Parameter program: Path of a program with that command; by default the one that runs.
  package init(program: String? = nil) {
    self.program = program ?? runningProgram
  }

  /// Hands selections over to it.
  ///
  /// - Parameters:
  ///   - contents: What it holds.
  ///   - connection: Who owns the selections until then.
  ///   - session: Where.
  /// - Throws: `.noTool` or `.toolFailed` where it does not take them.
  func take(
    _ contents: [Selection: ClipboardContent], from connection: any ClipboardConnection,
    in session: DesktopSession
  ) throws(DesktopError) {
    guard !contents.isEmpty else { return }
    let input: Data
    do {
      let encoder = PropertyListEncoder()
      encoder.outputFormat = .binary
      input = try encoder.encode(contents)
    } catch {
      throw .toolFailed(name: Self.command, reason: "\(error)")
    }
    let process = try session.start(program, [Self.command], input: Array(input))
    var ending = process.wait(.zero)
    connection.serve(.seconds(5)) {
      ending = process.wait(.zero)
      return connection.owned.isDisjoint(with: contents.keys) || ending != nil
    }
    guard ending == nil, connection.owned.isDisjoint(with: contents.keys) else {
      let reason = ending == nil ? "did not take the clipboard in time" : process.complaint
      throw .toolFailed(name: Self.command, reason: reason ?? "ended")
    }
    process.letGo()
  }

  /// Keeps what it is given until nothing of it is its own any more.
  ///
  /// - Parameters:
  ///   - input: What `take` sends.
  ///   - session: Where.
  /// - Throws: `.toolFailed` where the input is something else; what `Clipboard` throws.
  package static func run(_ input: Data, in session: DesktopSession) throws(DesktopError) {
    let contents: [Selection: ClipboardContent]
    do {
      contents = try PropertyListDecoder().decode([Selection: ClipboardContent].self, from: input)
    } catch {
      throw .toolFailed(name: command, reason: "this is no clipboard")
    }
    let connection = try session.clipboard()
    for (selection, content) in contents {
      connection.offer(content, on: [selection], first: nil)
    }
    while !connection.owned.isEmpty || connection.isBusy {
      guard connection.serve(until: .now + .seconds(5)) else { return }
    }
  }
}
