// One instruction set's products of int8 weights.
#ifndef CK_INT8_H
#define CK_INT8_H

#include "CKernels.h"

#define CK_INT8_POINTER(name, parameters, arguments) void(*name) parameters;
struct ck_int8_table {
  long block; // rows that lie together once they are quantised
  CK_INT8_KERNELS(CK_INT8_POINTER)
};
#undef CK_INT8_POINTER

extern const struct ck_int8_table ck_int8_generic;
#if defined(__x86_64__)
extern const struct ck_int8_table ck_int8_avx2;
extern const struct ck_int8_table ck_int8_avxvnni;
extern const struct ck_int8_table ck_int8_avx512;
extern const struct ck_int8_table ck_int8_avx512vnni;
extern const struct ck_int8_table ck_int8_amx;
#elif defined(__aarch64__)
extern const struct ck_int8_table ck_int8_dotprod;
#endif

#endif
