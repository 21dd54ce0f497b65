// Chooses the kernels for this processor, and forwards every call to them.
#include "table.h"

#include <stdatomic.h>
#include <string.h>

static const struct ck_table *_Atomic active;

static const struct ck_table *find(const char *name) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512bw");
  if (avx512 && (!name || !strcmp(name, "avx512"))) return &ck_table_avx512;
  if (avx2 && (!name || !strcmp(name, "avx2"))) return &ck_table_avx2;
#endif
  if (!name || !strcmp(name, "generic")) return &ck_table_generic;
  return NULL;
}

static const struct ck_table *table(void) {
  const struct ck_table *chosen = atomic_load_explicit(&active, memory_order_acquire);
  if (!chosen) {
    chosen = find(NULL);
    atomic_store_explicit(&active, chosen, memory_order_release);
  }
  return chosen;
}

const char *ck_isa(void) { return table()->isa; }

bool ck_use_isa(const char *name) {
  const struct ck_table *chosen = find(name);
  if (chosen) atomic_store_explicit(&active, chosen, memory_order_release);
  return chosen != NULL;
}

#define CK_FORWARD(name, parameters, arguments)                                                    \
  void ck_##name parameters { table()->name arguments; }
CK_KERNELS(CK_FORWARD)

long ck_argmax(const float *x, long n) {
  long best = n - 1;
  bool found = false;
  for (long i = 0; i < n; i++)
    if (x[i] == x[i] && (!found || x[i] > x[best])) best = i, found = true;
  return best;
}
