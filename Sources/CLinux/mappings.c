#define _GNU_SOURCE
#include "mappings.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

// A handler may neither lock nor allocate, so the watched mappings lie in a table without locks.
enum { places = 1024 };
enum { is_free, is_changing, is_watched };

static struct {
  atomic_int use;
  atomic_uintptr_t start;
  atomic_uintptr_t end; // of its last page
  atomic_bool is_damaged;
} mappings[places];

static struct sigaction before;
static uintptr_t page_size;

// Puts zeros in the place of the missing bytes; false where an address is in no watched mapping.
static bool replace(uintptr_t address) {
  for (int number = 0; number < places; number += 1) {
    if (atomic_load(&mappings[number].use) != is_watched) continue;
    uintptr_t end = atomic_load(&mappings[number].end);
    if (address < atomic_load(&mappings[number].start) || address >= end) continue;
    // First: who reads the zeros must be able to know.
    atomic_store(&mappings[number].is_damaged, true);
    // A file ends where its first byte is missing.
    uintptr_t page = address & ~(page_size - 1);
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE;
    return mmap((void *)page, end - page, PROT_READ, flags, -1, 0) != MAP_FAILED;
  }
  return false;
}

static void meet(int signal, siginfo_t *info, void *context) {
  (void)context;
  int saved = errno;
  bool is_missing = info->si_code == BUS_ADRERR;
  if (!is_missing || !replace((uintptr_t)info->si_addr)) {
    // As if nobody had looked: the same instruction fails again, or the same signal comes again.
    sigaction(signal, &before, NULL);
    if (info->si_code <= 0) raise(signal);
  }
  errno = saved;
}

static void begin(void) {
  page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
  struct sigaction action = {.sa_sigaction = meet, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  sigaction(SIGBUS, &action, &before);
}

int clinux_watch_mapping(const void *start, size_t length) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, begin);
  for (int number = 0; number < places; number += 1) {
    int use = is_free;
    if (!atomic_compare_exchange_strong(&mappings[number].use, &use, is_changing)) continue;
    uintptr_t end = (uintptr_t)start + length;
    atomic_store(&mappings[number].start, (uintptr_t)start);
    atomic_store(&mappings[number].end, (end + page_size - 1) & ~(page_size - 1));
    atomic_store(&mappings[number].is_damaged, false);
    atomic_store(&mappings[number].use, is_watched);
    return number;
  }
  return -1;
}

bool clinux_mapping_is_damaged(int number) {
  return number >= 0 && atomic_load(&mappings[number].is_damaged);
}

void clinux_forget_mapping(int number) {
  if (number >= 0) atomic_store(&mappings[number].use, is_free);
}
