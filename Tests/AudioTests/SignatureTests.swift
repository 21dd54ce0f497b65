import Audio
import Foundation
import TestSupport
import Testing

@Suite struct SignatureTests {
  @Test func recordingsAreKnownByWhatIsInThem() throws {
    for folder in ["audio", "wav"] {
      let place = Fixtures.committed.appending(path: folder)
      let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
      #expect(!names.isEmpty)
      let endings = ["wav", "flac", "mp3", "opus", "ogg", "aiff", "m4a"]
      for name in names where endings.contains(where: { name.hasSuffix("." + $0) }) {
        let path = place.appending(path: name).path
        #expect(try RecordingSignature.isThere(in: path), "\(path)")
      }
    }
  }

  /// Frames without a header of the file, as streams are cut.
  @Test(
    arguments: [
      [0xFF, 0xFB, 0x90, 0x64], [0xFF, 0xF3, 0x40, 0xC0], [0xFF, 0xFD, 0x84, 0x04],
      [0xFF, 0xF1, 0x50, 0x80], [0xFF, 0xF9, 0x4C, 0x80],
    ] as [[UInt8]])
  func bareFramesAreSound(_ bytes: [UInt8]) { #expect(RecordingSignature.matches(bytes)) }

  @Test(arguments: [
    "", "R", "RIFF", "RIFF1234WEBP", "FORM1234ILBM", "ID3 tags", "The wide river", "MAC address",
    "{\"audio_filepath\"", "WEBVTT\n", "\u{FEFF}text", "\u{89}PNG", "%PDF-1.7", "GIF89a",
  ])
  func otherFilesAreNot(_ text: String) {
    #expect(!RecordingSignature.matches(Array(text.utf8)))
  }

  @Test func marksOfTextsAndPicturesAreNone() {
    for bytes in [[0xFF, 0xFE, 0x68, 0], [0xFE, 0xFF, 0, 0x68], [0xFF, 0xD8, 0xFF, 0xE0]] {
      #expect(!RecordingSignature.matches(bytes.map { UInt8($0) }))
    }
  }
}
