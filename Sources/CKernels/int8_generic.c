// The baseline of the architecture: SSE2 on x86-64, NEON on arm64, plain C elsewhere.
typedef int ints __attribute__((vector_size(16)));
#define VECTOR ints
#if defined(__SSE2__)
#include <emmintrin.h>
#define ROWS 2
#define DOT(sums, w, a) \
  ((ints)_mm_add_epi32((__m128i)(sums), _mm_madd_epi16((__m128i)(w), (__m128i)(a))))
#elif defined(__aarch64__)
#include <arm_neon.h>
#define ROWS 4
// The first and the second values of four pairs.
#define FIRST(pairs) vmovn_s32((int32x4_t)(pairs))
#define SECOND(pairs) vshrn_n_s32((int32x4_t)(pairs), 16)
#define DOT(sums, w, a) \
  ((ints)vmlal_s16(vmlal_s16((int32x4_t)(sums), FIRST(w), FIRST(a)), SECOND(w), SECOND(a)))
#else
#define ROWS 4
#define DOT(sums, w, a) \
  ((sums) + (((w) << 16) >> 16) * (((a) << 16) >> 16) + ((w) >> 16) * ((a) >> 16))
#endif
#define PANELS 1
#define CK_ISA generic
#include "int8.inc"
