import Foundation
import TestSupport
import Testing

/// What the documents name is there: files, headings, commands and their options.
@Suite struct DocumentationTests {
  /// A document in Markdown.
  struct Document: CustomTestStringConvertible, Sendable {
    let path: String
    let text: String
    var testDescription: String { path }
    var folder: URL { Fixtures.repository.appending(path: path).deletingLastPathComponent() }

    init(_ path: String) throws {
      self.path = path
      text = try String(contentsOf: Fixtures.repository.appending(path: path), encoding: .utf8)
    }

    /// Lines of code: those of fenced blocks, and each span between backticks elsewhere.
    var code: [String] {
      var (code, isFenced): ([String], Bool) = ([], false)
      for line in text.split(separator: "\n") {
        if line.hasPrefix("```") {
          isFenced.toggle()
        } else if isFenced {
          code.append(String(line))
        } else {
          code += line.matches(of: /`([^`]+)`/).map { String($0.1) }
        }
      }
      return code
    }

    /// Names that links may use for headings, as GitHub makes them.
    var anchors: Set<String> {
      Set(
        text.matches(of: /(?m)^#+ (.+)$/).map { match in
          String(match.1).lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
            .replacing(" ", with: "-")
        })
    }
  }

  static let documents: [Document] = {
    let folder = Fixtures.repository.appending(path: "Documentation").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let paths = ["README.md"] + names.filter { $0.hasSuffix(".md") }.map { "Documentation/\($0)" }
    return paths.sorted().compactMap { try? Document($0) }
  }()

  @Test func theyAreRead() {
    #expect(Self.documents.count >= 6)
    #expect(
      Self.documents.first { $0.path == "README.md" }?.text.split(
        separator: "\n", omittingEmptySubsequences: false
      ).count ?? .max <= 121)
  }

  @Test(arguments: documents) func linksLeadSomewhere(_ document: Document) throws {
    for match in document.text.matches(of: /\]\(([^)]+)\)/) where !match.1.hasPrefix("https://") {
      let parts = match.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let target =
        parts[0].isEmpty
        ? Fixtures.repository.appending(path: document.path)
        : document.folder.appending(path: String(parts[0])).standardizedFileURL
      #expect(FileManager.default.fileExists(atPath: target.path), "\(match.1)")
      guard parts.count == 2 else { continue }
      let path = target.path.replacing(Fixtures.repository.standardizedFileURL.path + "/", with: "")
      #expect(try Document(path).anchors.contains(String(parts[1])), "\(match.1)")
    }
  }

  @Test(arguments: documents) func commandsAreThere(_ document: Document) throws {
    let program = try Command.program()
    for line in document.code {
      for words in Self.commands(in: line) {
        if let problem = program.problem(with: words) {
          Issue.record("\(line): \(problem)")
        }
      }
    }
  }

  /// The recipe for a container installs what `make` does.
  @Test func theContainerHasWhatTheProgramIsBuiltOn() throws {
    let makefile = try Document("Makefile").text
    let match = try #require(makefile.firstMatch(of: /\nLIBRARIES = ((?:[^\n]*\\\n)*[^\n]*)/))
    let libraries = match.1.split { " \\\n".contains($0) }
    let words = Set(try Document("Documentation/Batch.md").text.split { " \n".contains($0) })
    #expect(libraries.count > 5 && words.isSuperset(of: libraries), "\(libraries)")
  }

  /// The words after each `utter` of a line, as far as they are one command.
  static func commands(in line: String) -> [[String]] {
    line.matches(of: /(?:^|[\s|;"(\/])utter((?: +[^\s|;#"`)]+)+)/).map { match in
      match.1.split(separator: " ").map(String.init)
    }
  }

  /// The test itself: it finds commands, and what is wrong with them.
  @Test func mistakesAreFound() throws {
    let program = try Command.program()
    #expect(
      Self.commands(in: "exec utter record start --meter # now") == [
        ["record", "start", "--meter"]
      ])
    #expect(Self.commands(in: "a | .build/release/utter transcribe -") == [["transcribe", "-"]])
    for good in ["record start --meter", "transcribe a.wav --json", "help protocol"] {
      #expect(program.problem(with: good.split(separator: " ").map(String.init)) == nil)
    }
    for bad in ["recrod start", "record begin", "transcribe a.wav --jsno"] {
      #expect(program.problem(with: bad.split(separator: " ").map(String.init)) != nil)
    }
  }
}

/// A command of the program, as it describes itself.
private struct Command: Decodable {
  struct Argument: Decodable {
    struct Name: Decodable { let name: String }
    let names: [Name]?
  }

  let commandName: String
  let arguments: [Argument]?
  let subcommands: [Command]?

  /// The program itself.
  static func program() throws -> Command {
    struct Dump: Decodable { let command: Command }
    let dump = try CommandRunner.run(["--experimental-dump-help"]).output
    return try JSONDecoder().decode(Dump.self, from: Data(dump.utf8)).command
  }

  /// What is wrong with the words after the command's name; nil where nothing is.
  func problem(with words: [String]) -> String? {
    if let first = words.first, let subcommands, !first.hasPrefix("-") {
      guard first.wholeMatch(of: /[a-z]+/) != nil else { return nil }
      guard let next = subcommands.first(where: { $0.commandName == first }) else {
        return "\(commandName) knows no \(first)"
      }
      return next.problem(with: Array(words.dropFirst()))
    }
    let known = Set(
      (arguments ?? []).flatMap { ($0.names ?? []).map(\.name) } + ["help", "version"])
    for word in words where word.hasPrefix("--") && word.count > 2 {
      let name = word.dropFirst(2).prefix { $0 != "=" }
      if !known.contains(String(name)) { return "\(commandName) has no \(word)" }
    }
    return nil
  }
}
