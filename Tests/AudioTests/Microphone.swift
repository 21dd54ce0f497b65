import CALSA
import Foundation
import TestSupport

/// Devices of ALSA without hardware, which deliver what a file holds as fast as it is read.
enum Microphone {
  /// Runs a body with a device that delivers raw samples; after the last ones it repeats itself.
  ///
  /// ALSA's configuration belongs to the whole process: tests that use this run one by one.
  static func with<Result>(_ raw: Data, _ body: (String) throws -> Result) throws -> Result {
    try withTemporaryFolder { folder in
      let input = folder.appending(path: "input.raw")
      try raw.write(to: input)
      let name = "utter_\(UUID().uuidString)"
      try define(
        """
        pcm.\(name) {
          type file
          slave.pcm { type null }
          file "/dev/null"
          infile "\(input.path)"
          format "raw"
        }
        """)
      return try body(name)
    }
  }

  /// Adds definitions to the configuration that this process has read.
  static func define(_ text: String) throws {
    var top: OpaquePointer?
    var input: OpaquePointer?
    guard snd_config_update_ref(&top) >= 0, let top else { throw DefinitionError() }
    defer { snd_config_unref(top) }
    guard snd_input_buffer_open(&input, text, text.utf8.count) >= 0, let input else {
      throw DefinitionError()
    }
    defer { snd_input_close(input) }
    guard snd_config_load(top, input) >= 0 else { throw DefinitionError() }
  }

  private struct DefinitionError: Error {}
}

/// Integers as they lie in memory.
func raw(_ values: some Sequence<some FixedWidthInteger>) -> Data {
  var data = Data()
  for value in values { withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) } }
  return data
}
