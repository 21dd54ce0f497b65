internal import Glibc

/// Whether the tests run under ThreadSanitizer, which has threads and memory of its own.
public let isSanitized = dlsym(nil, "__tsan_init") != nil
