// Products with int8 weights against plain ones, with each instruction set that a processor has.
//
// Prints a line for each instruction set: its name, how many products were computed, and a
// checksum of all their bits. Built for a processor that only an emulator has.
#include "CKernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma clang fp contract(off)

enum { MARGIN = 16, MARK = 12345 };

static uint64_t state, checksum;
static long products;

static uint32_t next(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33);
}

// Between −1 and 1.
static float number(void) { return (float)(int32_t)(next() - (1u << 30)) / (float)(1 << 30); }

// Room for some values, up to the next multiple of 64 bytes.
static void *room(size_t bytes) {
  void *memory = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (!memory) abort();
  memset(memory, 0, (bytes + 63) / 64 * 64);
  return memory;
}

static long up(long n, long step) { return (n + step - 1) / step * step; }

// What one row's integers are worth.
static float quantize(const float *x, long count, int *integers) {
  float largest = 0;
  bool is_finite = true;
  for (long i = 0; i < count; i++) {
    is_finite = is_finite && isfinite(x[i]);
    largest = fmaxf(largest, fabsf(x[i]));
  }
  const float factor = is_finite && largest > 1e-30f ? 2047 / largest : 0;
  for (long i = 0; i < count; i++) integers[i] = factor > 0 ? (int)rintf(x[i] * factor) : 0;
  return is_finite ? largest / 2047 : NAN;
}

static void check(const char *what, long row, long column, float found, float expected) {
  if (isnan(found) && isnan(expected)) found = expected = NAN;
  uint32_t bits;
  memcpy(&bits, &found, sizeof bits);
  checksum = (checksum ^ bits) * 1099511628211u;
  if (!memcmp(&found, &expected, sizeof found)) return;
  printf("%s with %s: [%ld, %ld] is %.9g instead of %.9g\n", what, ck_isa(), row, column,
         (double)found, (double)expected);
  exit(1);
}

// Fills one row in one of several kinds.
static void fill(float *x, long inner, long kind) {
  const float scales[] = {1, 77, 1e-35f, 3e38f, 1, 1, 1e-3f, 0};
  for (long i = 0; i < inner; i++) x[i] = number() * scales[kind % 8];
  if (kind % 8 == 4) x[next() % (uint32_t)inner] = kind % 16 == 4 ? NAN : -INFINITY;
  if (kind % 8 == 5)
    for (long i = 0; i < inner; i++) x[i] = kind % 16 == 5 ? 3.7f : -3.7f;
}

