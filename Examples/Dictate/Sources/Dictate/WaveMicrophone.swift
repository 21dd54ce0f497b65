import Foundation

/// A WAV file that is heard at the pace of speech: 16 bits, 16 kHz, one channel.
struct WaveMicrophone: AsyncSequence {
  private let samples: [Float]

  /// Samples that arrive at once: 20 ms.
  private static let period = 320
  /// Bytes before the samples.
  private static let header = 44

  init(path: String) throws {
    let bytes = try Data(contentsOf: URL(filePath: path)).dropFirst(Self.header)
    samples = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { index in
      Float(Int16(bitPattern: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8)) / 32_768
    }
  }

  func makeAsyncIterator() -> Iterator { Iterator(rest: samples[...]) }

  struct Iterator: AsyncIteratorProtocol {
    fileprivate var rest: ArraySlice<Float>

    mutating func next() async throws -> [Float]? {
      guard !rest.isEmpty else { return nil }
      try await Task.sleep(for: .milliseconds(20))
      defer { rest = rest.dropFirst(WaveMicrophone.period) }
      return Array(rest.prefix(WaveMicrophone.period))
    }
  }
}
