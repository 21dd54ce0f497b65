import Audio
import Foundation
import TestSupport
import Testing

/// Videos, with several tracks of sound or none.
@Suite(.enabled(if: hasFFmpeg)) struct TrackTests {
  /// A film whose first track is silent, of half a second, and whose second has the tone.
  private static func withFilm(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let film = folder.appending(path: "film.mkv").path
      try ffmpeg(
        "-f", "lavfi", "-i", "color=size=16x16:duration=2", "-f", "lavfi", "-i",
        "anullsrc=r=16000:cl=mono", "-i", recording("tone.flac"), "-map", "0:v", "-map", "1:a",
        "-map", "2:a", "-t", "0.5", "-c:a", "pcm_s16le", "-metadata:s:a:0", "language=eng",
        "-metadata:s:a:1", "language=fra", film)
      try body(film)
    }
  }

  private static func loudest(_ path: String, _ track: RecordingChoice.Track?) throws -> Float {
    var choice = RecordingChoice()
    choice.track = track
    return try AudioFile(path: path, choosing: choice).readAll().map(abs).max() ?? 0
  }

  @Test func severalTracksAreMentioned() throws {
    try Self.withFilm { film in
      let file = try AudioFile(path: film)
      _ = try file.readAll()
      #expect(file.warnings.count == 1)
      #expect(
        file.warnings.first?.reason
          == "has 2 audio tracks, 1 (eng), 2 (fra); only track 1 was heard")
    }
  }

  @Test func aTrackIsChosenByNumberOrLanguage() throws {
    try Self.withFilm { film in
      #expect(try Self.loudest(film, .number(1)) == 0)
      #expect(try Self.loudest(film, .number(2)) > 0.1)
      #expect(try Self.loudest(film, .language("fr")) > 0.1)
      var choice = RecordingChoice()
      choice.track = .language("fra")
      let chosen = try AudioFile(path: film, choosing: choice)
      _ = try chosen.readAll()
      #expect(chosen.warnings == [])
    }
  }

  @Test func tracksThatAreNotThereAreAnError() throws {
    try Self.withFilm { film in
      for track in [RecordingChoice.Track.number(3), .language("deu")] {
        let error = #expect(throws: AudioError.self) { try Self.loudest(film, track) }
        #expect(error?.reason.hasSuffix("only 1 (eng), 2 (fra)") == true)
      }
    }
    #expect(throws: AudioError.self) { try Self.loudest(recording("tone.flac"), .number(2)) }
    #expect(try Self.loudest(recording("tone.flac"), .number(1)) > 0.1)
  }

  @Test func aVideoWithoutSoundIsCalledThat() throws {
    try withTemporaryFolder { folder in
      let film = folder.appending(path: "film.mp4").path
      try ffmpeg("-f", "lavfi", "-i", "color=size=16x16:duration=0.5", film)
      #expect(error(path: film)?.reason == "is a video without sound")
    }
  }
}
