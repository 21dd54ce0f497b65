/// Names that X11 gives to characters.
enum X11Symbols {
  /// The character of `udiaeresis`, `U20AC` or `a`; nil for keys that make none, and for the older
  /// names of characters beyond Latin-1.
  static func character(named name: Substring) -> Unicode.Scalar? {
    let scalars = name.unicodeScalars
    if let first = scalars.first, scalars.count == 1,
      first.properties.isAlphabetic || "0"..."9" ~= first
    {
      return first
    }
    if name.wholeMatch(of: /U[0-9A-F]{4,8}/) != nil {
      return UInt32(name.dropFirst(), radix: 16).flatMap(Unicode.Scalar.init)
    }
    return table[String(name)]
  }

  private static let table: [String: Unicode.Scalar] = {
    var table: [String: Unicode.Scalar] = [:]
    for (start, names) in runs {
      for (offset, name) in names.split(whereSeparator: \.isWhitespace).enumerated() {
        table[String(name)] = Unicode.Scalar(start + UInt32(offset))
      }
    }
    return table
  }()

  /// Characters one after the other, from the first one's number.
  private static let runs: [(UInt32, String)] = [
    (
      0x20,
      """
      space exclam quotedbl numbersign dollar percent ampersand apostrophe parenleft
      parenright asterisk plus comma minus period slash
      """
    ),
    (0x3a, "colon semicolon less equal greater question at"),
    (0x5b, "bracketleft backslash bracketright asciicircum underscore grave"),
    (0x7b, "braceleft bar braceright asciitilde"),
    (
      0xa0,
      """
      nobreakspace exclamdown cent sterling currency yen brokenbar section diaeresis
      copyright ordfeminine guillemotleft notsign hyphen registered macron degree plusminus
      twosuperior threesuperior acute mu paragraph periodcentered cedilla onesuperior
      masculine guillemotright onequarter onehalf threequarters questiondown Agrave Aacute
      Acircumflex Atilde Adiaeresis Aring AE Ccedilla Egrave Eacute Ecircumflex Ediaeresis
      Igrave Iacute Icircumflex Idiaeresis ETH Ntilde Ograve Oacute Ocircumflex Otilde
      Odiaeresis multiply Oslash Ugrave Uacute Ucircumflex Udiaeresis Yacute THORN ssharp
      agrave aacute acircumflex atilde adiaeresis aring ae ccedilla egrave eacute
      ecircumflex ediaeresis igrave iacute icircumflex idiaeresis eth ntilde ograve oacute
      ocircumflex otilde odiaeresis division oslash ugrave uacute ucircumflex udiaeresis
      yacute thorn ydiaeresis
      """
    ),
  ]
}
