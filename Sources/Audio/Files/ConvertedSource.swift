internal import Glibc
internal import System

/// Decodes through ffmpeg what libsndfile does not know: M4A, WebM, AMR, the sound of videos.
final class ConvertedSource: SampleSource {
  let rate = 16_000
  let expectedCount: Int? = nil
  private(set) var decodedCount = 0
  private let input: InputFile
  private let program: String
  private let child: ChildProcess
  private let reader: PatientReader
  /// What it decoded, where it was waited for.
  private let decoded: FileDescriptor?
  /// The file as the program finds it.
  private let address: String

  /// Containers that hold their own sound, by ffmpeg's names.
  ///
  /// Not among them is what only names other files, such as playlists: those might be somebody
  /// else's, or pipes in which nothing comes.
  private static let containers = [
    "aa,aac,aax,ac3,act,aiff,amr,amrnb,amrwb,ape,asf,asf_o,au,avi,avr,caf,codec2,dhav,dsf,dts",
    "dtshd,dv,eac3,flac,flv,g722,g729,gsm,gxf,iff,ilbc,ircam,ivr,live_flv,loas,m4v,matroska,mlp",
    "mov,mp3,mpc,mpc8,mpeg,mpegts,mpegvideo,mxf,nistsphere,nut,ogg,oma,paf,pvf,qcp,rm,sbc,sds,shn",
    "sln,sox,swf,tak,truehd,tta,voc,w64,wav,webm,wsd,wtv,wv,xwma",
  ].joined(separator: ",")

  /// How long the program may go on when it has nothing more to say.
  private static let farewell = Duration.seconds(5)

  /// Starts the program on the file; whether it can decode it shows with the first read, or at once
  /// where limits want it decoded first.
  init(
    _ input: InputFile, program: String, within limits: ReadingLimits
  ) throws(AudioError) {
    self.input = input
    self.program = program
    // Standard input and pipes reach the program as its own descriptor 0.
    address = "file:\(input.isNamed ? input.path : "/proc/self/fd/0")"
    guard let path = findProgram(program, path: Environment.value(of: "PATH")) else {
      throw .badData(path: input.path, .noConverter(program: program))
    }
    // The "file:" prefix keeps names such as "-y" or "http:x" from meaning anything else, and the
    // list of protocols keeps a playlist from reaching the network.
    var command = Command(
      path,
      [
        "-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe",
        "-format_whitelist", Self.containers, "-i", address,
        "-vn", "-f", "f32le", "-ac", "1", "-ar", "16000", "pipe:1",
      ])
    (command.output, command.messages) = (.streamed, .streamed)
    let copy = try input.duplicate()
    let child: ChildProcess
    do throws(Errno) {
      child = try command.start(input: copy)
    } catch {
      throw .badData(path: input.path, .brokenConverter(program: program, error))
    }
    self.child = child
    reader = PatientReader(within: limits) { limit in
      child.awaitOutput(limit)
    } read: { bytes throws(Errno) in
      guard child.awaitOutput(.zero) else { throw Errno(EAGAIN) }
      return try child.read(into: bytes)
    }
    do throws(InputFault.CopyFault) {
      decoded = limits.decodesFirst ? try reader.copy() : nil
    } catch {
      throw .badData(path: input.path, .undecoded(program: program, error))
    }
  }

  func read(into samples: UnsafeMutableBufferPointer<Float>) throws(AudioError) -> Int {
    let bytes = UnsafeMutableRawBufferPointer(samples)
    var filled = 0
    while filled == 0 || filled % 4 != 0 {
      let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
      let count = try nextBytes(rest)
      if count == 0 { break }
      filled += count
    }
    let count = filled / 4
    if count == 0 { try finish() }
    try check(samples[..<count], path: input.path)
    decodedCount += count
    return count
  }

  /// Waits for output; 0 when it has ended.
  private func nextBytes(_ bytes: UnsafeMutableRawBufferPointer) throws(AudioError) -> Int {
    do throws(InputFault.CopyFault) {
      do throws(Errno) {
        if let count = try decoded?.read(into: bytes) { return count }
      } catch {
        throw .reading(error)
      }
      return try reader.read(into: bytes)
    } catch {
      throw .badData(path: input.path, .undecoded(program: program, error))
    }
  }

  private func finish() throws(AudioError) {
    switch child.wait(Self.farewell) {
    case .exit(code: 0): return
    case .exit: break
    case .signal(let number): throw failure("\(program) was ended by signal \(number)")
    case nil: throw failure("\(program) does not end")
    }
    let messages = child.messageText
    if messages.contains("not on whitelist") {
      throw failure("it lists other files, or has a format that is not read")
    }
    let last = messages.split(whereSeparator: \.isNewline).last.map(String.init)
    let prefix = "\(address): "
    let message = last ?? "no message"
    throw failure(message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message)
  }

  private func failure(_ message: String) -> AudioError {
    .badData(path: input.path, .unknown(program: program, message: message))
  }
}
