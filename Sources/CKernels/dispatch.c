// Chooses the kernels for this processor, and forwards every call to them.
#define _GNU_SOURCE
#include "int8.h"
#include "table.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
static bool has_avx2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

static bool has_avxvnni(void) { return has_avx2() && __builtin_cpu_supports("avxvnni"); }

static bool has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
}

static bool has_avx512vnni(void) { return has_avx512() && __builtin_cpu_supports("avx512vnni"); }

// Matrix registers are saved for those threads only whose process has asked for them.
static bool has_amx(void) {
  enum { REQUEST_PERMISSION = 0x1023, TILE_DATA = 18 };
  return has_avx512vnni() && __builtin_cpu_supports("amx-int8") &&
         !syscall(SYS_arch_prctl, REQUEST_PERMISSION, TILE_DATA);
}
#elif defined(__aarch64__)
static bool has_dotprod(void) { return getauxval(AT_HWCAP) & HWCAP_ASIMDDP; }
#endif

static bool is_always_there(void) { return true; }

// An instruction set: whether this processor has it, the kernels of floats, and those of int8
// weights.
struct isa {
  const char *name;
  bool (*is_present)(void);
  const struct ck_table *floats;
  const struct ck_int8_table *integers;
};

// From the best to the one that every processor of the architecture has.
static const struct isa isas[] = {
#if defined(__x86_64__)
    {"amx", has_amx, &ck_table_avx512, &ck_int8_amx},
    {"avx512vnni", has_avx512vnni, &ck_table_avx512, &ck_int8_avx512vnni},
    {"avx512", has_avx512, &ck_table_avx512, &ck_int8_avx512},
    {"avxvnni", has_avxvnni, &ck_table_avx2, &ck_int8_avxvnni},
    {"avx2", has_avx2, &ck_table_avx2, &ck_int8_avx2},
#elif defined(__aarch64__)
    {"dotprod", has_dotprod, &ck_table_generic, &ck_int8_dotprod},
#endif
    {"generic", is_always_there, &ck_table_generic, &ck_int8_generic},
};

enum { ISAS = sizeof isas / sizeof *isas };

static const struct isa *_Atomic active;
// What this thread uses instead; rows that one instruction set has quantised no other can read, so
// that nobody's choice may touch the work of other threads.
static _Thread_local const struct isa *own;

static const struct isa *find(const char *name) {
  for (int i = 0; i < ISAS; i++)
    if ((!name || !strcmp(name, isas[i].name)) && isas[i].is_present()) return &isas[i];
  return NULL;
}

static const struct isa *chosen(void) {
  if (own) return own;
  const struct isa *isa = atomic_load_explicit(&active, memory_order_acquire);
  if (!isa) {
    const char *wanted = getenv("UTTER_ISA");
    isa = wanted ? find(wanted) : NULL;
    if (!isa) isa = find(NULL);
    atomic_store_explicit(&active, isa, memory_order_release);
  }
  return isa;
}

const char *ck_isa(void) { return chosen()->name; }

bool ck_use_isa(const char *name) {
  const struct isa *isa = find(name);
  if (isa) own = isa;
  return isa != NULL;
}

const char *ck_isa_name(long index) {
  for (int i = 0; i < ISAS; i++)
    if (isas[i].is_present() && index-- == 0) return isas[i].name;
  return NULL;
}

long ck_int8_block(void) { return chosen()->integers->block; }

#define CK_FORWARD(name, parameters, arguments) \
  void ck_##name parameters { chosen()->floats->name arguments; }
CK_KERNELS(CK_FORWARD)
#define CK_FORWARD_INT8(name, parameters, arguments) \
  void ck_##name parameters { chosen()->integers->name arguments; }
CK_INT8_KERNELS(CK_FORWARD_INT8)
