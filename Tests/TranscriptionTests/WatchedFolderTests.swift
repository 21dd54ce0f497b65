import Foundation
import System
import TestSupport
import Testing
import Transcription

/// Folders in which recordings appear, as the system tells it.
@Suite struct WatchedFolderTests {
  private static let recording = Array("RIFF\0\0\0\0WAVE".utf8)
  /// Longer than anything takes.
  private static let long = Duration.seconds(60)

  /// A folder, and what is told of it.
  private final class Place {
    let folder: TemporaryFolder
    var path: String { folder.path }
    var notices: [WatchedFolder.Notice] = []

    init() throws { folder = try TemporaryFolder() }

    func watch(every interval: Duration? = nil) throws -> WatchedFolder {
      try WatchedFolder(path, lookingEvery: interval) { self.notices.append($0) }
    }
  }

  @Test func whatIsThereAndWhatComesIsGivenOnce() throws {
    let place = try Place()
    let first = try place.folder.write(Self.recording, "first.wav")
    let watched = try place.watch()
    #expect(watched.next(within: Self.long) == [first])
    let second = try place.folder.write(Self.recording, "second")
    _ = try place.folder.write(Array("text".utf8), "third.wav")
    #expect(watched.next(within: Self.long) == [second])
    #expect(watched.next(within: .zero) == [])
    let changed = try FileHandle(forWritingTo: URL(filePath: first))
    try changed.seekToEnd()
    try changed.write(contentsOf: Data([1]))
    try changed.close()
    #expect(watched.next(within: Self.long) == [first])
  }

  @Test func whatIsWrittenOrFetchedIsWaitedFor() throws {
    let place = try Place()
    let watched = try place.watch()
    #expect(watched.next(within: .zero) == [])
    let path = place.path + "/a.wav"
    let writer = try FileDescriptor(opening: path, O_WRONLY | O_CREAT)
    try writer.write(Self.recording)
    for name in [".b.wav.Xy12", "b.wav.part"] {
      _ = try place.folder.write(Self.recording, name)
    }
    #expect(watched.next(within: .milliseconds(50)) == [])
    try writer.close()
    #expect(watched.next(within: Self.long) == [path])
    try FileManager.default.moveItem(
      atPath: "\(place.path)/b.wav.part", toPath: "\(place.path)/b.wav")
    #expect(watched.next(within: Self.long) == ["\(place.path)/b.wav"])
  }

  @Test func foldersThatComeOrAreMovedAreWatched() throws {
    let files = FileManager.default
    let place = try Place()
    let watched = try place.watch()
    #expect(watched.next(within: .zero) == [])
    try files.createDirectory(
      atPath: "\(place.path)/one/deep", withIntermediateDirectories: true)
    let deep = try place.folder.write(Self.recording, "one/deep/a.wav")
    #expect(watched.next(within: Self.long) == [deep])
    try files.moveItem(atPath: "\(place.path)/one", toPath: "\(place.path)/two")
    #expect(watched.next(within: Self.long) == ["\(place.path)/two/deep/a.wav"])
    let another = try place.folder.write(Self.recording, "two/deep/b.wav")
    #expect(watched.next(within: Self.long) == [another])
  }

  @Test(arguments: [nil, Duration.milliseconds(20)])
  func folderThatIsGoneIsWaitedFor(_ interval: Duration?) throws {
    let files = FileManager.default
    let place = try Place()
    let watched = try place.watch(every: interval)
    #expect(watched.next(within: .zero) == [])
    try files.removeItem(atPath: place.path)
    while place.notices.isEmpty { #expect(watched.next(within: .milliseconds(50)) == []) }
    #expect(place.notices == [.gone])
    try files.createDirectory(atPath: place.path, withIntermediateDirectories: false)
    let path = try place.folder.write(Self.recording, "a.wav")
    #expect(watched.next(within: Self.long) == [path])
    #expect(place.notices == [.gone, .back])
  }

  @Test func foldersAreLookedAtWhereThatIsWanted() throws {
    let place = try Place()
    let watched = try place.watch(every: .milliseconds(20))
    #expect(watched.next(within: .zero) == [])
    let path = try place.folder.write(Self.recording, "a.wav")
    #expect(watched.next(within: Self.long) == [path])
    #expect(watched.next(within: .milliseconds(50)) == [])
    watched.giveBack(path, after: .zero)
    #expect(watched.next(within: Self.long) == [path])
  }

  @Test func whatIsNoFolderIsRefused() throws {
    let place = try Place()
    let file = try place.folder.write([], "a")
    for path in [file, file + "/none", "\(place.path)/none"] {
      #expect(throws: TranscriptionError.self) { try WatchedFolder(path) { _ in } }
    }
  }
}
