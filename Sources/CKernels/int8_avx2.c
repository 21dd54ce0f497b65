#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
typedef int ints __attribute__((vector_size(32)));
#define VECTOR ints
#define ROWS 6
#define PANELS 1
#define DOT(sums, w, a) \
  ((ints)_mm256_add_epi32((__m256i)(sums), _mm256_madd_epi16((__m256i)(w), (__m256i)(a))))
#define CK_ISA avx2
#include "int8.inc"
#pragma clang attribute pop
#endif
