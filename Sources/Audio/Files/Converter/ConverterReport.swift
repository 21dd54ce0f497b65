internal import System

/// What ffmpeg says about a recording while it decodes it, from its messages with their levels.
struct ConverterReport: Equatable {
  /// All audio tracks, in order.
  private(set) var tracks: [AudioTrack] = []
  /// The track that is decoded.
  private(set) var chosen: Int?
  /// Whether there are pictures that move.
  private(set) var hasVideo = false
  /// Whether there is any track at all.
  private(set) var hasTracks = false
  /// Seconds, where the container tells them and they are not guessed.
  private(set) var duration: Double?
  /// What is wrong with it, in order, each without the names of parts of ffmpeg.
  private(set) var complaints: [String] = []

  /// Why it fails: the last complaint, and the first, which tends to say more.
  var failure: String? {
    guard let first = complaints.first, let last = complaints.last else { return nil }
    if first.contains("moov atom not found") {
      return "its index is missing, so that it was cut, or never finished (\(first))"
    }
    return first == last ? last : "\(first); \(last)"
  }

  /// Reads messages as `-v level+info` has them.
  ///
  /// - Parameters:
  ///   - messages: The messages by now.
  ///   - address: What the program was told to read, which its messages repeat.
  init(_ messages: String, address: String) {
    var isGuessed = false
    var streams: [String: AudioTrack] = [:]
    var isInput = true
    for line in messages.split(whereSeparator: \.isNewline) {
      let (level, text) = Self.parts(of: line)
      switch level {
      case "error", "fatal", "panic": complaints.append(Self.plain(text, address))
      case "warning" where text.contains("Estimating duration"): isGuessed = true
      case "warning" where text.lowercased().contains("corrupt"):
        complaints.append(Self.plain(text, address))
      case "info" where text.hasPrefix("  Duration: "): duration = Self.seconds(text.dropFirst(12))
      case "info" where text.hasPrefix("Stream mapping:"): isInput = false
      case "info" where text.hasPrefix("  Stream #0:"):
        if isInput {
          addStream(text, &streams)
        } else if let name = text.split(separator: " ").dropFirst().first {
          chosen = chosen ?? streams[String(name)]?.number
        }
      default: break
      }
    }
    if isGuessed { duration = nil }
  }

  /// `  Stream #0:1[0x2](eng): Audio: aac (LC), 44100 Hz`.
  private mutating func addStream(_ text: Substring, _ streams: inout [String: AudioTrack]) {
    guard
      let match = text.prefixMatch(of: #/  Stream (#0:\d+)(?:\[\w+\])?(?:\((\w+)\))?: (\w+): /#)
    else { return }
    hasTracks = true
    if match.3 == "Video", !text.contains("(attached pic)") { hasVideo = true }
    guard match.3 == "Audio" else { return }
    let language = match.2.map(String.init).flatMap { $0 == "und" ? nil : $0 }
    let track = AudioTrack(number: tracks.count + 1, language: language)
    tracks.append(track)
    streams[String(match.1)] = track
  }

  /// The level of a line and what follows it: `[aac @ 0x55] [error] text`, `[info]   text`.
  private static func parts(of line: Substring) -> (level: Substring, text: Substring) {
    var rest = line
    while rest.first == "[", let end = rest.firstIndex(of: "]") {
      let (name, text) = (rest[rest.index(after: rest.startIndex)..<end], rest[end...].dropFirst(2))
      guard name.contains(" @ ") else { return (name, text) }
      rest = text
    }
    return ("", rest)
  }

  /// Characters of a complaint that are passed on.
  private static let longest = 200

  private static func plain(_ text: Substring, _ address: String) -> String {
    let prefix = "\(address): "
    let plain = text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text
    return String(plain.prefix(longest)).printable
  }

  /// `00:01:02.50, start: …`; nil for `N/A`.
  private static func seconds(_ text: Substring) -> Double? {
    let numbers = text.prefix { $0 != "," }.split(separator: ":").map { Double($0) }
    guard numbers.count == 3 else { return nil }
    let seconds = numbers.reduce(0) { $0 * 60 + ($1 ?? .nan) }
    // Thirty years, and whatever else damaged headers make of it, are none of a recording.
    return (0..<1e9).contains(seconds) ? seconds : nil
  }
}
