// What the program defines takes the place of what the C library defines, for all its libraries.
#include "CCallCounter.h"

#include <errno.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static __thread long heap_calls, clock_calls;

long heap_calls_of_this_thread(void) { return heap_calls; }

long clock_calls_of_this_thread(void) { return clock_calls; }

#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define HAS_OTHER_DEFINITIONS
#endif
#endif

#ifdef HAS_OTHER_DEFINITIONS

bool calls_are_counted(void) { return false; }

#else

bool calls_are_counted(void) { return true; }

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

void *malloc(size_t size) {
  heap_calls += 1;
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  heap_calls += 1;
  return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
  heap_calls += 1;
  return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  heap_calls += 1;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  heap_calls += 1;
  *memory = __libc_memalign(alignment, size);
  return *memory ? 0 : ENOMEM;
}

void free(void *memory) {
  heap_calls += 1;
  __libc_free(memory);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  clock_calls += 1;
  return (int)syscall(SYS_clock_gettime, clock, time);
}

#endif
