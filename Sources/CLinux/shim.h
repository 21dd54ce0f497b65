// What Linux offers and Swift's Glibc module does not.
#ifndef CLINUX_H
#define CLINUX_H

// Glibc as Swift knows it, so that what both declare (sem_t) is one and the same.
#pragma clang module import SwiftGlibc
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdbool.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <time.h>
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

// Glibc declares these for _GNU_SOURCE only, without which Swift builds its module.
extern int pthread_setname_np(pthread_t thread, const char *name);
extern int sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *until);
extern int memfd_create(const char *name, unsigned int flags);

// Names the calling thread; at most 15 bytes.
static inline void clinux_name_thread(const char *name) {
  pthread_setname_np(pthread_self(), name);
}

// Puts the calling thread before all that are not real-time; false where that is not permitted.
static inline bool clinux_be_real_time(int priority) {
  struct sched_param parameters = {.sched_priority = priority};
  return pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters) == 0;
}

// Lets the calling thread compute with 0 in the place of subnormal numbers, which are slow.
static inline void clinux_flush_to_zero(void) {
#if defined(__SSE__)
  _mm_setcsr(_mm_getcsr() | 0x8040); // flush to zero, denormals are zero
#elif defined(__aarch64__)
  uint64_t control;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  __asm__ volatile("msr fpcr, %0" : : "r"(control | 1 << 24));
#endif
}

// Waits for a post for so long, by the clock that nobody sets; false without one.
static inline bool clinux_wait(sem_t *semaphore, int64_t nanoseconds) {
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += nanoseconds / 1000000000;
  until.tv_nsec += nanoseconds % 1000000000;
  if (until.tv_nsec >= 1000000000) {
    until.tv_sec += 1;
    until.tv_nsec -= 1000000000;
  }
  int failure;
  do failure = sem_clockwait(semaphore, CLOCK_MONOTONIC, &until);
  while (failure != 0 && errno == EINTR);
  return failure == 0;
}

// A descriptor that becomes readable when something was written to it; negative on failure.
static inline int clinux_event(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

// A file that lies in memory and has no name, readable by this process alone; negative on failure.
static inline int clinux_memory_file(void) { return memfd_create("utter", 1 /* MFD_CLOEXEC */); }

// Gives the system back what was freed.
static inline void clinux_return_memory(void) { malloc_trim(0); }

#endif
