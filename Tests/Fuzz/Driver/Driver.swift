import FuzzTargets
import Glibc

// `utter-fuzz TARGET [libFuzzer's arguments…]`; without arguments the targets, a line each.
// The main function is libFuzzer's, which calls these.

/// The parser that is fed; set before it is called.
nonisolated(unsafe) private var target = FuzzTarget.tar

/// The arguments of a program, of which libFuzzer may be given fewer.
typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

/// Takes the target's name out of the arguments.
@_cdecl("LLVMFuzzerInitialize")
func initialize(
  _ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutablePointer<Arguments>
) -> Int32 {
  guard count.pointee > 1, let word = arguments.pointee[1] else {
    for target in FuzzTarget.allCases { print(target.rawValue) }
    exit(0)
  }
  let name = String(cString: word)
  guard let named = FuzzTarget(rawValue: name) else {
    print("\(name): no such target")
    exit(2)
  }
  target = named
  arguments.pointee[1] = arguments.pointee[0]
  arguments.pointee += 1
  count.pointee -= 1
  return 0
}

/// Feeds the target.
@_cdecl("LLVMFuzzerTestOneInput")
func run(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}
