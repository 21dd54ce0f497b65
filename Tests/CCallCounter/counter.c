// What the program defines takes the place of what the C library defines, for all its libraries.
#include "CCallCounter.h"

#include <errno.h>
#include <malloc.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static __thread long heap_calls, clock_calls, held_bytes;

long heap_calls_of_this_thread(void) { return heap_calls; }

long clock_calls_of_this_thread(void) { return clock_calls; }

long bytes_held_by_this_thread(void) { return held_bytes; }

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

static void *taken(void *memory) {
  heap_calls += 1;
  held_bytes += (long)malloc_usable_size(memory);
  return memory;
}

void *malloc(size_t size) { return taken(__libc_malloc(size)); }

void *calloc(size_t count, size_t size) { return taken(__libc_calloc(count, size)); }

void *realloc(void *memory, size_t size) {
  held_bytes -= (long)malloc_usable_size(memory);
  return taken(__libc_realloc(memory, size));
}

void *aligned_alloc(size_t alignment, size_t size) {
  return taken(__libc_memalign(alignment, size));
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  *memory = taken(__libc_memalign(alignment, size));
  return *memory ? 0 : ENOMEM;
}

void free(void *memory) {
  heap_calls += 1;
  held_bytes -= (long)malloc_usable_size(memory);
  __libc_free(memory);
}

void *mmap(void *address, size_t size, int protection, int flags, int file, off_t place) {
  void *memory = (void *)syscall(SYS_mmap, address, size, protection, flags, file, place);
  if (memory != MAP_FAILED) held_bytes += (long)size;
  return memory;
}

int munmap(void *memory, size_t size) {
  int result = (int)syscall(SYS_munmap, memory, size);
  if (result == 0) held_bytes -= (long)size;
  return result;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  clock_calls += 1;
  return (int)syscall(SYS_clock_gettime, clock, time);
}

#endif
