internal import Glibc

/// Whether the tests run under ThreadSanitizer, which has threads and memory of its own.
public let isSanitized = dlsym(nil, "__tsan_init") != nil

/// Whether the program and its tests were built without the optimiser.
public let isDebug: Bool = {
  #if DEBUG
    true
  #else
    false
  #endif
}()
