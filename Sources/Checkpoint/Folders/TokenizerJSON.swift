/// A tokenizer as Hugging Face's tokenizers save it, made from SentencePiece's byte pairs.
struct TokenizerJSON {
  private let region: FileRegion
  private let root: Document

  /// Reads `tokenizer.json`.
  init(_ region: FileRegion) throws(CheckpointError) {
    self.region = region
    root = try region.json()
  }

  /// The same as SentencePiece has it.
  ///
  /// Only the order of merges is known, not the scores that it came from; it is all that counts.
  ///
  /// - Parameter pieces: How many pieces the model knows; what follows them stands for none of its
  ///   outputs.
  /// - Returns: The bytes of a `.model` file.
  /// - Throws: `CheckpointError` for another kind of tokenizer, and for one with gaps.
  func sentencePieceModel(pieces: Int) throws(CheckpointError) -> [UInt8] {
    guard let model = root["model"], case .section(let vocabulary)? = model["vocab"],
      case .text(let unknown)? = model["unk_token"]
    else { throw region.malformed("it has no vocabulary of byte pairs") }
    guard model["type"] == .text("BPE") else {
      throw .unsupported(
        path: region.file.path,
        .setting(
          key: "model.type", value: model["type"]?.json ?? "null",
          reason: "only BPE is supported"))
    }
    var texts = [String?](repeating: nil, count: pieces)
    for entry in vocabulary {
      guard case .integer(let id) = entry.value, id >= 0 else {
        throw region.malformed("piece \(entry.key) has no number")
      }
      if id < pieces { texts[id] = entry.key }
    }
    var kinds: [String: SentencePieceWriter.Kind] = [:]
    for token in added {
      if token.id < pieces { texts[token.id] = token.text }
      kinds[token.text] = token.isSpecial ? .control : .userDefined
    }
    kinds[unknown] = .unknown
    let ranks = try ranks(model)
    var writer = SentencePieceWriter()
    for (id, text) in texts.enumerated() {
      guard let text else { throw region.malformed("it has no piece \(id) of \(pieces)") }
      writer.add(
        text, score: -Float(ranks[text] ?? ranks.count + id),
        kinds[text] ?? SentencePieceWriter.kind(of: text, among: pieces))
    }
    return writer.bytes(rules: try rules())
  }

  /// Tokens that are found before anything is cut.
  private var added: [(id: Int, text: String, isSpecial: Bool)] {
    guard case .list(let tokens)? = root["added_tokens"] else { return [] }
    return tokens.compactMap { token in
      guard case .integer(let id)? = token["id"], id >= 0,
        case .text(let text)? = token["content"]
      else { return nil }
      return (id, text, token["special"] == .bool(true))
    }
  }

  /// When each piece is merged; the first that two others make has 0.
  private func ranks(_ model: Document) throws(CheckpointError) -> [String: Int] {
    guard case .list(let merges)? = model["merges"] else {
      throw region.malformed("it has no merges")
    }
    var ranks: [String: Int] = [:]
    for merge in merges {
      let whole: String
      switch merge {
      // Older versions put both into one text; a piece has no space.
      case .text(let text):
        whole = text.split(separator: " ", maxSplits: 1).joined()
      case .list(let parts):
        whole = parts.map { if case .text(let text) = $0 { text } else { "" } }.joined()
      default: throw region.malformed("one of its merges is no pair")
      }
      if ranks[whole] == nil { ranks[whole] = ranks.count }
    }
    return ranks
  }

  /// What texts are normalised with before they are cut.
  private func rules() throws(CheckpointError) -> [UInt8] {
    guard let normalizer = root["normalizer"], normalizer != .null else { return [] }
    var steps = [normalizer]
    if case .list(let all)? = normalizer["normalizers"] { steps = all }
    var rules: [UInt8] = []
    for step in steps {
      switch step["type"] {
      case .text("Precompiled"):
        guard case .text(let text)? = step["precompiled_charsmap"], let map = base64(text) else {
          throw region.malformed("its precompiled_charsmap is damaged")
        }
        rules = map
      // Blanks at ends and side by side, which SentencePiece removes by itself.
      case .text("Strip"), .text("Replace"), .text("Prepend"): break
      default:
        throw .unsupported(
          path: region.file.path,
          .setting(
            key: "normalizer.type", value: step["type"]?.json ?? "null",
            reason: "only Precompiled, Strip, Replace and Prepend are supported"))
      }
    }
    return rules
  }

  /// Bytes written with 64 letters (RFC 4648); nil for a text that is not.
  private func base64(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (bits, count): (UInt32, Int) = (0, 0)
    for letter in text.utf8.reversed().drop(while: { $0 == UInt8(ascii: "=") }).reversed() {
      let value: UInt8
      switch letter {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = letter - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = letter - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = letter - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      default: return nil
      }
      (bits, count) = (bits << 6 | UInt32(value), count + 6)
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      bits &= (1 << count) - 1
    }
    return bytes
  }
}
