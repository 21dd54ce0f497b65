internal import Glibc
internal import System

/// ffmpeg, or a program in its place, at work on a recording.
final class Converter {
  /// What is wanted of it.
  struct Wish {
    /// Frames per second.
    var rate = 16_000
    /// So many channels; nil for those of the recording, at most two of them for a mix.
    var channels: Int?
    /// Whether all channels are to be heard as one: then more than two are mixed as films are.
    var isMix = true
    /// The audio track, counted from 1.
    var track: Int?
  }

  /// The program's name.
  let program: String
  /// How the program finds the recording.
  private let address: String
  private let child: ChildProcess

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

  /// Bytes of messages that are kept; a long recording with damage all over has many.
  private static let mostMessages = 1 << 20

  /// Whether the program is there.
  static func isInstalled(_ program: String) -> Bool {
    findProgram(program, path: Environment.value(of: "PATH")) != nil
  }

  /// Starts the program on a recording.
  ///
  /// - Parameters:
  ///   - program: Its name, or its path.
  ///   - input: The recording.
  ///   - wish: What to write to its output; nil for nothing, only to tell what tracks there are.
  /// - Throws: `AudioError` where it cannot be started.
  init(_ program: String, on input: InputFile, _ wish: Wish?) throws(AudioError) {
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
        "-nostdin", "-hide_banner", "-nostats", "-v", "level+info",
        "-protocol_whitelist", "file,pipe", "-format_whitelist", Self.containers,
        "-err_detect", "crccheck", "-i", address,
      ] + (wish.map(Self.output) ?? []))
    (command.output, command.messages, command.limit) = (.streamed, .kept, Self.mostMessages)
    // Messages are read here, and nothing but them is to be written.
    command.environment["AV_LOG_FORCE_COLOR"] = nil
    command.environment["FFREPORT"] = nil
    let copy = try input.duplicate()
    do throws(Errno) {
      child = try command.start(input: copy)
    } catch {
      throw .badData(path: input.path, .brokenConverter(program: program, error))
    }
  }

  private static func output(_ wish: Wish) -> [String] {
    var options = wish.track.map { ["-map", "0:a:\($0 - 1)"] } ?? []
    options += ["-vn", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"]
    if let channels = wish.channels {
      options += ["-ac", "\(channels)"]
    } else if wish.isMix {
      options += ["-af", "aformat=channel_layouts=mono|stereo"]
    }
    return options + ["-c:a", "pcm_f32le", "-ar", "\(wish.rate)", "-f", "matroska", "pipe:1"]
  }

  /// What it writes, as it comes.
  func output(within limits: ReadingLimits) -> PatientReader {
    let child = child
    return PatientReader(within: limits) { limit in
      child.awaitOutput(limit)
    } read: { bytes throws(Errno) in
      guard child.awaitOutput(.zero) else { throw Errno(EAGAIN) }
      return try child.read(into: bytes)
    }
  }

  /// What it said by now.
  var report: ConverterReport { ConverterReport(child.messageText, address: address) }

  /// Waits for its end, which is near.
  ///
  /// - Returns: Why it does not end well; nil where it does.
  func failure() -> String? {
    switch child.wait(Self.farewell) {
    case .exit(code: 0): nil
    case .exit: report.failure ?? "no message"
    case .signal(let number): "\(program) was ended by signal \(number)"
    case nil: "\(program) does not end"
    }
  }

  /// How long the program may go on when it has nothing more to say.
  private static let farewell = Duration.seconds(5)
}
