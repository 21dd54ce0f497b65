#if defined(__x86_64__)
// clang-format off
#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512vl,avx512dq,avx512bw,avx512vnni"), \
                   min_vector_width(512))), \
    apply_to = function)
// clang-format on
typedef int ints __attribute__((vector_size(64)));
// The compiler would split the intrinsic into a product and a sum again.
static inline __attribute__((always_inline)) ints dot(ints sums, ints w, ints a) {
  __asm__("vpdpwssd %2, %1, %0" : "+v"(sums) : "v"(w), "v"(a));
  return sums;
}
#define VECTOR ints
#define ROWS 12
#define PANELS 2
#define DOT dot
#define CK_ISA avx512vnni
#include "int8.inc"
#pragma clang attribute pop
#endif
