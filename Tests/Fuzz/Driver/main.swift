import CFuzzer
import FuzzTargets
import Glibc

// `utter-fuzz TARGET [libFuzzer's arguments…]`; without arguments the targets, a line each.

nonisolated(unsafe) private var target = FuzzTarget.tar

guard CommandLine.arguments.count > 1 else {
  for target in FuzzTarget.allCases { print(target.rawValue) }
  exit(0)
}
guard let named = FuzzTarget(rawValue: CommandLine.arguments[1]) else {
  print("\(CommandLine.arguments[1]): no such target")
  exit(2)
}
target = named

var arguments: [UnsafeMutablePointer<CChar>?] =
  ([CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)).map { strdup($0) }
var count = Int32(arguments.count)
arguments.append(nil)
arguments.withUnsafeMutableBufferPointer { arguments in
  var start = arguments.baseAddress
  exit(
    LLVMFuzzerRunDriver(&count, &start) { bytes, count in
      target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
      return 0
    })
}
