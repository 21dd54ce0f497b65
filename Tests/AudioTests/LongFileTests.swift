import Audio
import Foundation
import TestSupport
import Testing

@Suite struct LongFileTests {
  /// Ten hours of silence that occupy no disk; only its beginning is read.
  @Test(arguments: [8_000, 16_000]) func tenHoursStream(rate: Int) throws {
    let bytes = 10 * 3_600 * rate * 2
    let header = Wave([], rate: rate).bytes(claimed: UInt32(bytes))
    try withFile(header) { path in
      try #require(truncate(path, off_t(header.count + bytes)) == 0)
      let before = try residentBytes()
      let file = try AudioFile(path: path)
      #expect(file.duration == 36_000)
      let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 16_000)
      defer { block.deallocate() }
      var count = 0
      while count < 180 * 16_000 {
        let step = try file.read(into: block)
        try #require(step > 0)
        count += step
      }
      // Ten hours held whole would be 2.3 GB; other tests run meanwhile.
      #expect(try residentBytes() - before < 100_000_000)
    }
  }

  private func residentBytes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .ascii)
    return try #require(Int(text.split(separator: " ")[1])) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
