/// Characters without a shape that change the shape of those beside them: joiners, variation
/// selectors, and tags.
///
/// Sources: The Unicode Standard 15, chapter 23; Unicode Technical Standard 51 (emoji).
enum JoiningCharacters {
  /// Whether a character without a shape belongs to the spelling of what it stands in.
  ///
  /// - Parameters:
  ///   - place: Where it stands.
  ///   - all: The text.
  ///   - last: What was left of the text before it last.
  /// - Returns: Whether it belongs there; false for all other such characters.
  static func belong(
    at place: Int, in all: [Unicode.Scalar], after last: Unicode.Scalar?
  ) -> Bool {
    guard let last else { return false }
    let next = place + 1 < all.count ? all[place + 1] : nil
    switch all[place] {
    case "\u{200C}": return isJoined(last)
    case "\u{200D}": return isJoined(last) || isEmojiPart(last) && next.map(isEmoji) ?? false
    case "\u{FE0E}", "\u{FE0F}":
      return isEmoji(last) || last.properties.isIdeographic
        || last.properties.isEmoji && next == "\u{20E3}"
    case "\u{FE00}"..."\u{FE0D}": return last.properties.isIdeographic || last.properties.isMath
    case "\u{E0100}"..."\u{E01EF}": return last.properties.isIdeographic
    case "\u{180B}"..."\u{180F}": return ("\u{1820}"..."\u{18AA}").contains(last)
    case let tag where isTag(tag): return isInFlag(place, all)
    default: return false
    }
  }

  /// Whether a character is of a script whose letters join, or form clusters, in more than one way.
  private static func isJoined(_ scalar: Unicode.Scalar) -> Bool {
    guard joinedScripts.contains(where: { $0.contains(scalar.value) }) else { return false }
    return switch scalar.properties.generalCategory {
    case .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark: true
    default: false
    }
  }

  /// Arabic, Syriac, N'Ko, Mandaic; the scripts of India, Tibet, Burma, Cambodia, Mongolia; more of
  /// them, and of Arabic, further behind.
  private static let joinedScripts: [ClosedRange<UInt32>] = [
    0x0620...0x0DFF, 0x0F00...0x109F, 0x1780...0x18AF, 0x1B00...0x1C4F, 0xA840...0xA87F,
    0xA8E0...0xA8FF, 0xFB50...0xFDFF, 0xFE70...0xFEFE, 0x10AC0...0x11FFF, 0x1E900...0x1E95F,
  ]

  /// Whether a character is a picture, and no digit or sign: those can be part of one.
  private static func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0xFF && scalar.properties.isEmoji
  }

  /// Whether a character can end one of the pictures that a joiner makes one of.
  private static func isEmojiPart(_ scalar: Unicode.Scalar) -> Bool {
    isEmoji(scalar) || scalar == "\u{FE0F}"
  }

  private static func isTag(_ scalar: Unicode.Scalar) -> Bool {
    ("\u{E0020}"..."\u{E007F}").contains(scalar)
  }

  /// Tags behind a flag that can be a region's, such as those of Scotland's, and the last one.
  private static let mostTags = 7

  /// Whether a tag is one of those few that make a black flag another one.
  private static func isInFlag(_ place: Int, _ all: [Unicode.Scalar]) -> Bool {
    var start = place
    while start > 0, isTag(all[start - 1]), place - start < mostTags { start -= 1 }
    guard start > 0, all[start - 1] == "\u{1F3F4}" else { return false }
    let tags = all[start...].prefix(mostTags + 1).prefix(while: isTag)
    return tags.count <= mostTags && tags.last == "\u{E007F}"
      && tags.dropLast().allSatisfy {
        ("\u{E0030}"..."\u{E0039}").contains($0) || ("\u{E0061}"..."\u{E007A}").contains($0)
      }
  }
}
