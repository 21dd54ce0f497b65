// Glibc as Swift knows it, so that what it declares too (pollfd) is one and the same.
#pragma clang module import SwiftGlibc
#include <alsa/asoundlib.h>

// libasound writes what it thinks of a device to stderr; the error codes say it too. The handler
// has variable arguments, which Swift cannot declare.
static void calsa_ignore(const char *file, int line, const char *function, int error,
                         const char *format, ...) {
  (void)file, (void)line, (void)function, (void)error, (void)format;
}

static inline void calsa_silence(void) { snd_lib_error_set_handler(calsa_ignore); }
