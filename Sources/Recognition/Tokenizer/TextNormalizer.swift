/// Prepares text for cutting: character rules, white space, the ▁ mark.
struct TextNormalizer {
  /// U+2581, which stands for a space inside pieces.
  static let spaceMark: [UInt8] = [0xE2, 0x96, 0x81]

  private static let space = UInt8(ascii: " ")

  private let settings: SentencePieceModel.Normalization
  private let map: CharacterMap
  private let userDefined: PieceTrie
  private let spaceBytes: [UInt8]

  /// Builds the normaliser of a model.
  ///
  /// - Parameters:
  ///   - settings: The model's switches and rules.
  ///   - userDefined: Symbols that no rule may change.
  /// - Throws: `TokenizerError.malformed` if the rules cannot be read.
  init(
    _ settings: SentencePieceModel.Normalization, userDefined: PieceTrie
  ) throws(TokenizerError) {
    self.settings = settings
    self.userDefined = userDefined
    map = try CharacterMap(settings.characterMap)
    spaceBytes = settings.escapeWhitespaces ? Self.spaceMark : [Self.space]
  }

  /// The text as the pieces see it.
  func normalize(_ text: [UInt8]) -> [UInt8] {
    var rest = text[...]
    if settings.removeExtraWhitespaces {
      while !rest.isEmpty {
        let (replacement, length) = replacePrefix(of: rest)
        guard replacement.elementsEqual(CollectionOfOne(Self.space)) else { break }
        rest.removeFirst(length)
      }
    }
    guard !rest.isEmpty else { return [] }

    var result: [UInt8] = []
    result.reserveCapacity(rest.count + rest.count / 2 + spaceBytes.count)
    if settings.addDummyPrefix, !settings.treatWhitespaceAsSuffix { result += spaceBytes }
    var afterSpace = settings.removeExtraWhitespaces
    while !rest.isEmpty {
      let (replacement, length) = replacePrefix(of: rest)
      rest.removeFirst(length)
      var index = replacement.startIndex
      while afterSpace, index < replacement.endIndex, replacement[index] == Self.space {
        index += 1
      }
      while index < replacement.endIndex {
        let isSpace = replacement[index] == Self.space
        if isSpace { result += spaceBytes } else { result.append(replacement[index]) }
        afterSpace = isSpace && settings.removeExtraWhitespaces
        index += 1
      }
    }
    if settings.removeExtraWhitespaces {
      while result.suffix(spaceBytes.count).elementsEqual(spaceBytes) {
        result.removeLast(spaceBytes.count)
      }
    }
    if settings.addDummyPrefix, settings.treatWhitespaceAsSuffix { result += spaceBytes }
    return result
  }

  /// What the first character, rule or user-defined symbol becomes, and its length before.
  private func replacePrefix(
    of input: ArraySlice<UInt8>
  ) -> (replacement: ArraySlice<UInt8>, length: Int) {
    if !userDefined.isEmpty {
      let length = userDefined.longestPrefix(of: input)
      if length > 0 { return (input.prefix(length), length) }
    }
    if let (length, replacement) = map.longestRule(for: input) { return (replacement, length) }
    guard let length = UTF8Bytes.characterLength(input) else {
      return (UTF8Bytes.replacement[...], 1)
    }
    return (input.prefix(length), length)
  }
}
