#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)
typedef int ints __attribute__((vector_size(32)));
// The compiler would split the intrinsic into a product and a sum again.
static inline __attribute__((always_inline)) ints dot(ints sums, ints w, ints a) {
  __asm__("%{vex%} vpdpwssd %2, %1, %0" : "+x"(sums) : "x"(w), "x"(a));
  return sums;
}
#define VECTOR ints
#define ROWS 6
#define PANELS 1
#define DOT dot
#define CK_ISA avxvnni
#include "int8.inc"
#pragma clang attribute pop
#endif
