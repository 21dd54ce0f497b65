#define _GNU_SOURCE
#include "children.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Where the child finds the descriptor through which it reports that it could not start.
enum { report_place = 3 };

// Default actions for all signals, and none held back. (What is ignored would stay ignored.)
static void reset_signals(bool has_limit) {
  struct sigaction action = {.sa_handler = SIG_DFL};
  for (int number = 1; number < _NSIG; number += 1) sigaction(number, &action, NULL);
  // Beyond the limit a write fails, and need not be the end.
  action.sa_handler = SIG_IGN;
  if (has_limit) sigaction(SIGXFSZ, &action, NULL);
  sigset_t none;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, NULL);
}

// Puts the streams in their places and closes everything else; false with errno on failure.
static bool arrange(const int streams[3], int report) {
  // First out of the way of the places where they belong.
  int moved[3];
  for (int index = 0; index < 3; index += 1) {
    moved[index] = -1;
    if (streams[index] < 0) continue;
    moved[index] = fcntl(streams[index], F_DUPFD_CLOEXEC, report_place + 1);
    if (moved[index] < 0) return false;
  }
  int moved_report = fcntl(report, F_DUPFD_CLOEXEC, report_place + 1);
  if (moved_report < 0 || dup3(moved_report, report_place, O_CLOEXEC) < 0) return false;
  for (int index = 0; index < 3; index += 1)
    if (moved[index] >= 0 && dup2(moved[index], index) < 0) return false;
  // Kernels before 5.9 cannot; what is close-on-exec goes away there too.
  syscall(SYS_close_range, report_place + 1, ~0U, 0);
  return true;
}

static void limit_files(uint64_t bytes) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur <= bytes) return;
  limit.rlim_cur = bytes;
  // A sandbox may forbid it; then there is no limit.
  setrlimit(RLIMIT_FSIZE, &limit);
}

// The child's part, which shares its memory with the parent until it becomes the program.
static _Noreturn void become(const struct clinux_child *child, int report, pid_t parent) {
  if (child->ends_with_caller) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // The parent may have died before.
    if (getppid() != parent) _exit(127);
  }
  setpgid(0, 0);
  if (arrange(child->streams, report)) {
    report = report_place;
    if (child->file_limit != 0) limit_files(child->file_limit);
    reset_signals(child->file_limit != 0);
    execve(child->program, child->arguments, child->variables);
  }
  int failure = errno;
  while (write(report, &failure, sizeof failure) < 0 && errno == EINTR) {}
  _exit(127);
}

// What the child reports; 0 when it has become the program, which closes the report.
static int read_report(int report) {
  int failure = 0;
  ssize_t count;
  do count = read(report, &failure, sizeof failure);
  while (count < 0 && errno == EINTR);
  return count == sizeof failure ? failure : 0;
}

pid_t clinux_start(const struct clinux_child *child) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return -errno;
  // No handler of ours may run in the child, which has our memory.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  pid_t parent = getpid();
  pid_t process = vfork();
  if (process == 0) become(child, report[1], parent);
  int failure = process < 0 ? errno : 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(report[1]);
  if (process > 0) {
    failure = read_report(report[0]);
    if (failure != 0)
      while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {}
  }
  close(report[0]);
  return failure == 0 ? process : -failure;
}
