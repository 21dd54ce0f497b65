#if defined(__x86_64__)
#include <immintrin.h>
// clang-format off
#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512vl,avx512dq,avx512bw"), min_vector_width(512))), \
    apply_to = function)
// clang-format on
typedef int ints __attribute__((vector_size(64)));
#define VECTOR ints
#define ROWS 12
#define PANELS 2
#define DOT(sums, w, a) \
  ((ints)_mm512_add_epi32((__m512i)(sums), _mm512_madd_epi16((__m512i)(w), (__m512i)(a))))
#define CK_ISA avx512
#include "int8.inc"
#pragma clang attribute pop
#endif
