internal import Foundation
internal import System

/// The right to type what is dictated on a display, which one program at a time has: two would type
/// everything twice, their letters mixed.
///
/// A file is locked for as long as the program lives, however it ends.
package struct TypistSeat: ~Copyable {
  /// Who has the right.
  package struct Holder: Equatable, Sendable {
    /// The display.
    package let display: String
    /// `utter type, process 1234`.
    package let program: String
  }

  private let file: FileDescriptor

  /// How long a program may take to end whose display has just ended.
  private static let patience = Duration.milliseconds(500)

  /// Takes the right.
  ///
  /// - Parameters:
  ///   - session: Where this program will type.
  ///   - folder: The user's own folder for such things; it is made where it is missing.
  ///   - program: What this program is called.
  /// - Throws: `.seatTaken` where another program has it, `.unusableSeat` where there
  ///   can be no such file.
  package init(
    in session: DesktopSession, folder: String, for program: String
  ) throws(DesktopError) {
    let display = session.display
    let path = "\(folder)/\(Self.prefix)\(display.replacing("/", with: "_"))"
    do throws(FolderFault) {
      try requireOwn(folder, .closed)
    } catch {
      throw .unusableSeat(path: error.path, reason: "\(error.reason)")
    }
    // Where it cannot be made, and is not there, the file cannot be opened.
    _ = mkdir(folder, 0o700)
    let file = try Self.open(path)
    let end = ContinuousClock.now + Self.patience
    while try Self.isLocked(file, path) {
      guard ContinuousClock.now < end else {
        let holder = Self.holder(of: file)?.program ?? "another program"
        throw .seatTaken(display: display, program: holder)
      }
      usleep(10_000)
    }
    do throws(Errno) {
      try file.empty()
      try file.write(Array("\(display)\n\(program), process \(getpid())\n".utf8))
    } catch {
      throw .unusableSeat(path: path, reason: "\(error)")
    }
    self.file = file
  }

  /// Who types where.
  ///
  /// - Parameter folder: The user's own folder for such things.
  /// - Returns: One for each display that has a typist.
  package static func holders(in folder: String) -> [Holder] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { $0.hasPrefix(prefix) }.compactMap { name in
      let path = "\(folder)/\(name)"
      guard let file = try? open(path), (try? isLocked(file, path)) == true else { return nil }
      return holder(of: file)
    }
  }

  private static let prefix = "typist-"

  private static func open(_ path: String) throws(DesktopError) -> FileDescriptor {
    do throws(Errno) {
      return try FileDescriptor(opening: path, O_RDWR | O_CREAT | O_NOFOLLOW)
    } catch {
      throw .unusableSeat(path: path, reason: "\(error)")
    }
  }

  /// Locks the file; whether another program has it locked instead.
  private static func isLocked(
    _ file: borrowing FileDescriptor, _ path: String
  ) throws(DesktopError) -> Bool {
    do throws(Errno) {
      try file.lock()
      return false
    } catch {
      guard error.code == EWOULDBLOCK else {
        throw .unusableSeat(path: path, reason: "\(error)")
      }
      return true
    }
  }

  private static func holder(of file: borrowing FileDescriptor) -> Holder? {
    guard let bytes = try? file.readAll(limit: 4_096) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    return lines.count == 2 ? Holder(display: lines[0], program: lines[1]) : nil
  }
}
