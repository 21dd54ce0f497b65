#include "CKernels.h"
int utter_kernels_placeholder(void) { return 0; }
