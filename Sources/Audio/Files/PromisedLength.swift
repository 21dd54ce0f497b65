internal import System

/// How long a recording says that it is, in seconds, without decoding it.
///
/// - Parameter path: A file.
/// - Returns: Seconds; nil where only decoding would tell, or there is no such recording.
package func promisedLength(ofRecordingAt path: String) -> Double? {
  guard (try? FileStatus(of: path))?.kind == .regular,
    let input = try? InputFile(path: path, within: ReadingLimits()),
    let source = try? SoundFileSource(input, nil), let count = source.expectedCount
  else { return nil }
  return Double(count) / Double(source.rate)
}
