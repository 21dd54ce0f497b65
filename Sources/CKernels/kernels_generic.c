// The baseline of the architecture: SSE2 on x86-64, NEON on arm64.
#if defined(__x86_64__)
#define CK_TILE_ROWS 2 // more than the 16 registers would hold
#endif
#define CK_ISA generic
#include "kernels.inc"
