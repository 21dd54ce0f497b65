import ArgumentParser
import Audio
import Foundation
import System

extension AudioError: AdvisedError {
  var message: String { "\(shownName(ofInput: name)): \(reason)" }

  var advice: String? {
    switch self {
    case .noInput(_, let fault): fault.advice
    case .badData(_, let fault): fault.advice
    case .device(let name, let fault): fault.advice(for: name)
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .noInput: .noInput
    case .badData: .badData
    case .device: .unavailable
    }
  }
}

extension InputFault {
  fileprivate var advice: String {
    switch self {
    case .closed(let error):
      switch error.code {
      case ENOENT, ENOTDIR: "check the spelling and the directory"
      case EACCES: "ask its owner for permission to read it"
      case EBADF: "standard input is closed; name a file"
      default: "check that the file can be read"
      }
    case .empty: "name a file that holds a recording"
    case .directory: "name the recordings inside it"
    case .device: "name a file, or send a recording through a pipe"
    case .relative: "name the file from / on"
    case .silent: "check the program that writes to it"
    case .uncopied(.silent), .uncopied(.unwanted): "check the program that writes to it"
    case .uncopied(.large): "name a file instead of a pipe"
    case .uncopied: "set TMPDIR to a directory with room for the recording"
    }
  }
}

extension RecordingFault {
  fileprivate var advice: String {
    switch self {
    case .noConverter, .brokenConverter:
      "install ffmpeg, or convert the recording to WAV or FLAC"
    case .undecoded: "convert it to WAV or FLAC"
    case .unknown: "check that it plays, or convert it to WAV or FLAC"
    case .damaged: "the file is damaged; `ffmpeg -i FILE copy.wav` may save more of it"
    case .layout: "convert it to a WAV or FLAC file between 1 and 768 kHz"
    case .rate: "convert it to 16 kHz WAV or FLAC"
    case .empty: "check how it was recorded or exported"
    case .value: "export the recording again, as 16-bit WAV or FLAC"
    case .silent, .noSound: "name a recording of speech"
    case .noTrack: "choose one of them with --track"
    case .noChannel: "choose another with --channels, or leave it out to hear them all"
    }
  }
}

extension DeviceFault {
  fileprivate func advice(for name: String) -> String {
    switch self {
    case .missing: "`utter devices` lists them"
    case .busy: "close that program, or use \"default\", which can be shared"
    case .forbidden: "add yourself to the group \"audio\" and log in again"
    case .unusable: "`utter devices` lists others"
    case .format:
      "\"plug:\(name)\" lets ALSA convert; `utter devices` lists what there is"
    case .rate: "\"plug:\(name)\" lets ALSA convert"
    case .noWaiting, .noThread: "close some programs"
    case .configuration: "check /etc/asound.conf and ~/.asoundrc"
    case .deadly, .endless:
      "check its definition in /etc/asound.conf and ~/.asoundrc; `utter devices` lists others"
    }
  }
}
