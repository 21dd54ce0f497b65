// The baseline of the architecture: SSE2 on x86-64, NEON on arm64.
#define CK_ISA generic
#include "kernels.inc"
