// Numeric loops over plain arrays, and the team of threads that runs them.
//
// One source, kernels.inc, is compiled once per instruction set; the best one that this processor
// has is chosen when the first kernel runs. All arrays are row-major 32-bit floats. Strides count
// floats. No kernel allocates, and none keeps a pointer.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What follows a linear layer.
enum ck_activation { CK_NONE = 0, CK_RELU = 1, CK_SWISH = 2 };

// Tables that turn one block of windowed samples into log-mel energies.
struct ck_mel_plan {
  long fft_size;        // N, a power of two, at least 4
  long window;          // taps of the analysis window, at most N
  long hop;             // samples from one frame to the next
  long mels;            // bands
  float log_guard;      // added before the logarithm
  const float *taps;    // [window]
  const float *cosines; // [N] cos(2πk/N)
  const float *sines;   // [N] sin(2πk/N)
  const float *filters; // [mels, N/2 + 1]
  const long *first;    // [mels] first bin with weight
  const long *last;     // [mels] one past the last bin with weight
};

// Frames that one call of ck_log_mel computes side by side.
enum { CK_MEL_LANES = 16 };

// Rows that a block of queries is filled up to a multiple of, and queries or keys side by side.
enum { CK_QUERY_ROWS = 6, CK_PANEL = 16 };

