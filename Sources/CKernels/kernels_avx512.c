#if defined(__x86_64__)
// clang-format off
#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512vl,avx512dq,avx512bw"), min_vector_width(512))), \
    apply_to = function)
// clang-format on
#define CK_ISA avx512
#define CK_TILE_PANELS 4
#include "kernels.inc"
#pragma clang attribute pop
#endif
