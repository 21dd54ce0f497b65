// Products of int8 weights with arm64's dot products, which know bytes only: an activation of 12
// bits is 128 · high + low, two products make one, and the sums are those of all other instruction
// sets.
#if defined(__aarch64__)
#include <arm_neon.h>
#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#include "int8_rows.inc"

typedef int32_t bytes4 __attribute__((vector_size(16))); // 4 · 4 low or high parts

enum {
  ROWS = 6,     // rows of activations whose sums stay in registers
  COLUMNS = 8,  // columns whose sums stay in registers, half a panel: 24 registers in all
  FOUR = 8,     // bytes of four inner values of a row: low parts, then high parts
  BLOCK = 1024, // inner values that are summed before sums go back to memory
};

typedef int8_t bvec __attribute__((vector_size(16)));

// Integers of 12 bits as 128 · high + low, for units that multiply bytes only.
struct parts {
  bvec low, high;
};

INLINE struct parts parts(ivec whole) {
  const ivec low = ((whole + 64) & 127) - 64;
  return (struct parts){__builtin_convertvector(low, bvec),
                        __builtin_convertvector((whole - low) >> 7, bvec)};
}

// Sixteen inner values as four low and four high parts in turn, `step` bytes from one turn to the
// next.
INLINE void store_parts(ivec whole, int8_t *out, long step) {
  const struct parts sixteen = parts(whole);
  const bytes4 low = (bytes4)sixteen.low, high = (bytes4)sixteen.high;
  const bytes4 first = __builtin_shufflevector(low, high, 0, 4, 1, 5),
               second = __builtin_shufflevector(low, high, 2, 6, 3, 7);
  memcpy(out, &first, FOUR);
  memcpy(out + step, (const char *)&first + FOUR, FOUR);
  memcpy(out + 2 * step, &second, FOUR);
  memcpy(out + 3 * step, (const char *)&second + FOUR, FOUR);
}

// Blocks of ROWS rows lie as [inner / 4, ROWS, FOUR] bytes.
static void int8_quantize(const float *x, long stride, long first, long last, long columns,
                          int16_t *q, float *scales) {
  const long row_size = rounded_up(columns, CK_INT8_INNER_STEP);
  for (long row = first; row < last; row++, x += stride) {
    const float factor = quantization(x, columns, scales + row);
    int8_t *out = (int8_t *)(q + row / ROWS * ROWS * row_size) + row % ROWS * FOUR;
    for (long i = 0; i < row_size; i += W, out += W / 4 * ROWS * FOUR)
      store_parts(quantized(x, columns, i, factor), out, ROWS * FOUR);
  }
}

// sums[2 · twos, COLUMNS] += activations · weights; fours counts fours of inner values.
INLINE void accumulate(int twos, const int8_t *a, const int8_t *w, long fours, int32_t *sums,
                       long stride) {
  int32x4_t low[ROWS][2] = {0}, high[ROWS][2] = {0};
  for (long four = 0; four < fours; four++, a += ROWS * FOUR, w += 4 * CK_PANEL) {
    const int8x16_t weights[2] = {vld1q_s8(w), vld1q_s8(w + 16)};
#pragma clang loop unroll(full)
    for (int two = 0; two < twos; two++) {
      const int row = 2 * two;
      const int8x16_t both = vld1q_s8(a + row * FOUR);
#pragma clang loop unroll(full)
      for (int v = 0; v < 2; v++) {
        low[row][v] = vdotq_laneq_s32(low[row][v], weights[v], both, 0);
        high[row][v] = vdotq_laneq_s32(high[row][v], weights[v], both, 1);
        low[row + 1][v] = vdotq_laneq_s32(low[row + 1][v], weights[v], both, 2);
        high[row + 1][v] = vdotq_laneq_s32(high[row + 1][v], weights[v], both, 3);
      }
    }
  }
#pragma clang loop unroll(full)
  for (int row = 0; row < 2 * twos; row++)
#pragma clang loop unroll(full)
    for (int v = 0; v < 2; v++) {
      int32_t *place = sums + row * stride + 4 * v;
      const int32x4_t total = vaddq_s32(low[row][v], vshlq_n_s32(high[row][v], 7));
      vst1q_s32(place, vaddq_s32(vld1q_s32(place), total));
    }
}