// name, parameters, arguments: every kernel there is.
#define CK_KERNELS(X) \
  /* y[i] = (x[i] − mean) / √(variance + 1e-5) · gamma + beta, for each row of d. y may be x. */ \
  X(layer_norm, \
    (const float *x, const float *gamma, const float *beta, float *y, long rows, long d), \
    (x, gamma, beta, y, rows, d)) \
  /* x = activation(x + scale · bias), rows × columns; bias may be null. */ \
  X(bias_activation, \
    (float *x, const float *bias, float scale, long rows, long columns, long stride, \
     enum ck_activation activation), \
    (x, bias, scale, rows, columns, stride, activation)) \
  /* y = (a + bias_a) · sigmoid(b + bias_b); both biases may be null together. */ \
  X(glu, \
    (const float *a, const float *b, const float *bias_a, const float *bias_b, float *y, \
     long rows, long columns, long stride_in, long stride_out), \
    (a, b, bias_a, bias_b, y, rows, columns, stride_in, stride_out)) \
  /* Depthwise convolution along time, zero-padded by taps/2 on both sides, for rows \
     first ..< last of frames × d, stored from row first on: \
     y = activation((Σ_k w[k] · x[t + k − taps/2]) · scale + shift). */ \
  X(depthwise_time, \
    (const float *x, const float *w, const float *scale, const float *shift, float *y, \
     long frames, long first, long last, long d, long taps, enum ck_activation activation), \
    (x, w, scale, shift, y, frames, first, last, d, taps, activation)) \
  /* 3×3 convolution, stride 2, padding 1, of an image with one channel, and an activation. \
     x: [height, width]; w: [9, channels]; y: rows first ..< last of \
     [·, (width + 1) / 2, channels], stored from row first on. */ \
  X(conv_first, \
    (const float *x, const float *w, const float *bias, float *y, long height, long width, \
     long first, long last, long channels, enum ck_activation activation), \
    (x, w, bias, y, height, width, first, last, channels, activation)) \
  /* 3×3 depthwise convolution, stride 2, padding 1. \
     x: rows x_first ... of [height, width, channels]; y as in conv_first. */ \
  X(conv_depthwise, \
    (const float *x, long x_first, const float *w, const float *bias, float *y, long height, \
     long width, long first, long last, long channels), \
    (x, x_first, w, bias, y, height, width, first, last, channels)) \
  /* y[channels, width] = transpose of x[width, channels], for each row. */ \
  X(channel_major, (const float *x, float *y, long rows, long width, long channels), \
    (x, y, rows, width, channels)) \
  /* yu = (q + u) · scale, yv = (q + v) · scale; q: [rows, d], stride apart; y*: [rows, d]. */ \
  X(query_biases, \
    (const float *q, const float *u, const float *v, float scale, float *yu, float *yv, long rows, \
     long d, long stride), \
    (q, u, v, scale, yu, yv, rows, d, stride)) \
  /* Transposes rows into panels: row r of x becomes lane (first + r) % 16 of panel \
     (first + r) / 16, [columns, 16]. */ \
  X(pack_rows, (const float *x, float *y, long rows, long columns, long first, long stride), \
    (x, y, rows, columns, first, stride)) \
  /* Cuts columns into panels [rows, 16], one after another; the last is filled up with zeros. */ \
  X(pack_columns, (const float *x, float *y, long rows, long columns, long stride), \
    (x, y, rows, columns, stride)) \
  /* Scores of queries q: [rows, depth], rows a multiple of CK_QUERY_ROWS, with the positions \
     p: panels [panels, depth, 16] that some keys have for them. Position first + k − r belongs \
     to query r and key k. Rows of s lie `stride` ≥ 16 · ⌈keys / 16⌉ + 32 floats apart; each block \
     of queries begins where its first panel does, as key_scores expects. Positions outside of \
     the panels get no score. */ \
  X(position_scores, \
    (const float *q, const float *p, float *s, long rows, long depth, long keys, long first, \
     long panels, long stride), \
    (q, p, s, rows, depth, keys, first, panels, stride)) \
  /* s[r, k] = q[r] · k[k] plus the position score that is in s already: [rows, keys] in place. \
     k: panels [⌈keys / 16⌉, depth, 16]; the rest as in position_scores. */ \
  X(key_scores, \
    (const float *q, const float *k, float *s, long rows, long depth, long keys, long first, \
     long stride), \
    (q, k, s, rows, depth, keys, first, stride)) \
  /* Position scores as NeMo has them where it looks further to one side than to the other. \
     `far` holds position_scores for first + shift. With shift > 0 keys behind a query by more \
     than shift take those, and nearer ones behind 0; with shift < 0 keys ahead by −shift or more \
     take those, and nearer ones, and the query itself, 0. Query r is key r + ahead. */ \
  X(skew_positions, \
    (float *near, const float *far, long rows, long keys, long first, long ahead, long shift, \
     long stride), \
    (near, far, rows, keys, first, ahead, shift, stride)) \
  /* s = exp(s − maximum) for the keys low + r ..< high + r of each row r, 0 for other keys; up to \
     15 floats after the keys are overwritten. maxima, sums: [rows], over all keys so far, −∞ and \
     0 before the first; factors: [rows], what earlier values have to be multiplied by. */ \
  X(online_softmax, \
    (float *s, long rows, long keys, long low, long high, long stride, float *maxima, float *sums, \
     float *factors), \
    (s, rows, keys, low, high, stride, maxima, sums, factors)) \
  /* y = y · factors + p · v; p: [rows, keys], rows a multiple of CK_QUERY_ROWS of which the first \
     `queries` count; v: panels [keys, 16], `panel` floats apart; y: [rows, 16 · panels]. */ \
  X(weigh_values, \
    (const float *p, const float *v, const float *factors, float *y, long rows, long queries, \
     long keys, long panels, long panel, long stride), \
    (p, v, factors, y, rows, queries, keys, panels, panel, stride)) \
  /* y[r] = x[r] / divisors[r], for each row. */ \
  X(divide_rows, \
    (const float *x, const float *divisors, float *y, long rows, long columns, long stride_in, \
     long stride_out), \
    (x, divisors, y, rows, columns, stride_in, stride_out)) \
  /* x += y. */ \
  X(add, (float *x, const float *y, long n), (x, y, n)) \
  /* x *= scale. */ \
  X(scale, (float *x, float scale, long n), (x, scale, n)) \
  /* Normalises columns first ..< last of x: [rows, stride] to mean 0 and unbiased deviation 1, \
     as (x − mean) / (deviation + 1e-5); with one row the deviation counts as 0. */ \
  X(normalize_columns, (float *x, long rows, long stride, long first, long last), \
    (x, rows, stride, first, last)) \
  /* y[i] = x[i] − coefficient · x[i − 1] for i in first ..< last; x[−1] counts as 0. */ \
  X(preemphasis, (const float *x, float coefficient, float *y, long first, long last), \
    (x, coefficient, y, first, last)) \
  /* y = w · x + bias (+ y where accumulate); w: [rows, columns]; bias may be null. */ \
  X(matrix_vector, \
    (const float *w, const float *x, const float *bias, float *y, long rows, long columns, \
     bool accumulate), \
    (w, x, bias, y, rows, columns, accumulate)) \
  /* *index = that of the first maximum of x[n]; n − 1 where no value is a number. */ \
  X(argmax, (const float *x, long n, long *index), (x, n, index)) \
  /* One LSTM step from gate sums i, f, g, o: [4, width]; c and h: [width]. */ \
  X(lstm_gates, (const float *gates, float *c, float *h, long width), (gates, c, h, width)) \
  /* Log-mel energies of frames first ..< first + CK_MEL_LANES, of which count are stored: \
     y[lane, mel]. Frame t is centred on sample t · hop; samples outside x are 0. \
     scratch holds 4 · N · CK_MEL_LANES floats. */ \
  X(log_mel, \
    (const struct ck_mel_plan *plan, const float *x, long samples, long first, long count, \
     float *y, float *scratch), \
    (plan, x, samples, first, count, y, scratch))

