// Threads that run one function together, stage by stage.
//
// A member that reaches a barrier early spins for up to half a millisecond, because stages are
// short and waking a sleeper costs as much as some of them, and then sleeps in the kernel. Between
// runs all members but the caller sleep: an idle team costs nothing.
#define _GNU_SOURCE
#include "CKernels.h"

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { SPINS = 8000, LINE = 64 };

struct ck_team {
  long members;
  void (*body)(void *context, long member);
  void *context;
  pthread_t *threads;
  bool stop;
  _Alignas(LINE) _Atomic unsigned run;     // counts runs; members wait for it to change
  _Alignas(LINE) _Atomic unsigned phase;   // counts barriers
  _Alignas(LINE) _Atomic unsigned arrived; // at the present barrier
  _Alignas(LINE) _Atomic long next_tile;
};

struct member {
  struct ck_team *team;
  long index;
};

static void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void sleep_while(_Atomic unsigned *word, unsigned value) {
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
}

static void wake_all(_Atomic unsigned *word) {
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 0x7fffffff, NULL, NULL, 0);
}

static void await_change(_Atomic unsigned *word, unsigned value, long spins) {
  for (long i = 0; i < spins; i++) {
    if (atomic_load_explicit(word, memory_order_acquire) != value) return;
    pause_briefly();
  }
  while (atomic_load_explicit(word, memory_order_acquire) == value) sleep_while(word, value);
}

void ck_team_barrier(struct ck_team *team) {
  if (team->members == 1) {
    atomic_store_explicit(&team->next_tile, 0, memory_order_relaxed);
    return;
  }
  const unsigned phase = atomic_load_explicit(&team->phase, memory_order_acquire);
  if (atomic_fetch_add_explicit(&team->arrived, 1, memory_order_acq_rel) + 1 == team->members) {
    atomic_store_explicit(&team->arrived, 0, memory_order_relaxed);
    atomic_store_explicit(&team->next_tile, 0, memory_order_relaxed);
    atomic_fetch_add_explicit(&team->phase, 1, memory_order_acq_rel);
    wake_all(&team->phase);
  } else {
    await_change(&team->phase, phase, SPINS);
  }
}

long ck_team_next_tile(struct ck_team *team) {
  return atomic_fetch_add_explicit(&team->next_tile, 1, memory_order_relaxed);
}

static void *member_main(void *argument) {
  struct member *self = argument;
  struct ck_team *team = self->team;
  const long index = self->index;
  free(self);
  for (unsigned seen = 0;; seen++) {
    await_change(&team->run, seen, 0);
    if (team->stop) return NULL;
    team->body(team->context, index);
    ck_team_barrier(team);
  }
}

struct ck_team *ck_team_create(long members) {
  struct ck_team *team = NULL;
  if (members < 1 || posix_memalign((void **)&team, LINE, sizeof *team)) return NULL;
  *team = (struct ck_team){.members = 1};
  team->threads = calloc((size_t)members, sizeof *team->threads);
  if (!team->threads) {
    free(team);
    return NULL;
  }
  for (long index = 1; index < members; index++) {
    struct member *member = malloc(sizeof *member);
    if (member) *member = (struct member){team, index};
    if (!member || pthread_create(&team->threads[index], NULL, member_main, member)) {
      free(member);
      break; // a smaller team still works
    }
    team->members++;
  }
  return team;
}

void ck_team_destroy(struct ck_team *team) {
  team->stop = true;
  atomic_fetch_add_explicit(&team->run, 1, memory_order_release);
  wake_all(&team->run);
  for (long index = 1; index < team->members; index++) pthread_join(team->threads[index], NULL);
  free(team->threads);
  free(team);
}

long ck_team_size(const struct ck_team *team) { return team->members; }

void ck_team_run(struct ck_team *team, void (*body)(void *context, long member), void *context) {
  team->body = body;
  team->context = context;
  atomic_store_explicit(&team->next_tile, 0, memory_order_relaxed);
  if (team->members > 1) {
    atomic_fetch_add_explicit(&team->run, 1, memory_order_release);
    wake_all(&team->run);
  }
  body(context, 0);
  ck_team_barrier(team);
}

bool ck_cpu_allowed(long cpu) {
  cpu_set_t allowed;
  return !sched_getaffinity(0, sizeof allowed, &allowed) && CPU_ISSET((size_t)cpu, &allowed);
}

long ck_cpu_limit(void) { return CPU_SETSIZE; }
