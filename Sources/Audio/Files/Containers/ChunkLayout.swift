/// What the headers of AIFF, AU, CAF, Sony's Wave64 and AVI promise: one run of samples each, or of
/// samples and pictures.
enum ChunkLayout {
  /// The chunk `SSND` of AIFF and AIFF-C.
  static func aiff(_ input: InputFile) -> Container? {
    guard ["AIFF", "AIFC"].contains(input.text(at: 8, 4)) else { return nil }
    var place = 12
    for _ in 0..<Container.mostParts {
      guard let length = input.number(at: place + 4, 4, isBigEndian: true) else { return nil }
      guard input.text(at: place, 4) == "SSND" else {
        place += 8 + length + length & 1
        continue
      }
      // Two numbers stand before the samples. ffmpeg leaves 0 in a pipe.
      let known = length == 0 ? nil : knownLength(length)
      return .promising(known.map { max(0, $0 - 8) }, from: place + 16, in: input) { end in
        input.isChunk(at: end + end & 1, besides: "FORM")
      }
    }
    return nil
  }

  /// The list `movi` of AVI, in which sound and pictures take turns.
  static func avi(_ input: InputFile) -> Container? {
    guard input.text(at: 8, 4) == "AVI " else { return nil }
    var place = 12
    for _ in 0..<Container.mostParts {
      guard let length = input.number(at: place + 4, 4) else { return nil }
      if input.text(at: place, 4) == "LIST", input.text(at: place + 8, 4) == "movi" {
        let known = length == 0 ? nil : knownLength(length)
        // Large ones go on in further lists, which ffmpeg reads.
        return .promising(known, from: place + 8, in: input) { _ in true }
      }
      place += 8 + length + length & 1
    }
    return nil
  }

  /// The number behind the magic word and the place of the samples.
  static func au(_ input: InputFile) -> Container? {
    guard let place = input.number(at: 4, 4, isBigEndian: true),
      let length = input.number(at: 8, 4, isBigEndian: true)
    else { return nil }
    let known = length == 0 ? nil : knownLength(length)
    return .promising(known, from: place, in: input) { _ in false }
  }

  /// The chunk `data` of Apple's Core Audio Format; -1 says that nobody knew its length.
  static func caf(_ input: InputFile) -> Container? {
    var place = 8
    for _ in 0..<Container.mostParts where place + 12 <= input.size {
      let length = input.number(at: place + 4, 8, isBigEndian: true)
      if input.text(at: place, 4) == "data" {
        var container = Container.promising(
          length.map { max(0, $0 - 4) }, from: place + 16, in: input
        ) { input.isChunk(at: $0, besides: "caff") }
        // libsndfile takes only a length that is there.
        let there = UInt64(max(0, input.size - place - 12)).bigEndian
        if length.map({ $0 > there.bigEndian }) ?? true {
          container.pieces = [
            .part(0..<place + 4), .bytes(withUnsafeBytes(of: there, Array.init)),
            .part(place + 12..<input.size),
          ]
        }
        return container
      }
      guard let length, length < input.size else { return nil }
      place += 12 + length
    }
    return nil
  }

  /// The chunk `data` of Wave64, whose names have 16 bytes, and lengths count their own header.
  static func wave64(_ input: InputFile) -> Container? {
    var place = 40
    for _ in 0..<Container.mostParts {
      guard let length = input.number(at: place + 16, 8) else { return nil }
      if input.text(at: place, 4) == "data" {
        let known = length < 1 << 62 ? max(0, length - 24) : nil
        // libsndfile hears what stands behind them.
        return .promising(known, from: place + 24, in: input) { _ in true }
      }
      guard length >= 24, length < input.size else { return nil }
      place += (length + 7) & ~7
    }
    return nil
  }
}

extension InputFile {
  /// Whether the name of a chunk stands at a place, other than the one that begins a file.
  fileprivate func isChunk(at place: Int, besides first: String) -> Bool {
    let name = text(at: place, 4)
    return RIFFLayout.isName(name) && name != first
  }
}
