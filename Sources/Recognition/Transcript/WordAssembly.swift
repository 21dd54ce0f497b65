/// Groups tokens into words, one token after the other; NeMo's rules.
struct WordAssembly {
  private let tokenizer: Tokenizer
  private let traits: [PieceTraits]
  private let secondsPerFrame: Double
  private let tokens: [Token]
  private let times: [TokenTime]

  private var words: [Word] = []
  /// Pieces of the word being built.
  private var pieces: [Int] = []
  private var firstToken = 0

  /// Groups all tokens.
  static func words(
    of tokens: [Token], at times: [TokenTime], _ tokenizer: Tokenizer, _ traits: [PieceTraits],
    secondsPerFrame: Double
  ) -> [Word] {
    var assembly = WordAssembly(
      tokenizer: tokenizer, traits: traits, secondsPerFrame: secondsPerFrame, tokens: tokens,
      times: times)
    for index in tokens.indices { assembly.add(index) }
    assembly.close(before: tokens.count)
    assembly.beginWithFirstToken()
    return assembly.words
  }

  private mutating func add(_ index: Int) {
    let id = tokens[index].id
    let traits = traits[id]
    if traits.isPunctuation {
      addPunctuation(index, traits)
    } else if traits.opensWord {
      close(before: index)
      if traits.text != " " { extend(index, id) }
    } else {
      extend(index, id)
    }
  }

  private mutating func addPunctuation(_ index: Int, _ traits: PieceTraits) {
    if pieces.isEmpty, var word = words.popLast() {
      // A space closed the word, so the mark joins it from outside.
      if word.text.unicodeScalars.last == " " { word.text.unicodeScalars.removeLast() }
      word.text += traits.text
      word.endFrame = times[index].end
      word.end = seconds(word.endFrame)
      word.tokens = word.tokens.lowerBound..<index + 1
      word.confidence = confidence(of: word.tokens)
      words.append(word)
    } else {
      if let last = pieces.last, ["▁", "_", " "].contains(tokenizer.piece(last)) {
        pieces.removeLast()
        pieces.append(tokens[index].id)
      } else {
        extend(index, tokens[index].id)
      }
    }
  }

  private mutating func extend(_ index: Int, _ id: Int) {
    if pieces.isEmpty { firstToken = index }
    pieces.append(id)
  }

  private mutating func close(before index: Int) {
    guard !pieces.isEmpty else { return }
    let start = times[firstToken].start
    let end = times[index - 1].end
    words.append(
      Word(
        text: PlainText.only(tokenizer.decode(pieces)), start: seconds(start), end: seconds(end),
        startFrame: start, endFrame: end, confidence: confidence(of: firstToken..<index),
        tokens: firstToken..<index))
    pieces.removeAll(keepingCapacity: true)
  }

  /// The first word starts where the first token does, even if that is a space.
  private mutating func beginWithFirstToken() {
    guard !words.isEmpty else { return }
    words[0].startFrame = times[0].start
    words[0].start = seconds(times[0].start)
  }

  private func confidence(of range: Range<Int>) -> Float {
    tokens[range].lazy.map(\.confidence).min() ?? 0
  }

  private func seconds(_ frame: Int) -> Double { Double(frame) * secondsPerFrame }
}
