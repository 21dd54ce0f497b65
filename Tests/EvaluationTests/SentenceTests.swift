import Evaluation
import Testing

/// Sentences to read aloud.
@Suite struct SentenceTests {
  @Test func listsAreRead() {
    let list = Sentence.list(
      "# mine\nOpen  userId now.\tuserId\t kubectl \n\n Open userId now.\nNext\r\n")
    #expect(
      list == [Sentence("Open userId now.", terms: ["userId", "kubectl"]), Sentence("Next")])
  }

  @Test func someOfEachKindComeFirst() {
    let all = Sentence.builtIn
    #expect(all.prefix(4).map(\.kind) == ["prose", "identifier", "number", "command"])
    #expect(all.count >= 36)
    #expect(Set(all.map(\.text)).count == all.count)
    for sentence in all where sentence.kind == "identifier" {
      #expect(!sentence.terms.isEmpty)
      for term in sentence.terms { #expect(sentence.text.contains(term)) }
    }
  }
}