// Activations are quantised to ± this, so that sums over 8,192 inner values fit 32 bits.
enum { CK_QUANTIZED_MAX = 2047, CK_INT8_INNER_MAX = 8192 };

// Rows of activations lie in blocks of ck_int8_block(), whose order is the instruction set's own
// affair; this is a multiple of all instruction sets' blocks, and there is room for so many rows.
enum { CK_INT8_BLOCK = 48, CK_INT8_INNER_STEP = 64 };

// Most rows and columns that one call of ck_int8_product computes, and bytes of its scratch.
enum { CK_INT8_ROWS = 192, CK_INT8_COLUMNS = 128, CK_INT8_SCRATCH = 1 << 18 };

// y = activation(rows · weightsᵀ + bias), or y += scale · (rows · weightsᵀ + bias).
struct ck_int8_product {
  const int16_t *activations; // from ck_int8_quantize
  const float *row_scales;    // what the integers of a row are worth
  const int8_t *weights;      // [⌈columns / 16⌉, ⌈inner / 4⌉, 16, 4]
  const float *weight_scales; // [⌈columns / 16⌉ · 16]
  long columns, inner;
  const float *bias; // [columns], or null
  float *y;          // [·, y_stride]: the first row and column that are computed
  long y_stride;
  bool accumulate;
  float scale; // where accumulating
  enum ck_activation activation;
};

// name, parameters, arguments: the kernels of int8 weights. What one writes only the same
// instruction set's others can read.
#define CK_INT8_KERNELS(X) \
  /* Quantises x to 12 bits as rows first ..< last; first is a multiple of ck_int8_block(). \
     q: rows rounded up to CK_INT8_BLOCK times columns rounded up to CK_INT8_INNER_STEP. */ \
  X(int8_quantize, \
    (const float *x, long stride, long first, long last, long columns, int16_t *q, float *scales), \
    (x, stride, first, last, columns, q, scales)) \
  /* Computes some rows and columns, at most CK_INT8_ROWS × CK_INT8_COLUMNS, from a multiple of \
     ck_int8_block() and of CK_PANEL on. scratch: 64-byte aligned. */ \
  X(int8_product, \
    (const struct ck_int8_product *p, long first_row, long last_row, long first_column, \
     long last_column, void *scratch), \
    (p, first_row, last_row, first_column, last_column, scratch)) \
  /* Computes all columns for one row of floats, x[inner]. */ \
  X(int8_vector, (const struct ck_int8_product *p, const float *x), (p, x))

#define CK_DECLARE(name, parameters, arguments) void ck_##name parameters;
CK_KERNELS(CK_DECLARE)
CK_INT8_KERNELS(CK_DECLARE)
#undef CK_DECLARE

// The instruction set in use: the best one of this processor, unless the variable UTTER_ISA names
// another that it has.
const char *ck_isa(void);

// Rows of activations that lie together for the instruction set in use.
long ck_int8_block(void);

// The instruction sets that this processor has, from the best on; null at the end.
const char *ck_isa_name(long index);

// Uses the named instruction set on this thread from now on; false where this processor lacks it.
bool ck_use_isa(const char *name);

// A team of threads that run one function together. The caller is member 0.
struct ck_team;
struct ck_team *ck_team_create(long members); // null where threads cannot be had
void ck_team_destroy(struct ck_team *team);
long ck_team_size(const struct ck_team *team);

// Runs body(context, member) on every member and returns when all have.
void ck_team_run(struct ck_team *team, void (*body)(void *context, long member), void *context);

// Inside a run: waits until every member is here, and starts the next stage's tiles at 0.
void ck_team_barrier(struct ck_team *team);

// Inside a run: the next tile of this stage that nobody has taken.
long ck_team_next_tile(struct ck_team *team);

// Whether this process may run on a processor below ck_cpu_limit().
bool ck_cpu_allowed(long cpu);
long ck_cpu_limit(void);

#endif