static void product(long rows, long inner, long columns, long way) {
  const long panels = up(columns, CK_PANEL) / CK_PANEL, quads = up(inner, 4) / 4;
  const long stride = columns + way % 3, x_stride = inner + way % 2;
  const long whole = up(rows, CK_INT8_BLOCK), width = up(inner, CK_INT8_INNER_STEP);
  float *x = room((size_t)(rows * x_stride) * 4), *y = room((size_t)(rows * stride + MARGIN) * 4);
  float *scales = room((size_t)(panels * CK_PANEL) * 4), *bias = room((size_t)columns * 4);
  float *row_scales = room((size_t)whole * 4), *plain_scales = room((size_t)rows * 4);
  int8_t *plain = room((size_t)(columns * inner)), *packed = room((size_t)(panels * quads * 64));
  int16_t *q = room((size_t)(whole * width) * 2);
  int *integers = room((size_t)(rows * inner) * sizeof *integers);
  void *scratch = room(CK_INT8_SCRATCH);

  for (long row = 0; row < rows; row++) {
    fill(x + row * x_stride, inner, row + way);
    plain_scales[row] = quantize(x + row * x_stride, inner, integers + row * inner);
  }
  for (long column = 0; column < columns; column++) {
    scales[column] = fmaxf(0, number());
    bias[column] = number();
    for (long i = 0; i < inner; i++) {
      const int8_t w = (int8_t)(column % 5 == 4 ? 127 : (int)(next() % 255) - 127);
      plain[column * inner + i] = w;
      packed[((column / 16 * quads + i / 4) * 16 + column % 16) * 4 + i % 4] = w;
    }
  }
  for (long i = 0; i < rows * stride + MARGIN; i++) y[i] = MARK;

  struct ck_int8_product p = {.activations = q,
                              .row_scales = row_scales,
                              .weights = packed,
                              .weight_scales = scales,
                              .columns = columns,
                              .inner = inner,
                              .bias = way % 2 ? bias : NULL,
                              .y = y,
                              .y_stride = stride,
                              .accumulate = way % 4 == 3,
                              .scale = -0.7f,
                              .activation = way % 4 == 1   ? CK_RELU
                                            : way % 4 == 2 ? CK_SWISH
                                                           : CK_NONE};
  const bool is_vector = rows == 1 && way % 2;
  if (is_vector) {
    ck_int8_vector(&p, x);
  } else {
    const long tall = way % 2 ? ck_int8_block() : CK_INT8_ROWS;
    const long wide = way % 3 ? CK_INT8_COLUMNS : 3 * CK_PANEL;
    const long block = ck_int8_block();
    for (long row = 0; row < rows; row += block) {
      const long last = row + block < rows ? row + block : rows;
      ck_int8_quantize(x + row * x_stride, x_stride, row, last, inner, q, row_scales);
    }
    for (long row = 0; row < rows; row += tall)
      for (long column = 0; column < columns; column += wide) {
        p.y = y + row * stride + column;
        ck_int8_product(&p, row, row + tall < rows ? row + tall : rows, column,
                        column + wide < columns ? column + wide : columns, scratch);
      }
  }

  char what[80];
  snprintf(what, sizeof what, "%ld x %ld x %ld, way %ld", rows, inner, columns, way);
  for (long row = 0; row < rows; row++) {
    for (long column = 0; column < columns; column++) {
      int64_t sum = 0;
      for (long i = 0; i < inner; i++) sum += integers[row * inner + i] * plain[column * inner + i];
      const float found = y[row * stride + column];
      float v = (float)sum * (plain_scales[row] * scales[column]);
      if (p.bias) v += bias[column];
      if (p.activation == CK_RELU) v = v > 0 ? v : 0;
      // The exponential stops at 87. Its bits are compared by their checksum.
      if (p.activation == CK_SWISH) {
        const float near = v / (1 + expf(fminf(-v, 87)));
        if (fabsf(found - near) <= 1e-30f + 1e-6f * fabsf(found)) v = found;
      }
      if (p.accumulate) v = MARK + p.scale * v;
      check(what, row, column, found, v);
    }
    for (long i = columns; i < stride; i++) check(what, row, i, y[row * stride + i], MARK);
  }
  for (long i = 0; i < MARGIN; i++) check(what, rows, i, y[rows * stride + i], MARK);
  products++;
  void *memory[] = {x,     y,      scales, bias,     row_scales, plain_scales,
                    plain, packed, q,      integers, scratch};
  for (size_t i = 0; i < sizeof memory / sizeof *memory; i++) free(memory[i]);
}

int main(void) {
  const long rows[] = {1, 2, 3, 4, 5, 6, 7, 11, 13, 47, 49, 97};
  const long columns[] = {1, 8, 9, 15, 16, 17, 33, 129};
  const long inners[] = {1, 2, 3, 4, 5, 15, 17, 63, 65, 1023, 1025, 8191, 8192};
  for (long index = 0; ck_isa_name(index); index++) {
    if (!ck_use_isa(ck_isa_name(index))) return 1;
    state = 1, checksum = 0, products = 0;
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
      for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        product(rows[r], (long)(1 + (r * 37 + c * 5) % 70), columns[c], (long)(r + c));
    for (size_t i = 0; i < sizeof inners / sizeof *inners; i++)
      for (long way = 0; way < 4; way++) {
        product(1, inners[i], 17, way);
        product(15, inners[i], 17, way);
      }
    printf("%s %ld %016llx\n", ck_isa(), products, (unsigned long long)checksum);
  }
  return 0;
}
