import TestSupport
import Testing
import Vocabulary

/// The grammar of lists.
@Suite struct VocabularyListTests {
  private static func list(_ text: String) -> VocabularyList {
    VocabularyList(Array(text.utf8), file: "terms.txt")
  }

  @Test func linesBecomeTerms() {
    let list = Self.list(
      """
      # A comment.
        # Another one.
      kubectl\tspoken=cube  control\tspoken=cube cuddle\tweight=2.5

      C#
      \\#include
      \\\\server\\share
      Go\tguard=off\tcase=exact\t
      pull request\tcase=sentence\tguard=on
        two words\u{20}
      """)
    #expect(list.problems == [])
    #expect(
      list.terms == [
        Term("kubectl", spoken: ["cube control", "cube cuddle"], weight: 2.5), Term("C#"),
        Term("#include"), Term("\\server\\share"), Term("Go", casing: .exact, guard: .off),
        Term("pull request", casing: .sentence, guard: .on), Term("two words"),
      ])
    #expect(list.entries.map(\.line) == [3, 5, 6, 7, 8, 9, 10])
  }

  @Test func endsOfLinesAndMarksOfOrderDoNotMatter() {
    let plain = Self.list("kubectl\tguard=off\nnginx\n")
    #expect(Self.list("\u{FEFF}kubectl\tguard=off\r\nnginx").terms == plain.terms)
    #expect(Self.list("e\u{301}tat").terms.first?.spelling.utf8.count == 5)
  }

  @Test(arguments: [
    ("kubectl\tspken=x", 1, 9, "spken= is unknown"),
    ("ok\nkubectl\tspoken=a b\tfast", 2, 20, "\"fast\" is no field"),
    ("kubectl\tspoken=", 1, 9, "\"\" cannot be said"),
    ("kubectl\tweight=0", 1, 9, "weight=0 is no number from 0.01 to 100"),
    ("kubectl\tweight=nan", 1, 9, "weight=nan is no number from 0.01 to 100"),
    ("kubectl\tweight=1\tweight=1", 1, 18, "weight= stands twice"),
    ("kubectl\tcase=upper", 1, 9, "case=upper is neither exact nor sentence"),
    ("kubectl\tguard=maybe", 1, 9, "guard=maybe is neither on nor off"),
    ("\tspoken=cube", 1, 1, "the term is empty"),
    ("\\", 1, 1, "the term is empty"),
    ("rm\u{1B}[A", 1, 3, "holds the control character U+001B"),
    ("a\u{202E}b", 1, 2, "holds the control character U+202E"),
    (String(repeating: "x", count: 201), 1, 1, "the term has 201 bytes, more than 200"),
  ]) func aFaultHasAPlace(_ text: String, _ line: Int, _ column: Int, _ message: String) {
    let list = Self.list(text)
    #expect(!list.isUsable)
    #expect(list.problems.map(\.description) == ["terms.txt:\(line):\(column): \(message)"])
  }

  @Test func textThatIsNotUTF8HasAPlace() {
    let list = VocabularyList(Array("ok\né".utf8) + [0xFF], file: "terms.txt")
    #expect(list.problems.map(\.description) == ["terms.txt:2:2: is not UTF-8"])
  }

  @Test func limitsAreErrorsWithAPlace() {
    let many = (1...20_001).map { "term\($0)\n" }.joined()
    #expect(
      Self.list(many).problems.map(\.description) == ["terms.txt:20001:1: more than 20000 terms"])
    let forms = (1...17).map { "\tspoken=form \($0)" }.joined()
    #expect(Self.list("x" + forms).problems.map(\.fault) == ["more than 16 spoken forms"])
  }

  @Test func whatIsWrittenIsReadAgain() {
    var random = Seeded(13)
    let alphabet = Array("abcXYZ012 #\\=_-+.'\"é߯ひ🙂\u{301}")
    let casings: [Term.Casing] = Term.Casing.allCases
    for _ in 0..<500 {
      let text = String(
        (0..<Int.random(in: 1...12, using: &random)).map { _ in
          alphabet.randomElement(using: &random) ?? "a"
        })
      let spelling = VocabularyList.normalized(text)
      if spelling.isEmpty { continue }
      let term = Term(
        spelling, spoken: Bool.random(using: &random) ? ["some form"] : [],
        weight: [1, 0.25, 3][Int.random(in: 0..<3, using: &random)],
        casing: casings.randomElement(using: &random) ?? .automatic,
        guard: Term.Guard.allCases.randomElement(using: &random) ?? .automatic)
      let list = Self.list(VocabularyList.text(of: [term]))
      #expect(list.terms == [term], "\(spelling.debugDescription)")
      #expect(list.terms.first?.spelling.utf8.elementsEqual(spelling.utf8) ?? false)
    }
  }

  @Test func anyBytesAreReadWithoutHarm() {
    var random = Seeded(7)
    let pieces = [
      "\t", "\n", "\r\n", "#", "\\", "spoken=", "weight=", "guard=off", "kubectl", "=", " ",
    ]
    for _ in 0..<500 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...30, using: &random) {
        if Bool.random(using: &random) {
          bytes.append(UInt8.random(in: 0...255, using: &random))
        } else {
          bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
        }
      }
      let list = VocabularyList(bytes, file: "x")
      let forms = list.terms.flatMap(\.forms)
      #expect(forms.allSatisfy { !$0.words.isEmpty })
      if list.isUsable {
        let again = Self.list(VocabularyList.text(of: list.terms))
        #expect(again.terms == list.terms)
      }
    }
  }
}
