import Testing
import Vocabulary

/// What recordings teach: forms that a model hears, and how sure the audio has to be.
@Suite struct LearningTests {
  private static func list(_ terms: [Term]) -> [VocabularyList] {
    [VocabularyList(terms, file: "terms.txt")]
  }

  private static func form(_ text: String) throws -> HeardForm {
    try #require(HeardForm(text.split(separator: " ").map(String.init)))
  }

  @Test func formsHaveNoMarks() throws {
    #expect(try Self.form("Cube, cuddle 2.").text == "cube cuddle two")
    #expect(HeardForm(["...", "?"]) == nil)
    #expect(HeardForm([String]()) == nil)
  }

  @Test(
    arguments: [
      ("cube cattle", nil), ("cube cuddle", .known), ("kubectl", .known), ("cube control", .known),
      ("the case", .english), ("son of", .english), ("dodo web hook", .other("dodoWebhook")),
      ("dodo webhook", .other("dodoWebhook")), ("dodo webhook retry", nil),
      ("user id", .other("userId")),
    ] as [(String, HeardForm.Objection?)])
  func whatAFormMayNotBe(_ text: String, _ objection: HeardForm.Objection?) throws {
    let lists = Self.list([Term("kubectl"), Term("dodoWebhook"), Term("userId", guard: .on)])
    #expect(try Self.form(text).objection(to: Term("kubectl"), in: lists) == objection)
  }

  /// Whoever always means the term may say it in English, but not as another term.
  @Test func englishThatIsMeant() throws {
    let lists = Self.list([Term("kubectl", guard: .off), Term("theCub")])
    #expect(try Self.form("the case").objection(to: Term("kubectl"), in: lists) == nil)
    #expect(
      try Self.form("the cub").objection(to: Term("kubectl"), in: lists) == .other("theCub"))
  }

  @Test(
    arguments: [
      (["a b"], ["a b"]), (["a b", "c d"], ["a b", "c d"]), (["a b", "c d", "a b"], ["a b"]),
      (["a b", "c d", "e f"], []), (["c d", "a b", "a b", "c d", "e f"], ["c d", "a b"]), ([], []),
    ] as [([String], [String])])
  func whatMostAgreeOn(_ heard: [String], _ agreed: [String]) throws {
    #expect(try HeardForm.agreed(heard.map(Self.form)).map(\.text) == agreed)
  }

  // MARK: - Floors

  /// The lowest floor that holds a rate, by trying all of them.
  @Test func theLowestFloorThatIsEnough() {
    var search = FloorSearch()
    search.add([("a", 3.5), ("b", 0.2), ("a", 9)], said: ["a": 1], seconds: 3600)
    search.add([("c", 12.1)], said: [:], seconds: 3600)
    search.add([], said: ["a": 3], seconds: 1800)
    #expect(search.hours == 2.5)
    // The surest "a" was said, the other one was not.
    #expect(search.writes.map(\.isRight) == [true, false, false, false])
    for (rate, floor) in [(2.0, 0), (1, 1), (0.5, 4), (0.4, 4), (0.39, 13), (0, 13)] {
      #expect(search.floor(rate: rate) == floor, "\(rate)")
      #expect(
        Double(search.written(floor: floor).count { !$0.isRight }) <= rate * search.hours)
    }
    #expect(search.written(floor: 4).map(\.term) == ["a", "c"])
  }

  @Test func withoutAudioNothingIsAllowed() {
    var search = FloorSearch()
    #expect(search.floor(rate: 1) == 0)
    search.add([("a", 7)], said: [:], seconds: 60)
    #expect(search.floor(rate: 1) == 7)
    search.add([("a", 1_000)], said: [:], seconds: 60)
    #expect(search.floor(rate: 1) == 100)
  }
}
