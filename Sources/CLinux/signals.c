#define _GNU_SOURCE
#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

// The end of the pipe that handlers write to.
static int writing_end = -1;
// What caught signals did before.
static struct sigaction before[_NSIG];

static void note(int signal) {
  int saved = errno;
  unsigned char number = (unsigned char)signal;
  // A full pipe holds thousands of signals that nobody has looked at; one more says nothing new.
  ssize_t written = write(writing_end, &number, 1);
  (void)written;
  errno = saved;
}

int clinux_open_signals(void) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return -errno;
  fcntl(ends[1], F_SETFL, O_NONBLOCK);
  writing_end = ends[1];
  return ends[0];
}

void clinux_let_signals_in(void) {
  sigset_t none;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, NULL);
}

bool clinux_catch(int signal) {
  if (signal < 1 || signal >= _NSIG) {
    errno = EINVAL;
    return false;
  }
  struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  if (sigaction(signal, &action, &before[signal]) != 0) return false;
  // Who started this program may have held it back: a mask is inherited.
  sigset_t caught;
  sigemptyset(&caught);
  sigaddset(&caught, signal);
  pthread_sigmask(SIG_UNBLOCK, &caught, NULL);
  return true;
}

void clinux_let_go(int signal) { sigaction(signal, &before[signal], NULL); }

void clinux_ignore(int signal) {
  struct sigaction action = {.sa_handler = SIG_IGN};
  sigaction(signal, &action, NULL);
}
