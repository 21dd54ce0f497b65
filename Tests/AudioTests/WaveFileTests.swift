import Audio
import TestSupport
import Testing

/// WAV files that are written come back as they were.
@Suite struct WaveFileTests {
  @Test func samplesComeBack() throws {
    let folder = try TemporaryFolder()
    let samples: [Float] = [0, 0.5, -0.5, 1, -1, 3, -3, .nan]
    let path = try folder.write(WaveFile.bytes(samples), "a.wav")
    let read = try AudioFile(path: path).readAll()
    let expected: [Float] = [0, 0.5, -0.5, 1, -1, 1, -1, 0]
    #expect(read.count == expected.count)
    for (sample, other) in zip(read, expected) { #expect(abs(sample - other) < 1e-4) }
  }

  @Test func headersSayWhatFollows() {
    for isFloat in [true, false] {
      #expect(WaveFile.header(samples: 7, isFloat: isFloat).count == WaveFile.headerSize)
    }
    #expect(WaveFile.bytes([]).count == WaveFile.headerSize)
  }
}
