/// What of a recording is to be heard.
package struct RecordingChoice: Equatable, Sendable {
  /// Its channels.
  package enum Channels: Equatable, Sendable {
    /// All of them together.
    case mix
    /// One, counted from 1.
    case one(Int)
  }

  /// A track of a container that may have several.
  package enum Track: Equatable, Sendable {
    /// By its place among those with sound, from 1.
    case number(Int)
    /// The first in a language: `eng`, or its beginning.
    case language(String)
  }

  /// Which channels.
  package var channels = Channels.mix
  /// Which track; nil for the one that its container or ffmpeg takes for the best.
  package var track: Track?

  /// All channels of the best track.
  package init() {}
}
