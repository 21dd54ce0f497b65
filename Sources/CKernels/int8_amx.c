// Products of int8 weights on a matrix unit that knows bytes only: an activation of 12 bits is
// 128 · high + low, two products make one, and the sums are those of all other instruction sets.
#if defined(__x86_64__)
#include <immintrin.h>
// clang-format off
#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512vl,avx512dq,avx512bw,amx-tile,amx-int8"), \
                   min_vector_width(512))), \
    apply_to = function)
// clang-format on
#include "int8_rows.inc"

enum {
  SIDE = 16,           // rows and columns of a tile of sums
  DEPTH = 64,          // inner values of a tile of activations or weights
  TILE = SIDE * DEPTH, // bytes of a tile
  PAIR = 2 * CK_PANEL, // columns that are computed together
  BLOCK = 1024,        // inner values that are summed before sums go back to memory
};

// Low and high parts of 64 integers, side by side in registers of 16-bit halves until the end.
INLINE void store_parts(const ivec whole[4], int8_t *low, int8_t *high) {
  // Each packing takes turns between its operands, 128 bits at a time.
  const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  __m512i lows[2], highs[2];
  for (int half = 0; half < 2; half++) {
    const __m512i both = _mm512_packs_epi32((__m512i)whole[2 * half], (__m512i)whole[2 * half + 1]);
    highs[half] = _mm512_srai_epi16(_mm512_add_epi16(both, _mm512_set1_epi16(64)), 7);
    lows[half] = _mm512_sub_epi16(both, _mm512_slli_epi16(highs[half], 7));
  }
  _mm512_storeu_si512(low, _mm512_permutexvar_epi32(order, _mm512_packs_epi16(lows[0], lows[1])));
  _mm512_storeu_si512(high,
                      _mm512_permutexvar_epi32(order, _mm512_packs_epi16(highs[0], highs[1])));
}

// Sixteen rows lie as tiles of low and high parts in turn, [inner / 64, 2, 16, 64].
static void int8_quantize(const float *x, long stride, long first, long last, long columns,
                          int16_t *q, float *scales) {
  const long row_size = rounded_up(columns, CK_INT8_INNER_STEP);
  for (long row = first; row < last; row++) {
    const float *in = x + (row - first) * stride;
    const float factor = quantization(in, columns, scales + row);
    int8_t *out = (int8_t *)(q + row / SIDE * SIDE * row_size) + row % SIDE * DEPTH;
    for (long i = 0; i < row_size; i += DEPTH, out += 2 * TILE) {
      ivec whole[DEPTH / W];
      if (i + DEPTH <= columns && factor != 0) {
        for (int part = 0; part < DEPTH / W; part++)
          whole[part] = round_to_int(load(in + i + part * W), factor);
      } else {
        for (int part = 0; part < DEPTH / W; part++)
          whole[part] = quantized(in, columns, i + part * W, factor);
      }
      store_parts(whole, out, out + TILE);
    }
  }
}

// Tiles 0 and 1 hold sums of low parts, 2 and 3 of high parts; 4 low and 5 high parts of
// activations; 6 and 7 weights.
static void configure(void) {
  struct {
    uint8_t palette, start, reserved[14];
    uint16_t bytes[16];
    uint8_t rows[16];
  } __attribute__((aligned(64))) tiles = {.palette = 1};
  for (int tile = 0; tile < 8; tile++) tiles.bytes[tile] = DEPTH, tiles.rows[tile] = SIDE;
  _tile_loadconfig(&tiles);
}

// Adds the product of 16 rows with two panels to both parts' sums, or starts these. `ahead` is what
// is going to be read of the next two panels, `apart` bytes from each other.
static void accumulate_tile(const int8_t *a, const int8_t *w, const int8_t *next, long fours,
                            int32_t *sums, long stride, long part, bool start, const int8_t *ahead,
                            long apart) {
  const long step = stride * (long)sizeof *sums;
  if (start) {
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
  } else {
    _tile_loadd(0, sums, step);
    _tile_loadd(1, sums + CK_PANEL, step);
    _tile_loadd(2, sums + part, step);
    _tile_loadd(3, sums + part + CK_PANEL, step);
  }
  int8_t rest[2][TILE] __attribute__((aligned(64)));
  for (long four = 0; four < fours;
       four += SIDE, a += 2 * TILE, w += TILE, next += TILE, ahead += TILE) {
    __builtin_prefetch(ahead);
    __builtin_prefetch(ahead + DEPTH);
    __builtin_prefetch(ahead + apart);
    __builtin_prefetch(ahead + apart + DEPTH);
    if (fours - four < SIDE) {
      memset(rest, 0, sizeof rest);
      memcpy(rest[0], w, (size_t)(fours - four) * DEPTH);
      memcpy(rest[1], next, (size_t)(fours - four) * DEPTH);
      w = rest[0], next = rest[1];
    }
    _tile_loadd(4, a, DEPTH);
    _tile_loadd(6, w, DEPTH);
    _tile_loadd(7, next, DEPTH);
    _tile_dpbssd(0, 4, 6);
    _tile_dpbssd(1, 4, 7);
    _tile_loadd(5, a + TILE, DEPTH);
    _tile_dpbssd(2, 5, 6);
    _tile_dpbssd(3, 5, 7);
  }
  _tile_stored(0, sums, step);
  _tile_stored(1, sums + CK_PANEL, step);
  _tile_stored(2, sums + part, step);
  _tile_stored(3, sums + part + CK_PANEL, step);
}

static void int8_product(const struct ck_int8_product *p, long first_row, long last_row,
                         long first_column, long last_column, void *scratch) {
  const long fours = (p->inner + 3) / 4, panel_bytes = fours * 64;
  const long row_size = rounded_up(p->inner, CK_INT8_INNER_STEP);
  const long columns = rounded_up(last_column - first_column, PAIR);
  const long part = rounded_up(last_row - first_row, SIDE) * columns;
  const long last_panel = (last_column + CK_PANEL - 1) / CK_PANEL - 1;
  int32_t *sums = scratch;
  configure();
  for (long four = 0; four < fours; four += BLOCK / 4) {
    const long count = fours - four < BLOCK / 4 ? fours - four : BLOCK / 4;
    for (long column = 0; column < columns; column += PAIR) {
      const long panel = (first_column + column) / CK_PANEL;
      const int8_t *w = p->weights + panel * panel_bytes + four * 64;
      // Beside a last single panel stands itself; what comes of that is not used.
      const int8_t *next = panel < last_panel ? w + panel_bytes : w;
      // Each of the first eight tiles of rows fetches an eighth of the weights that come next.
      for (long row = first_row; row < last_row; row += SIDE)
        accumulate_tile((const int8_t *)(p->activations + row * row_size) + four * 8 * SIDE, w,
                        next, count, sums + (row - first_row) * columns + column, columns, part,
                        four == 0, w + 2 * panel_bytes + (row - first_row) / SIDE % 8 * 2 * DEPTH,
                        panel_bytes);
    }
  }
  _tile_release();
  for (long row = first_row; row < last_row; row++) {
    int32_t *low = sums + (row - first_row) * columns;
    for (long i = 0; i < columns; i++) low[i] += low[part + i] * 128;
    finish_row(p, row, first_column, last_column, low, p->y + (row - first_row) * p->y_stride);
  }
}

// One row does not fill a tile.
static void int8_vector(const struct ck_int8_product *p, const float *x) {
  ck_int8_avx512vnni.int8_vector(p, x);
}

const struct ck_int8_table ck_int8_amx = {SIDE, int8_quantize, int8_product, int8_vector};
#pragma clang attribute pop
#endif