static void accumulate_rows(long rows, const int8_t *a, const int8_t *w, long fours, int32_t *sums,
                            long stride) {
  if (rows > 4) accumulate(3, a, w, fours, sums, stride);
  else if (rows > 2) accumulate(2, a, w, fours, sums, stride);
  else accumulate(1, a, w, fours, sums, stride);
}

static void int8_product(const struct ck_int8_product *p, long first_row, long last_row,
                         long first_column, long last_column, void *scratch) {
  const long fours = (p->inner + 3) / 4, panel_bytes = fours * 4 * CK_PANEL;
  const long row_size = rounded_up(p->inner, CK_INT8_INNER_STEP);
  const long columns = rounded_up(last_column - first_column, COLUMNS);
  int32_t *sums = scratch;
  memset(sums, 0, (size_t)(rounded_up(last_row - first_row, 2) * columns) * sizeof *sums);
  for (long four = 0; four < fours; four += BLOCK / 4) {
    const long count = fours - four < BLOCK / 4 ? fours - four : BLOCK / 4;
    for (long column = 0; column < columns; column += COLUMNS) {
      const long panel = (first_column + column) / CK_PANEL;
      const int8_t *w =
          p->weights + panel * panel_bytes + (four * CK_PANEL + column % CK_PANEL) * 4;
      for (long row = first_row; row < last_row; row += ROWS)
        accumulate_rows(last_row - row,
                        (const int8_t *)(p->activations + row * row_size) + four * ROWS * FOUR, w,
                        count, sums + (row - first_row) * columns + column, columns);
    }
  }
  for (long row = first_row; row < last_row; row++)
    finish_row(p, row, first_column, last_column, sums + (row - first_row) * columns,
               p->y + (row - first_row) * p->y_stride);
}

static void int8_vector(const struct ck_int8_product *p, const float *x) {
  int8_t room[CK_INT8_INNER_MAX / 4 * FOUR];
  const long fours = (p->inner + 3) / 4;
  struct ck_int8_product product = *p;
  float scale;
  const float factor = quantization(x, p->inner, &scale);
  for (long i = 0; i < p->inner; i += W)
    store_parts(quantized(x, p->inner, i, factor), room + i / 4 * FOUR, FOUR);
  product.row_scales = &scale;
  const int8_t *weights = p->weights;
  for (long column = 0; column < p->columns; column += CK_PANEL) {
    enum { VECTORS = CK_PANEL / 4 };
    int32x4_t low[VECTORS] = {0}, high[VECTORS] = {0};
    for (long four = 0; four < fours; four++, weights += 4 * CK_PANEL) {
      const int8x8_t both = vld1_s8(room + four * FOUR);
#pragma clang loop unroll(full)
      for (int v = 0; v < VECTORS; v++) {
        const int8x16_t w = vld1q_s8(weights + 16 * v);
        low[v] = vdotq_lane_s32(low[v], w, both, 0);
        high[v] = vdotq_lane_s32(high[v], w, both, 1);
      }
    }
    int32_t sums[CK_PANEL];
    for (int v = 0; v < VECTORS; v++)
      vst1q_s32(sums + 4 * v, vaddq_s32(low[v], vshlq_n_s32(high[v], 7)));
    const long last = column + CK_PANEL < p->columns ? column + CK_PANEL : p->columns;
    finish_row(&product, 0, column, last, sums, p->y + column);
  }
}

const struct ck_int8_table ck_int8_dotprod = {ROWS, int8_quantize, int8_product, int8_vector};
#pragma clang attribute pop
#endif
