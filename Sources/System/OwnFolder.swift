internal import Glibc

/// Why a folder, or what lies in it, is not surely the user's own.
package struct FolderFault: Error, Equatable, CustomStringConvertible {
  /// What is wrong with it.
  package enum Reason: Equatable, Sendable {
    /// It belongs to another user, of this number.
    case foreign(UInt32)
    /// Others may put something there.
    case writable
    /// Others may see what is there, and that cannot be changed.
    case readable(Errno)
  }

  /// The folder.
  package let path: String
  /// What is wrong with it.
  package let reason: Reason

  package init(path: String, _ reason: Reason) { (self.path, self.reason) = (path, reason) }

  /// `<what>: <why>`, one line.
  package var description: String { "\(path): \(reason)" }
}

extension FolderFault.Reason: CustomStringConvertible {
  /// The end of a line.
  package var description: String {
    switch self {
    case .foreign(let owner): "belongs to user \(owner), and you are user \(geteuid())"
    case .writable: "others may write there"
    case .readable(let failure): "others may read what is there: \(failure)"
    }
  }
}

/// Who else may look into a folder of the user's.
package enum FolderPrivacy: Sendable {
  /// Nobody: where others may, that is changed.
  case closed
  /// Others may.
  case visible
  /// Others may, and may put there what is theirs, as in `/tmp`.
  case shared
}

/// Makes sure that nobody but the user and root decides what lies at a path, where there is
/// anything.
///
/// - Parameters:
///   - path: A folder, or a file.
///   - privacy: Who else may look into it.
/// - Throws: Why it cannot be trusted.
package func requireOwn(_ path: String, _ privacy: FolderPrivacy = .visible) throws(FolderFault) {
  // What cannot be seen cannot be used either; who tries to is told why.
  guard let status = try? FileStatus(of: path) else { return }
  guard [geteuid(), 0].contains(status.owner) || isUnknown(status.owner) else {
    throw FolderFault(path: path, .foreign(status.owner))
  }
  let isShared = privacy == .shared && status.isSticky
  guard !isOpenToWriting(status) || isShared else { throw FolderFault(path: path, .writable) }
  guard case .closed = privacy, status.permissions & 0o077 != 0 else { return }
  do throws(Errno) {
    try retrying(path) { chmod($0, 0o700) }
  } catch {
    throw FolderFault(path: path, .readable(error))
  }
}

/// Whether others than the owner may write; a group that is the owner's alone is nobody else.
private func isOpenToWriting(_ status: FileStatus) -> Bool {
  if status.permissions & 0o002 != 0 { return true }
  return status.permissions & 0o020 != 0 && !isAlone(status.owner, inGroup: status.group)
}

/// Whether a group is that of one user alone: many systems give each user one, of the same name,
/// and let its members write what the user makes.
private func isAlone(_ user: UInt32, inGroup group: UInt32) -> Bool {
  var room = [CChar](repeating: 0, count: 1 << 16)
  return room.withUnsafeMutableBufferPointer { room in
    guard let start = room.baseAddress else { return false }
    let half = room.count / 2
    var owner = passwd()
    var members = Glibc.group()
    var found: UnsafeMutablePointer<passwd>?
    var foundGroup: UnsafeMutablePointer<Glibc.group>?
    guard getpwuid_r(user, &owner, start, half, &found) == 0, found != nil,
      getgrgid_r(group, &members, start + half, half, &foundGroup) == 0, foundGroup != nil,
      owner.pw_gid == group, strcmp(owner.pw_name, members.gr_name) == 0
    else { return false }
    var next = members.gr_mem
    while let member = next?.pointee {
      if strcmp(member, owner.pw_name) != 0 { return false }
      next = next?.successor()
    }
    return true
  }
}

/// Whether a number stands for all users who have none here, root among them: a sandbox such as
/// systemd's `PrivateUsers=` knows its own user alone.
private func isUnknown(_ user: UInt32) -> Bool {
  func text(_ path: String) -> String? {
    guard let file = try? FileDescriptor(opening: path, O_RDONLY) else { return nil }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = try? bytes.withUnsafeMutableBytes { try file.read(into: $0) }
    return count.map { String(decoding: bytes[..<$0], as: UTF8.self) }
  }
  let numbers = text("/proc/sys/kernel/overflowuid")?.split(separator: "\n").first
  guard let numbers, UInt32(numbers) == user, let map = text("/proc/self/uid_map") else {
    return false
  }
  // Outside of any sandbox, all have one.
  return map.split(whereSeparator: \.isWhitespace) != ["0", "0", "4294967295"]
}
