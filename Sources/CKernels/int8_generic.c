// The baseline of the architecture: SSE2 on x86-64, plain C elsewhere.
#if defined(__SSE2__)
#include <emmintrin.h>
#define VECTOR ints
#define ROWS 2
#define DOT(sums, w, a) ((ints)_mm_add_epi32((__m128i)(sums), _mm_madd_epi16((__m128i)(w), (__m128i)(a))))
typedef int ints __attribute__((vector_size(16)));
#else
typedef int ints __attribute__((vector_size(16)));
#define VECTOR ints
#define ROWS 4
#define DOT(sums, w, a) ((sums) + (((w) << 16) >> 16) * (((a) << 16) >> 16) + ((w) >> 16) * ((a) >> 16))
#endif
#define PANELS 1
#define CK_ISA generic
#include "int8.inc"
