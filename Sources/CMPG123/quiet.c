// libmpg123 writes what it thinks of a recording to stderr, unless each decoder is told not to.
// libsndfile makes the decoders and tells them nothing. Its call for a new one comes here first,
// for symbols of the program go before those of libraries.
#define _GNU_SOURCE
#include "CMPG123.h"
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

static atomic_bool silent;

void cmpg123_silence(void) { atomic_store(&silent, true); }

// Of mpg123.h, which need not be installed: MPG123_ADD_FLAGS, MPG123_QUIET, MPG123_ERR.
enum { add_flags = 2, quiet = 0x20, failed = -1 };

typedef void *maker(const char *decoder, int *error);
typedef int setter(void *handle, int parameter, long value, double fraction);

// Called by libsndfile.
extern void *mpg123_new(const char *decoder, int *error);

void *mpg123_new(const char *decoder, int *error) {
  maker *make = (maker *)dlsym(RTLD_NEXT, "mpg123_new");
  setter *set = (setter *)dlsym(RTLD_NEXT, "mpg123_param");
  if (make == NULL) {
    if (error != NULL) *error = failed;
    return NULL;
  }
  void *handle = make(decoder, error);
  if (handle != NULL && set != NULL && atomic_load(&silent)) set(handle, add_flags, quiet, 0);
  return handle;
}
