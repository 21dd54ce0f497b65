import Foundation
import System
import TestSupport
import Testing
import Transcription

/// What is refused before anything is heard.
@Suite struct OutputCheckTests {
  /// A folder with some recordings, as far as their names go.
  private static func withRecordings(
    _ names: [String], _ body: (String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      for name in names {
        let path = "\(folder.path)/\(name)"
        try makeFolders(FilePath(path).folder?.spelling ?? "")
        try replaceFile(path, with: [])
      }
      try body(folder.path)
    }
  }

  private static func check(
    _ template: String, _ inputs: [String], _ formats: [OutputFormat] = [.text],
    mkdir: Bool = false
  ) throws {
    try OutputTemplate(template).check(inputs, formats: formats, makesFolders: mkdir)
  }

  @Test func onePathForTwoRecordingsIsRefused() throws {
    let shared = TranscriptionError.sharedPath("x.txt", first: "a/x.wav", second: "b/x.wav")
    #expect(throws: shared) { try Self.check("{stem}.txt", ["a/x.wav", "b/x.wav"]) }
    try Self.check("{stem}.txt", ["a/x.wav", "a/y.wav"])
    #expect(throws: TranscriptionError.self) { try Self.check("x", ["a"], [.text, .json]) }
  }

  @Test func oneFileByTwoPathsIsRefused() throws {
    try Self.withRecordings(["a/x.wav", "b/x.wav"]) { folder in
      let inputs = ["\(folder)/a/x.wav", "\(folder)/b/x.wav"]
      try Self.check("{folder}/{stem}.txt", inputs)
      // Neither of the paths is there yet, and both lead to the same folder.
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/a/out", withDestinationPath: ".")
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/b/out", withDestinationPath: "../a")
      #expect(throws: TranscriptionError.self) {
        try Self.check("{folder}/out/{stem}.txt", inputs)
      }
      // Now both are links to one file.
      try replaceFile("\(folder)/a/x.txt", with: [])
      try FileManager.default.linkItem(
        atPath: "\(folder)/a/x.txt", toPath: "\(folder)/b/x.txt")
      #expect(throws: TranscriptionError.self) { try Self.check("{folder}/{stem}.txt", inputs) }
    }
  }

  @Test func overwritingARecordingIsRefused() throws {
    #expect(throws: TranscriptionError.overwritesRecording(path: "a/x.wav")) {
      try Self.check("{folder}/{name}", ["a/x.wav"])
    }
    try Self.withRecordings(["x.wav", "y.wav"]) { folder in
      let files = FileManager.default
      try files.createSymbolicLink(atPath: "\(folder)/soft", withDestinationPath: "y.wav")
      try files.linkItem(atPath: "\(folder)/y.wav", toPath: "\(folder)/hard")
      for name in ["soft", "hard", "./y.wav"] {
        let path = "\(folder)/\(name)"
        #expect(throws: TranscriptionError.overwritesRecording(path: path)) {
          try Self.check(path, ["\(folder)/x.wav", "\(folder)/y.wav"].reversed())
        }
      }
    }
  }

  @Test func foldersThatAreMissingAreNamedOrMade() throws {
    try Self.withRecordings(["x.wav", "y.wav"]) { folder in
      let inputs = ["\(folder)/x.wav", "\(folder)/y.wav"]
      let path = "\(folder)/no/such/x.txt"
      #expect(throws: TranscriptionError.noFolder(path: path, folder: "\(folder)/no/such")) {
        try Self.check("\(folder)/no/such/{stem}.txt", inputs)
      }
      try Self.check("\(folder)/no/{stem}/{stem}.txt", inputs, mkdir: true)
      #expect(Set(folderEntries("\(folder)/no")) == ["x", "y"])
      #expect(throws: TranscriptionError.self) {
        try Self.check("\(folder)/x.wav/{stem}.txt", inputs, mkdir: true)
      }
      // What is not there is told later, with the others done.
      try Self.check("{folder}/{stem}.txt", ["\(folder)/none/z.wav"] + inputs)
    }
  }

  @Test func namesThatCannotBeAreNamed() throws {
    try Self.withRecordings(["x.wav"]) { folder in
      let input = ["\(folder)/x.wav"]
      let long = "\(folder)/" + String(repeating: "x", count: 256)
      #expect(throws: TranscriptionError.longName(path: long)) { try Self.check(long, input) }
      try Self.check(String(long.dropLast()), input)
      for path in [folder, folder + "/", folder + "/none/"] {
        #expect(throws: TranscriptionError.self) { try Self.check(path, input) }
      }
      #expect(throws: TranscriptionError.isFolder(path: folder)) { try Self.check(folder, input) }
    }
  }

  @Test(.enabled(if: geteuid() != 0)) func whatMayNotBeWrittenIsNamed() throws {
    try Self.withRecordings(["x.wav", "no/x.txt"]) { folder in
      chmod("\(folder)/no", 0o500)
      defer { chmod("\(folder)/no", 0o700) }
      for name in ["x.txt", "y.txt"] {
        #expect(throws: TranscriptionError.self) {
          try Self.check("\(folder)/no/\(name)", ["\(folder)/x.wav"])
        }
      }
    }
  }

  @Test func devicesAndPipesAreWrittenTo() throws {
    try Self.withRecordings(["x.wav"]) { folder in
      try Self.check("/dev/null", ["\(folder)/x.wav"])
    }
  }
}
