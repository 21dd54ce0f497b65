import Foundation
import Models
import TestSupport
import Testing

/// What the catalogue says, and what may not be in one.
@Suite struct CatalogueTests {
  @Test func theBuiltInOneIsThatOfTheRepository() throws {
    let file = try Catalogue(
      Array(try Data(contentsOf: Fixtures.repository.appending(path: "models/catalog.toml"))))
    #expect(try Catalogue.builtIn().entries == file.entries)
    for name in [
      "parakeet-tdt-0.6b-v2", "parakeet-tdt-0.6b-v3", "parakeet-tdt-1.1b", "parakeet-tdt_ctc-110m",
      "parakeet-rnnt-1.1b", "parakeet-ctc-1.1b",
    ] {
      let entry = try #require(file[name], "\(name)")
      #expect(entry.source == HubFile(named: "nvidia/\(name)") || entry.published != nil)
      // Four bytes for each parameter, and little else.
      #expect((0.98...1.05).contains(Double(entry.size) / 4 / Double(entry.parameters)), "\(name)")
    }
    #expect(Set(file.entries.map(\.name)).count == file.entries.count)
    #expect(file["PARAKEET-TDT-0.6B-V3"]?.languages.count == 25)
    // What is published belongs to a revision that does not change.
    for entry in file.entries where entry.published != nil {
      #expect(entry.source.revision.utf8.count == 40, "\(entry.name)")
    }
  }

  private static let sound = """
    [m]
    repository = "a/b"
    file = "b.nemo"
    parameters = 1
    megabytes = 4
    licence = "CC0-1.0"
    languages = ["en"]
    summary = "small"
    """

  @Test(arguments: [
    ("repository = \"a/b\"", "repository = \"a\"", "repository"),
    ("repository = \"a/b\"", "repository = \"../b\"", "repository"),
    ("file = \"b.nemo\"", "file = \"b/../c.nemo\"", "repository"),
    ("file = \"b.nemo\"", "file = \"b?x.nemo\"", "repository"),
    ("parameters = 1", "parameters = 0", "parameters"),
    ("megabytes = 4", "", "megabytes"),
    ("licence = \"CC0-1.0\"", "licence = 1", "licence"),
    ("languages = [\"en\"]", "languages = []", "languages"),
    ("languages = [\"en\"]", "languages = [1]", "languages"),
    ("summary = \"small\"", "sumary = \"small\"", "sumary"),
    ("megabytes = 4", "bytes = 4\nsha256 = \"00\"", "sha256"),
    ("[m]", "[\"m m\"]", "m m"),
  ])
  func mistakesAreNamed(old: String, new: String, key: String) throws {
    let text = Self.sound.replacing(old, with: new)
    let model = key == "m m" ? key : "m"
    #expect(throws: Catalogue.Mistake.key(model: model, key: key)) {
      try Catalogue(Array(text.utf8))
    }
  }

  @Test func textsThatAreNoTOMLAreRefused() throws {
    let error = #expect(throws: Catalogue.Mistake.self) { try Catalogue(Array("[m".utf8)) }
    #expect(error?.description.hasPrefix("line 1, column 3: ") == true)
  }

  /// What could be read as anything but a name is no name.
  @Test(arguments: [
    "", "/", "a/", "/a", "a/b/c", "../a", "a/..", "a/b?c", "a/b#c", "a b/c", "a/b\nc", "a/-b",
    "-a/b",
    "a/b%2fc", "a\\b/c", "a/b:c", "a/ü", "https://x/y", "a/b\u{0}", "a/.b", "a/b\"", "a/b'",
  ])
  func oddNamesAreRefused(_ name: String) throws {
    let error = #expect(throws: ModelError.self) {
      try ModelInstall(name, in: try Catalogue.builtIn())
    }
    #expect(error == .invalidName(name))
  }

  @Test func unknownNamesAreRefusedWithThoseThatAreKnown() throws {
    let catalogue = try Catalogue.builtIn()
    #expect(
      throws: ModelError.notInCatalogue(name: "parakeet", known: catalogue.entries.map(\.name))
    ) { try ModelInstall("parakeet", in: catalogue) }
    let other = try ModelInstall("someone/model_1.0", in: catalogue)
    #expect(other.name == "model_1.0")
    #expect(other.source == HubFile(repository: "someone/model_1.0", file: "model_1.0.nemo"))
    #expect(try ModelInstall("nvidia/parakeet-tdt-1.1b", in: catalogue).name == "parakeet-tdt-1.1b")
  }
}
