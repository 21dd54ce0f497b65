// Starting a program, with all that has to happen between two system calls.
#ifndef CLINUX_CHILDREN_H
#define CLINUX_CHILDREN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

// What a program is started with.
struct clinux_child {
  const char *program;    // its path; nothing is looked up
  char *const *arguments; // its own name first, NULL at the end
  char *const *variables; // NAME=value, NULL at the end
  int streams[3];         // become its descriptors 0, 1 and 2; -1 for our own
  uint64_t file_limit;    // bytes that a file it writes may have; 0 for no limit
  bool ends_with_caller;  // killed when the calling *thread* ends, or the whole process
};

// Starts a program in a process group of its own, with default signals and with no descriptor but
// its three. Returns its process, or the negative error number.
//
// Not fork, whose handlers in libraries (OpenBLAS ends its threads) would disturb this process, and
// not posix_spawn, which cannot tie a child's life to its parent's.
pid_t clinux_start(const struct clinux_child *child);

#endif
