import TestSupport
import Testing
import Vocabulary

/// What a vocabulary lacks, by what was dictated.
@Suite struct SuggestionTests {
  private static let list = """
    kubectl\tspoken=cube control
    handleDodoWebhookRetry
    Supabase
    HTTPServer2
    Go\tguard=off
    """

  private static func suggestions(
    _ texts: [String], list: String = list, code: [String] = []
  ) throws -> [VocabularySuggestion] {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(list.utf8), "mine.txt")
    let lines = code.map { "\($0) \($0)\n" }.joined()
    _ = try folder.write(Array(lines.utf8), "code.swift")
    let scan = CodeBaseScan(try SourceFiles(in: folder.path, git: nil), limit: 1_000)
    return VocabularySuggestions(
      texts: texts, vocabulary: VocabularyLoader(folder: nil, home: nil).load(files: [path]),
      names: scan.names
    ).all
  }

  @Test(arguments: [
    ("Then cube contral get pods.", "kubectl", "cube contral"),
    ("call handle dodo web hook retri now", "handleDodoWebhookRetry", "handle dodo web hook retri"),
    ("handle dotto web hook retry", "handleDodoWebhookRetry", "handle dotto web hook retry"),
    ("the h t d p server two", "HTTPServer2", "h t d p server two"),
    ("in suppabase we trust", "Supabase", "suppabase"),
    // Two words for one of the form.
    ("with cube con troll", "kubectl", "cube con troll"),
  ]) func wordsThatAreNearlyATerm(_ said: String, _ spelling: String, _ heard: String) throws {
    let found = try Self.suggestions([said, said])
    #expect(found.map(\.heard) == [heard])
    #expect(found.first?.term.spelling == spelling)
    #expect(found.first?.term.spoken.last == heard)
    #expect(found.first?.times == 2 && found.first?.kind == .misheard)
    #expect(found.first?.file?.hasSuffix("/mine.txt") == true)
  }

  @Test(arguments: [
    // It is written already.
    "we run cube control and handle dodo webhook retry",
    // Another word, or the same in another form.
    "cube controls", "cube sugar", "handle dodo web hook retries", "the super base",
    // A mark is between them.
    "a cube. Contral", "an ordinary sentence without any of it", "",
  ]) func otherWordsAreNoEvidence(_ said: String) throws {
    #expect(try Self.suggestions([said]).isEmpty)
  }

  /// "own cloud" is English, and "cortex" a word.
  @Test func whatEnglishMeansIsNotSuggested() throws {
    let list = "Kortix\nownCloud\tspoken=on cloud\n"
    #expect(try Self.suggestions(["the cortex", "our crowd, on crowd"], list: list).isEmpty)
  }

  @Test func namesOfTheCodeThatWereSaid() throws {
    let code = ["parseDodoPayload", "kubectl", "fooBarQuux", "openFile"]
    let found = try Self.suggestions(
      ["Call parse dodo payload.", "and parse dodo payload, cube control", "open file"],
      code: code)
    #expect(found.count == 1)
    #expect(found.first?.kind == .unlisted && found.first?.times == 2)
    #expect(found.first?.term == Term("parseDodoPayload"))
    #expect(found.first?.heard == "parse dodo payload" && found.first?.file == nil)
    // Once it is listed, there is nothing more to say; nor where the model writes it itself.
    let listed = "parseDodoPayload\nkubectl\n"
    #expect(try Self.suggestions(["parse dodo payload"], list: listed, code: code).isEmpty)
    #expect(try Self.suggestions(["a parseDodoPayload here"], code: code).isEmpty)
  }

  @Test func anyTextsAreReadWithoutHarm() throws {
    var random = Seeded(17)
    let parts = [
      "cube", "control", "kontrol", "h", "t", "p", "server", "2", ".", "é", "\u{0}", "🙂", "'s",
      "dodo", "web", "hook", "handle", "retry", "#", "",
    ]
    let texts = (0..<200).map { _ in
      (0..<Int.random(in: 0...12, using: &random)).map { _ in
        parts.randomElement(using: &random) ?? ""
      }.joined(separator: " ")
    }
    let found = try Self.suggestions(texts, code: ["getDodo", "kubeServer"])
    #expect(found.allSatisfy { $0.times > 0 && !$0.heard.isEmpty })
    let again = try Self.suggestions(
      texts.shuffled(using: &random), code: ["getDodo", "kubeServer"])
    #expect(again.map(\.heard) == found.map(\.heard))
    #expect(again.map(\.term) == found.map(\.term))
  }
}
