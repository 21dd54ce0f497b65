internal import CCatalog
package import TOML

/// The models that are known by name: where each lies, and what it is good at.
package struct Catalogue: Sendable {
  /// A model of the catalogue.
  package struct Entry: Sendable, Equatable {
    /// What to call it here.
    package let name: String
    /// Where it lies.
    package let source: HubFile
    /// About how many parameters it has.
    package let parameters: Int
    /// About how many bytes its file has.
    package let size: Int
    /// Licence, as SPDX spells it.
    package let licence: String
    /// Languages, as ISO 639-1 has them.
    package let languages: [String]
    /// What it is good at, one line.
    package let summary: String
    /// What the file is known to be; nil where nobody has published it.
    package let published: FileIdentity?
  }

  /// Why a text is no catalogue.
  package enum Mistake: Error, Equatable, CustomStringConvertible {
    /// It is no TOML.
    case malformed(TOMLError)
    /// A model lacks a key, or has another value than it may have.
    case key(model: String, key: String)

    /// What is wrong, one line.
    package var description: String {
      switch self {
      case .malformed(let error): error.description
      case .key(let model, let key): "\(model): \(key) is missing, or has an impossible value"
      }
    }
  }

  /// The models in the order of the file.
  package let entries: [Entry]

  /// Reads a catalogue.
  ///
  /// - Parameter text: The file's bytes.
  /// - Throws: `Mistake` for the first thing that is wrong.
  package init(_ text: [UInt8]) throws(Mistake) {
    let root: TOMLTable
    do throws(TOMLError) {
      root = try TOMLDocument(text).root
    } catch {
      throw .malformed(error)
    }
    var entries: [Entry] = []
    for entry in root.entries { entries.append(try Self.entry(entry)) }
    self.entries = entries
  }

  /// The catalogue that is part of the program.
  ///
  /// - Throws: Never for the one that was built; a test reads it.
  package static func builtIn() throws(Mistake) -> Catalogue {
    let bytes = UnsafeBufferPointer(start: ccatalog_text(), count: ccatalog_count())
    return try Catalogue(Array(bytes))
  }

  /// The model of a name, whatever its letters' case.
  package subscript(name: String) -> Entry? {
    entries.first { $0.name.lowercased() == name.lowercased() }
  }

  private static func entry(_ entry: TOMLTable.Entry) throws(Mistake) -> Entry {
    let name = entry.name
    guard case .table(let table) = entry.value else { throw .key(model: name, key: name) }
    func text(_ key: String) throws(Mistake) -> String {
      guard case .text(let text)? = table[key], !text.isEmpty else {
        throw .key(model: name, key: key)
      }
      return text
    }
    func number(_ key: String) throws(Mistake) -> Int {
      guard case .integer(let number)? = table[key], number > 0 else {
        throw .key(model: name, key: key)
      }
      return number
    }
    let known: Set<String> = [
      "repository", "file", "revision", "bytes", "sha256", "parameters", "megabytes", "licence",
      "languages", "summary",
    ]
    if let key = table.keys.sorted().first(where: { !known.contains($0) }) {
      throw .key(model: name, key: key)
    }
    guard
      let source = HubFile(
        repository: try text("repository"), file: try text("file"),
        revision: table["revision"] == nil ? HubFile.newest : try text("revision"))
    else { throw .key(model: name, key: "repository") }
    guard ModelStore.isValid(name) else { throw .key(model: name, key: name) }
    guard case .list(let values)? = table["languages"], !values.isEmpty else {
      throw .key(model: name, key: "languages")
    }
    let languages = values.compactMap { if case .text(let text) = $0 { text } else { nil } }
    guard languages.count == values.count else { throw .key(model: name, key: "languages") }
    var published: FileIdentity?
    if table["sha256"] != nil {
      let digest = try text("sha256")
      guard FileIdentity.isDigest(digest) else { throw .key(model: name, key: "sha256") }
      published = FileIdentity(size: try number("bytes"), sha256: digest)
    }
    let size: Int
    if let bytes = published?.size {
      size = bytes
    } else {
      let megabytes = try number("megabytes")
      guard megabytes < 1_000_000 else { throw .key(model: name, key: "megabytes") }
      size = megabytes * 1_000_000
    }
    return Entry(
      name: name, source: source, parameters: try number("parameters"),
      size: size, licence: try text("licence"),
      languages: languages, summary: try text("summary"), published: published)
  }
}
