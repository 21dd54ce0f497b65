/// Finds what decodes a recording.
struct SourceOpening {
  let input: InputFile
  /// What is to be heard of it.
  let choice: RecordingChoice
  let limits: ReadingLimits
  /// The program for what libsndfile does not know, or not read.
  let program: String
  /// What its bytes tell.
  let container: Container?

  /// Looks at a recording.
  init(_ input: InputFile, _ choice: RecordingChoice, _ limits: ReadingLimits, program: String) {
    self.input = input
    self.choice = choice
    self.limits = limits
    self.program = program
    container = Container.examine(input)
  }

  /// Something that decodes it.
  ///
  /// - Throws: `AudioError.badData`.
  func source() throws(AudioError) -> any SampleSource {
    let first = choice.track == nil || choice.track == .number(1)
    guard first, let known = try SoundFileSource(input, container?.pieces) else {
      return try converted()
    }
    if try isDamaged(known), Converter.isInstalled(program), let source = try? converted() {
      return source
    }
    return ContinuedSource(known, lack: lackOfConverter) { start throws(AudioError) in
      // Who may wait for nobody does not wait for that program either.
      guard !limits.decodesFirst else { throw .badData(path: input.path, .damaged("")) }
      let wish = Converter.Wish(rate: known.rate, channels: known.channels)
      return try ConvertedSource(input, program: program, wish, from: start, within: limits)
    }
  }

  /// Why damage is not overcome.
  var lackOfConverter: String {
    Converter.isInstalled(program)
      ? "\(program) reads no more of it"
      : "\(program), which may read more of it, is not installed"
  }

  /// Whether libsndfile would lose more of it than ffmpeg does.
  ///
  /// Damage is met while it is read, too; but who may wait for nobody then looks for it now.
  private func isDamaged(_ known: SoundFileSource) throws(AudioError) -> Bool {
    if let container, container.isDamaged { return true }
    guard limits.decodesFirst, known.isCompressed else { return false }
    return try SoundFileSource(input, container?.pieces)?.readsToItsEnd() == false
  }

  private func converted() throws(AudioError) -> ConvertedSource {
    var wish = Converter.Wish()
    wish.isMix = choice.channels == .mix
    wish.track = try choice.track.map { track throws(AudioError) in try number(of: track) }
    return try ConvertedSource(input, program: program, wish, within: limits)
  }

  /// The place of a track among those with sound, from 1.
  private func number(of track: RecordingChoice.Track) throws(AudioError) -> Int {
    let probe = try Converter(program, on: input, nil)
    let output = probe.output(within: limits)
    let nothing = UnsafeMutableRawBufferPointer.allocate(byteCount: 16, alignment: 1)
    defer { nothing.deallocate() }
    do throws(InputFault.CopyFault) {
      while try output.read(into: nothing) > 0 {}
    } catch {
      throw .badData(path: input.path, .undecoded(program: program, error))
    }
    let report = probe.report
    // What has none at all fails with a better reason when it is decoded.
    guard !report.tracks.isEmpty else { return 1 }
    let found = report.tracks.first { candidate in
      switch track {
      case .number(let number): candidate.number == number
      case .language(let language): candidate.language?.hasPrefix(language) == true
      }
    }
    if let found { return found.number }
    let wanted =
      switch track {
      case .number(let number): "\(number)"
      case .language(let language): "in \(language)"
      }
    throw .badData(path: input.path, .noTrack(wanted, tracks: report.tracks))
  }
}
