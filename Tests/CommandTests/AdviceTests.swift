import Audio
import Checkpoint
import Desktop
import System
import Testing
import utter

/// The way out of errors that the rooms below only state.
@Suite struct AdviceTests {
  @Test func desktop() {
    let commands: [(error: DesktopError, named: String)] = [
      (.toolFailed(name: "wtype", reason: "broken"), "--driver dotool"),
      (.untypable(name: "dotool", characters: ["ß"], reason: "no key"), "--fallback paste"),
      (.notPasted(chord: "ctrl+v"), "paste.windows"),
      (.noClipboard, "DISPLAY is set"),
      (.unknownKey(name: "F99", nearest: "KEY_F9"), "did you mean KEY_F9?"),
      (.noAccess(path: "/dev/input/event0"), "usermod -aG input"),
      (.unusableDevice(path: "/dev/input/event0", reason: "gone"), "utter hotkey --list"),
      (.noTool(names: ["dotool", "ydotool"], reason: "none"), "install dotool or ydotool"),
    ]
    for (error, named) in commands {
      #expect(advice(for: error)?.contains(named) == true, "\(error)")
      #expect(!error.description.contains(named), "\(error)")
    }
  }

  /// Only what fetching the file again helps with says so.
  @Test func models() {
    let path = "m.nemo"
    let helped: [CheckpointError] = [
      .truncated(path: path, reason: "cut"), .malformed(path: path, reason: "wrong sum"),
    ]
    for error in helped {
      #expect(advice(for: error)?.contains("fetch it again") == true, "\(error)")
    }
    let foreign: [(what: ForeignFile, named: String)] = [
      (.lfsPointer, "git lfs pull"), (.webPage, "/resolve/"), (.text(firstLine: "x"), "login"),
      (.archive(format: "xz", tool: "unxz"), "`unxz`"), (.torchWeights, "the .nemo file"),
      (.safetensors, "all of its files"), (.format("GGUF"), "as a .nemo file"),
      (.recording, "without --model"), (.folder(holding: "p.nemo"), "FOLDER/p.nemo"),
      (.transformers(kind: "whisper"), "as a .nemo file"), (.emptyFolder, "unpacked"),
      (.unknown, "compare its size"),
    ]
    let architectures: [(what: Architecture, named: String)] = [
      (.multitask, "parakeet-tdt"), (.streaming, "offline model"),
      (.stateless, "TDT, RNN-T or CTC"),
      (.convolutional, "FastConformer"), (.characters, "SentencePiece"),
      (.classifier, "recognises"),
    ]
    let others: [(error: CheckpointError, named: String)] =
      foreign.map { (.foreign(path: path, $0.what), $0.named) }
      + architectures.map {
        (
          .unsupported(path: path, .architecture(key: "target", value: "x", $0.what)), $0.named
        )
      } + [
        (.forbidden(path: path, reason: "os.system"), "trust"),
        (.excessive(path: path, .tarEntries), "publisher"),
        (.nonsense(path: path, reason: "n_heads is 7"), "save_to"),
        (.unreadable(path: "https://a/b.nemo", reason: "gone"), "download it first"),
        (.notFinite(path: path, name: "a"), "another checkpoint"),
        (.missingTensor(path: path, name: "a"), "one .nemo file"),
      ]
    for (error, named) in others {
      #expect(advice(for: error)?.contains(named) == true, "\(error)")
      #expect(advice(for: error)?.contains("fetch") != true || named == "git lfs pull", "\(error)")
    }
  }

  /// Only where the history has a text does anybody say so.
  @Test func textsThatDidNotArrive() {
    let errors: [DesktopError] = [
      .toolFailed(name: "wtype", reason: "broken"), .keyboardHeld, .clipboardTaken, .noClipboard,
      .interrupted(name: "X server", typed: 1, of: 2), .notPasted(chord: "ctrl+v"),
      .untypable(name: "dotool", characters: ["ß"], reason: "no key"),
    ]
    for error in errors {
      #expect(advice(for: error)?.contains("history") != true)
      let lost = UndeliveredText(error, isKept: false)
      #expect(advice(for: lost) == advice(for: error))
      let kept = UndeliveredText(error, isKept: true)
      #expect(advice(for: kept)?.hasSuffix("`utter history` has the text") == true)
    }
  }

  @Test func audio() {
    let commands: [(error: AudioError, named: String)] = [
      (.device(name: "hw:9", .missing), "utter devices"),
      (.device(name: "hw:9", .unusable("broken")), "utter devices"),
      (.device(name: "hw:9", .format), "\"plug:hw:9\""),
      (.device(name: "hw:9", .rate(1)), "\"plug:hw:9\""),
      (.badData(path: "x", .damaged("broken")), "ffmpeg -i"),
      (.badData(path: "x", .noConverter(program: "ffmpeg")), "install ffmpeg"),
      (.noInput(path: "-", .closed(Errno(9))), "standard input is closed"),
    ]
    for (error, named) in commands {
      #expect(advice(for: error)?.contains(named) == true, "\(error)")
      #expect(!error.reason.contains(named), "\(error)")
    }
  }
}
