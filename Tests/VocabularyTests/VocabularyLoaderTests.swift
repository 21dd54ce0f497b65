import Foundation
import TestSupport
import Testing
import Vocabulary

/// Where terms come from.
@Suite struct VocabularyLoaderTests {
  /// A home folder with lists and a project.
  private struct Home {
    let folder: TemporaryFolder
    let loader: VocabularyLoader
    var lists: String { "\(folder.path)/lists" }
    var project: String { "\(folder.path)/work/project" }

    init() throws {
      folder = try TemporaryFolder()
      loader = VocabularyLoader(folder: "\(folder.path)/lists", home: folder.path)
      for name in ["lists", "work/project/sources/deep"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
      }
    }

    func write(_ text: String, _ path: String) throws {
      _ = try folder.write(Array(text.utf8), path)
    }

    func written(_ vocabulary: LoadedVocabulary, _ text: String) -> String {
      vocabulary.matcher.replacingTerms(in: text.split(separator: " ").map(String.init))
        .joined(separator: " ")
    }
  }

  @Test func theNearerListWins() throws {
    let home = try Home()
    try home.write("userId\n", "lists/mine.txt")
    try home.write("user_id\n", "work/.utter-vocabulary")
    try home.write("UserID\n", "work/project/.utter-vocabulary")
    let deep = "\(home.project)/sources/deep"
    for (directory, request, expected) in [
      (nil, [], "userId"), (deep, [], "UserID"), ("\(home.folder.path)/work", [], "user_id"),
      (deep, ["USER_ID"], "USER_ID"), ("\(home.folder.path)/lists", [], "userId"),
      ("relative", [], "userId"), ("/nowhere", [], "userId"),
    ] as [(String?, [String], String)] {
      let vocabulary = home.loader.load(directory: directory, request: request)
      #expect(home.written(vocabulary, "the user i d") == "the \(expected)")
      #expect(vocabulary.problems == [])
    }
    let without = home.loader.load(directory: deep, hasProject: false)
    #expect(home.written(without, "the user i d") == "the userId")
  }

  @Test func aBrokenListStaysAsItWas() throws {
    let home = try Home()
    try home.write("kubectl\n", "lists/mine.txt")
    try home.write("nginx\n", "lists/other.txt")
    let before = home.loader.load()
    #expect(before.terms.count == 2)
    try home.write("kubectl\tspken=x\nhelm\n", "lists/mine.txt")
    let broken = home.loader.load()
    #expect(broken.terms == before.terms)
    #expect(broken.sources.map(\.isOutdated) == [true, false])
    #expect(broken.hash == before.hash)
    #expect(
      broken.problems.map(\.description) == ["\(home.lists)/mine.txt:1:9: spken= is unknown"])
    try home.write("kubectl\nhelm\n", "lists/mine.txt")
    let repaired = home.loader.load()
    #expect(repaired.terms.count == 3)
    #expect(repaired.hash != before.hash)
    try FileManager.default.removeItem(atPath: "\(home.lists)/mine.txt")
    #expect(home.loader.load().terms.map(\.spelling) == ["nginx"])
    // What was never usable is nothing.
    try home.write("\tspoken=x", "lists/mine.txt")
    #expect(
      VocabularyLoader(folder: home.lists, home: nil).load().terms.map(\.spelling) == ["nginx"])
  }

  @Test func whatIsNoListIsRefused() throws {
    let home = try Home()
    mkfifo("\(home.lists)/pipe.txt", 0o600)
    try FileManager.default.createDirectory(
      atPath: "\(home.lists)/folder.txt", withIntermediateDirectories: true)
    try home.write("ok\n", "lists/good.txt")
    try home.write("ignored\n", "lists/good.txt~")
    let vocabulary = home.loader.load()
    #expect(vocabulary.terms.map(\.spelling) == ["ok"])
    #expect(vocabulary.problems.count == 2)
    #expect(
      home.loader.load(files: ["/nowhere/list.txt"]).problems.first?.description
        == "/nowhere/list.txt: No such file or directory")
  }

  @Test func aProjectIsNotTrusted() throws {
    let home = try Home()
    try home.write(
      "rm -rf\tspoken=list the files\nGo\tguard=off\nkubectl\n", "work/project/.utter-vocabulary")
    let vocabulary = home.loader.load(directory: home.project)
    #expect(home.written(vocabulary, "list the files and go") == "list the files and go")
    #expect(home.written(vocabulary, "cube control") == "kubectl")
    // A link may lead anywhere.
    let list = "\(home.project)/.utter-vocabulary"
    try FileManager.default.removeItem(atPath: list)
    try home.write("secret\n", "elsewhere")
    try FileManager.default.createSymbolicLink(
      atPath: list, withDestinationPath: "\(home.folder.path)/elsewhere")
    let linked = home.loader.load(directory: home.project)
    #expect(!linked.terms.contains { $0.spelling == "secret" })
    #expect(linked.problems.count == 1)
    // Where everybody may write, nobody's list is read.
    try FileManager.default.removeItem(atPath: list)
    try home.write("kubectl\n", "work/project/.utter-vocabulary")
    chmod(home.project, 0o777)
    #expect(home.loader.load(directory: home.project).terms == [])
  }

  @Test func namesOfAProjectAreTerms() throws {
    let home = try Home()
    try FileManager.default.createDirectory(
      atPath: "\(home.project)/.git", withIntermediateDirectories: true)
    try home.write("ref: refs/heads/feature/dodo-hooks\n", "work/project/.git/HEAD")
    try home.write("", "work/project/sources/page.tsx")
    try home.write("", "work/project/Cargo.toml")
    try home.write("", "work/project/main")
    let vocabulary = home.loader.load(directory: "\(home.project)/sources")
    #expect(
      home.written(vocabulary, "on feature dodo hooks in cargo dot tom el and page dot t s x")
        == "on feature/dodo-hooks in Cargo.toml and page.tsx")
    #expect(home.written(vocabulary, "the main project sources") == "the main project sources")
  }

  @Test func tooManyTermsAreRefusedAsAList() throws {
    let home = try Home()
    let many = (10_000..<25_000).map { "deadbeef\($0)\n" }.joined()
    try home.write(many, "lists/a.txt")
    try home.write(many.replacing("dead", with: "beef"), "lists/b.txt")
    let vocabulary = home.loader.load()
    #expect(vocabulary.sources.map(\.terms) == [15_000])
    #expect(vocabulary.problems.count == 1)
  }
}
