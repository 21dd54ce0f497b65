// What Linux offers and Swift's Glibc module does not.
#ifndef CLINUX_H
#define CLINUX_H

// Glibc as Swift knows it, so that what both declare (sem_t) is one and the same.
#pragma clang module import SwiftGlibc
#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/statfs.h>
#include <time.h>
#include <unistd.h>
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

// Glibc declares these for _GNU_SOURCE only, without which Swift builds its module.
extern int pthread_setname_np(pthread_t thread, const char *name);
extern int sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *until);
extern int pthread_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                                  clockid_t clock, const struct timespec *until);
extern int memfd_create(const char *name, unsigned int flags);
extern int mkostemp(char *name, int flags);
extern int pipe2(int ends[2], int flags);
extern int accept4(int listener, struct sockaddr *address, socklen_t *length, int flags);

// Names the calling thread; at most 15 bytes.
static inline void clinux_name_thread(const char *name) {
  pthread_setname_np(pthread_self(), name);
}

// Puts the calling thread before all that are not real-time; false where that is not permitted.
static inline bool clinux_be_real_time(int priority) {
  struct sched_param parameters = {.sched_priority = priority};
  return pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters) == 0;
}

// Takes the calling thread's turn among those that are not real-time.
static inline void clinux_be_ordinary(void) {
  struct sched_param parameters = {.sched_priority = 0};
  pthread_setschedparam(pthread_self(), SCHED_OTHER, &parameters);
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

// So long from now, by the clock that nobody sets.
static inline struct timespec clinux_later(int64_t nanoseconds) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  time.tv_sec += nanoseconds / 1000000000;
  time.tv_nsec += nanoseconds % 1000000000;
  if (time.tv_nsec >= 1000000000) {
    time.tv_sec += 1;
    time.tv_nsec -= 1000000000;
  }
  return time;
}

// Waits for a post for so long; false without one.
static inline bool clinux_wait(sem_t *semaphore, int64_t nanoseconds) {
  struct timespec until = clinux_later(nanoseconds);
  int failure;
  do failure = sem_clockwait(semaphore, CLOCK_MONOTONIC, &until);
  while (failure != 0 && errno == EINTR);
  return failure == 0;
}

// Waits for a condition for so long, or shorter: the caller looks.
static inline void clinux_wait_for_change(pthread_cond_t *condition, pthread_mutex_t *mutex,
                                          int64_t nanoseconds) {
  struct timespec until = clinux_later(nanoseconds);
  pthread_cond_clockwait(condition, mutex, CLOCK_MONOTONIC, &until);
}

// Sends on what `print` holds back; 0, or why that or anything before was not possible.
static inline int clinux_flush_output(void) {
  errno = EIO; // What a failure that is past has left behind is that there was one.
  return fflush(stdout) != 0 || ferror(stdout) != 0 ? errno : 0;
}

// A descriptor that becomes readable when something was written to it; negative on failure.
static inline int clinux_event(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

// A file that lies in memory and has no name, readable by this process alone; negative on failure.
static inline int clinux_memory_file(void) { return memfd_create("utter", 1 /* MFD_CLOEXEC */); }

// A pipe whose ends no other program inherits; negative on failure.
static inline int clinux_pipe(int *ends) { return pipe2(ends, O_CLOEXEC); }

// A file in a folder that no name leads to; negative on failure. Not every file system has such.
// (The flag is declared for _GNU_SOURCE only.)
static inline int clinux_unnamed_file(const char *folder) {
  return open(folder, O_RDWR | O_CLOEXEC | O_EXCL | __O_TMPFILE, 0600);
}

// The same, for one that gets a name when it is written.
static inline int clinux_nameless_file(const char *folder, unsigned mode) {
  return open(folder, O_WRONLY | O_CLOEXEC | __O_TMPFILE, mode);
}

// Gives such a file a name that no other has; negative on failure.
static inline int clinux_name_file(int file, const char *path) {
  char own[32];
  snprintf(own, sizeof own, "/proc/self/fd/%d", file);
  return linkat(AT_FDCWD, own, AT_FDCWD, path, AT_SYMLINK_FOLLOW);
}

// The number of the file system that holds a file (statfs(2)); negative on failure.
static inline int64_t clinux_file_system(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (int64_t)(uint32_t)status.f_type : -1;
}

// Gives the system back what was freed.
static inline void clinux_return_memory(void) { malloc_trim(0); }

// Accepts a connection whose descriptor does not block and does not outlive an exec.
static inline int clinux_accept(int listener) {
  return accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

// Whose process connected. Glibc declares the kernel's `struct ucred` for _GNU_SOURCE only.
static inline bool clinux_peer(int connection, uid_t *user) {
  struct {
    pid_t process;
    uid_t user;
    gid_t group;
  } peer;
  socklen_t length = sizeof peer;
  if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return false;
  *user = peer.user;
  return true;
}

// Reads without waiting. Descriptors that came along are stored as far as there is room, the rest
// of which becomes -1; more are closed. Swift cannot import the macros that walk control messages.
static inline ssize_t clinux_receive(int socket, void *bytes, size_t count, int *descriptors,
                                     size_t room) {
  // As many as the kernel lets one message carry.
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(253 * sizeof(int))];
  } control;
  struct iovec part = {.iov_base = bytes, .iov_len = count};
  struct msghdr message = {
      .msg_iov = &part,
      .msg_iovlen = 1,
      .msg_control = &control,
      .msg_controllen = sizeof control,
  };
  size_t stored = 0;
  for (size_t index = 0; index < room; index += 1) descriptors[index] = -1;
  ssize_t received = recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (received < 0) return received;
  for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    size_t arrived = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t index = 0; index < arrived; index += 1) {
      int each;
      memcpy(&each, CMSG_DATA(part) + index * sizeof(int), sizeof each);
      if (stored < room) descriptors[stored++] = each;
      else close(each);
    }
  }
  return received;
}

// Writes, with a descriptor beside the bytes. Swift cannot import the macros for that.
static inline ssize_t clinux_send(int socket, const void *bytes, size_t count, int descriptor) {
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int))];
  } control;
  memset(&control, 0, sizeof control);
  struct iovec part = {.iov_base = (void *)bytes, .iov_len = count};
  struct msghdr message = {
      .msg_iov = &part,
      .msg_iovlen = 1,
      .msg_control = &control,
      .msg_controllen = sizeof control,
  };
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
  return sendmsg(socket, &message, MSG_NOSIGNAL);
}

// Swift cannot call ioctl, which takes any number of arguments.

// What an input device calls itself, with a zero at the end; false for what is no such device.
static inline bool clinux_input_name(int device, char *name, size_t size) {
  return ioctl(device, EVIOCGNAME(size - 1), name) >= 0;
}

// A bit for each key that an input device has.
static inline bool clinux_input_keys(int device, uint8_t *bits, size_t size) {
  return ioctl(device, EVIOCGBIT(EV_KEY, size), bits) >= 0;
}

// A bit for each key of an input device that is down.
static inline bool clinux_input_held(int device, uint8_t *bits, size_t size) {
  return ioctl(device, EVIOCGKEY(size), bits) >= 0;
}

#endif
