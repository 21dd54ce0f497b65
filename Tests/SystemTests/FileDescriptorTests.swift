import Foundation
import System
import TestSupport
import Testing

@Suite struct FileDescriptorTests {
  /// A number that nobody else gets meanwhile, for the lowest free one is what the system gives.
  private static func number(from lowest: Int32) throws -> Int32 {
    let number = fcntl(0, F_DUPFD_CLOEXEC, lowest)
    try #require(number == lowest)
    return number
  }

  private static func isOpen(_ number: Int32) -> Bool { fcntl(number, F_GETFD) >= 0 }

  @Test func itIsClosedAtTheEndOfItsScope() throws {
    let number = try Self.number(from: 700)
    do {
      let descriptor = FileDescriptor(owning: number)
      #expect(Self.isOpen(descriptor.number))
    }
    #expect(!Self.isOpen(number))
  }

  /// Closed a second time, its number would by then be somebody else's.
  @Test func itIsClosedOnce() throws {
    let number = try Self.number(from: 710)
    do {
      let descriptor = FileDescriptor(owning: number)
      try descriptor.close()
      #expect(try Self.number(from: 710) == number)
    }
    #expect(Self.isOpen(number))
    Glibc.close(number)
  }

  @Test func whatIsGivenAwayStaysOpen() throws {
    let number = try Self.number(from: 720)
    do { #expect(FileDescriptor(owning: number).release() == number) }
    #expect(Self.isOpen(number))
    Glibc.close(number)
  }

  @Test func anOwnerClosesItWithItself() throws {
    final class Owner {
      private let descriptor: FileDescriptor?
      init(_ descriptor: consuming FileDescriptor?) { self.descriptor = descriptor }
      func size() throws -> Int? { try descriptor?.status().size }
    }
    let number = try Self.number(from: 730)
    var owner: Owner? = Owner(FileDescriptor(owning: number))
    #expect(try owner?.size() == 0 && Self.isOpen(number))
    owner = nil
    #expect(!Self.isOpen(number))
  }

  @Test func aCloseThatFailsIsTold() throws {
    let number = try Self.number(from: 740)
    #expect(throws: Errno(EBADF)) {
      let descriptor = FileDescriptor(owning: number)
      Glibc.close(number)
      try descriptor.close()
    }
  }

  @Test func programsDoNotInheritIt() throws {
    for descriptor in [
      try FileDescriptor(opening: "/dev/null", O_RDONLY).release(),
      try FileDescriptor(inMemory: []).release(),
      try FileDescriptor(unnamedIn: "/tmp").release(),
      try FileDescriptor(duplicating: 0).release(),
      try UnixSocket(.stream).descriptor.duplicate().release(),
    ] {
      #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
      #expect(descriptor > 2)
      Glibc.close(descriptor)
    }
  }

  @Test func errorsSayWhatTheSystemSays() {
    let error = #expect(throws: Errno.self) {
      _ = try FileDescriptor(opening: "/nowhere/at/all", O_RDONLY).number
    }
    #expect(error?.code == ENOENT)
    #expect(error?.description == "No such file or directory")
  }

  @Test func statusTellsWhatItIs() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "file").path
      let descriptor = try FileDescriptor(opening: file, O_RDWR | O_CREAT | O_EXCL)
      try descriptor.write([1, 2, 3])
      let status = try descriptor.status()
      #expect(status.kind == .regular && status.size == 3 && status.permissions == 0o600)
      #expect(status.owner == geteuid())
      #expect(try FileStatus(of: file) == status)
      #expect(try FileStatus(of: folder.path).kind == .directory)
      try FileManager.default.createSymbolicLink(
        atPath: "\(file).link", withDestinationPath: file)
      #expect(try FileStatus(of: "\(file).link").identity == status.identity)
      #expect(try FileStatus(of: "\(file).link", isFollowingLinks: false).kind == .link)
      #expect(throws: Errno(ENOENT)) { try FileStatus(of: "\(file).none") }
    }
  }

  @Test func locksKeepOthersOut() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "lock").path
      let first = try FileDescriptor(opening: path, O_RDWR | O_CREAT)
      try first.lock()
      let second = try FileDescriptor(opening: path, O_RDWR)
      #expect(throws: Errno(EWOULDBLOCK)) { try second.lock() }
      try first.close()
      try second.lock()
    }
  }
}
