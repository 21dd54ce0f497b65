// One instruction set's kernels.
#ifndef CK_TABLE_H
#define CK_TABLE_H

#include "CKernels.h"

#define CK_POINTER(name, parameters, arguments) void(*name) parameters;
struct ck_table {
  CK_KERNELS(CK_POINTER)
};
#undef CK_POINTER

extern const struct ck_table ck_table_generic;
#if defined(__x86_64__)
extern const struct ck_table ck_table_avx2;
extern const struct ck_table ck_table_avx512;
#endif

#endif
