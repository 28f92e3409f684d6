// Native reference of the evaluation suite: the same tile interpreter on 32-byte vectors with fused multiply-add.
//
// Usage: evaluation <input>; then lines "32 <rows>" or "64 <rows>" on stdin, each answered by
// "<cpu seconds> <sum of losses>". Build: g++ -O3 -march=native -std=c++17.
#include <immintrin.h>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>

enum { VARIABLE, CONSTANT, ADD, SUB, MUL, DIV, NEG = 11, ABS, SQRT, SQUARE = 15, EXP = 18, LOG = 20, SIN = 25, COS = 26 };

template <class T> struct Wide;
template <> struct Wide<double> {
  typedef double V __attribute__((vector_size(32)));
  typedef int64_t I __attribute__((vector_size(32)));
};
template <> struct Wide<float> {
  typedef float V __attribute__((vector_size(32)));
  typedef int32_t I __attribute__((vector_size(32)));
};
using D = Wide<double>::V;
using DI = Wide<double>::I;
using F = Wide<float>::V;
using FI = Wide<float>::I;

template <class T> using Vec = typename Wide<T>::V;
static inline D fma(D a, D b, D c) { return (D)_mm256_fmadd_pd((__m256d)a, (__m256d)b, (__m256d)c); }
static inline F fma(F a, F b, F c) { return (F)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c); }
static inline D splat(double x) { return D{x, x, x, x}; }
static inline F splatf(float x) { return F{x, x, x, x, x, x, x, x}; }
static inline bool all(DI m) { return _mm256_movemask_pd((__m256d)m) == 15; }
static inline bool all(FI m) { return _mm256_movemask_ps((__m256)m) == 255; }
static inline D root(D x) { return (D)_mm256_sqrt_pd((__m256d)x); }
static inline F root(F x) { return (F)_mm256_sqrt_ps((__m256)x); }
static inline D absolute(D x) { return (D)((DI)x & 0x7fffffffffffffffLL); }
static inline F absolute(F x) { return (F)((FI)x & 0x7fffffff); }

template <class V, class S> static V eachLane(V x, S f) {
  V y = x;
  for (unsigned i = 0; i < sizeof(V) / sizeof(x[0]); i++) y[i] = f(x[i]);
  return y;
}

static const double MAGIC = 6755399441055744.0;
static const float MAGICF = 12582912.0f;

static inline D expV(D x) {
  if (__builtin_expect(!all(absolute(x) <= splat(708)), 0)) return eachLane(x, [](double v) { return std::exp(v); });
  D t = fma(x, splat(1.4426950408889634), splat(MAGIC));
  D k = t - splat(MAGIC);
  // With fused multiply-add one step of ln 2 in 53 bits and its rest do.
  D r = fma(k, splat(-0.6931471805599453), x);
  r = fma(k, splat(-2.3190468138462996e-17), r);
  D p = fma(splat(2.510038549551032e-08), r, splat(2.7620088445409746e-07));
  p = fma(p, r, splat(2.7557268459997064e-06));
  p = fma(p, r, splat(2.4801521295954376e-05));
  p = fma(p, r, splat(0.00019841269863053618));
  p = fma(p, r, splat(0.0013888888917213717));
  p = fma(p, r, splat(0.008333333333330062));
  p = fma(p, r, splat(0.04166666666662413));
  p = fma(p, r, splat(0.16666666666666669));
  p = fma(p, r, splat(0.5));
  D y = splat(1) + fma(r * r, p, r);
  return (D)((DI)y + ((DI)t << 52));
}

static inline F expV(F x) {
  if (__builtin_expect(!all(absolute(x) <= splatf(87)), 0)) return eachLane(x, [](float v) { return std::exp(v); });
  F t = fma(x, splatf(1.4426950408889634f), splatf(MAGICF));
  F k = t - splatf(MAGICF);
  F r = fma(k, splatf(-0.693145751953125f), x);
  r = fma(k, splatf(-1.4286068203094173e-06f), r);
  F p = fma(splatf(0.0013926183587713494f), r, splatf(0.008363179052722578f));
  p = fma(p, r, splatf(0.041666554617204574f));
  p = fma(p, r, splatf(0.16666576989698775f));
  p = fma(p, r, splatf(0.5f));
  F y = splatf(1) + fma(r * r, p, r);
  return (F)((FI)y + ((FI)t << 23));
}

static inline D logV(D x) {
  if (__builtin_expect(!all((x >= splat(2.2250738585072014e-308)) & (x < splat(INFINITY))), 0))
    return eachLane(x, [](double v) { return std::log(v); });
  const int64_t half = 0x3fe6a09e667f3bcdLL;
  DI moved = (DI)x + (0x3ff0000000000000LL - half);
  D k = (D)((DI)_mm256_srli_epi64((__m256i)moved, 52) | 0x4330000000000000LL) - splat(4503599627370496.0 + 1023.0);
  D f = (D)((moved & 0x000fffffffffffffLL) + half) - splat(1);
  D s = f / (f + splat(2));
  D z = s * s;
  D p = fma(splat(0.14617807153417325), z, splat(0.15331611722055008));
  p = fma(p, z, splat(0.1818289243253687));
  p = fma(p, z, splat(0.22222211089379496));
  p = fma(p, z, splat(0.28571428626253836));
  p = fma(p, z, splat(0.3999999999989889));
  p = fma(p, z, splat(0.666666666666667));
  D h = f * f * splat(0.5);
  D tail = fma(k, splat(-4.2009150726810846e-11), s * fma(p, z, h));
  return fma(k, splat(0.6931471806019545), f - (h - tail));
}

static inline F logV(F x) {
  if (__builtin_expect(!all((x >= splatf(1.17549435e-38f)) & (x < splatf(INFINITY))), 0))
    return eachLane(x, [](float v) { return std::log(v); });
  const int32_t half = 0x3f3504f3;
  FI moved = (FI)x + (0x3f800000 - half);
  F k = (F)_mm256_cvtepi32_ps(_mm256_sub_epi32(_mm256_srli_epi32((__m256i)moved, 23), _mm256_set1_epi32(127)));
  F f = (F)((moved & 0x007fffff) + half) - splatf(1);
  F s = f / (f + splatf(2));
  F z = s * s;
  F p = fma(splatf(0.29580985929974424f), z, splatf(0.39988757716604845f));
  p = fma(p, z, splatf(0.6666668509542907f));
  F h = f * f * splatf(0.5f);
  F tail = fma(k, splatf(1.4286068203094173e-06f), s * fma(p, z, h));
  return fma(k, splatf(0.693145751953125f), f - (h - tail));
}

static inline D reduce(D x, D n) {
  D r = fma(n, splat(-3.141592653589793), x);
  return fma(n, splat(-1.2246467991473532e-16), r);
}
static inline D sinPolynomial(D r) {
  D z = r * r;
  D p = fma(splat(2.7314431889670642e-15), z, splat(-7.643970170240761e-13));
  p = fma(p, z, splat(1.605897730850011e-10));
  p = fma(p, z, splat(-2.5052107616935044e-08));
  p = fma(p, z, splat(2.755731921916275e-06));
  p = fma(p, z, splat(-0.00019841269841254971));
  p = fma(p, z, splat(0.008333333333333316));
  p = fma(p, z, splat(-0.16666666666666666));
  return fma(z * r, p, r);
}
static inline F reduce(F x, F n) {
  F r = fma(n, splatf(-3.140625f), x);
  r = fma(n, splatf(-0.0009675025939941406f), r);
  return fma(n, splatf(-1.509957990e-07f), r);
}
static inline F sinPolynomial(F r) {
  F z = r * r;
  F p = fma(splatf(2.634754024591718e-06f), z, splatf(-0.0001982273875793314f));
  p = fma(p, z, splatf(0.008333242129681654f));
  p = fma(p, z, splatf(-0.166666659637654f));
  return fma(z * r, p, r);
}
static inline D sinV(D x) {
  if (__builtin_expect(!all(absolute(x) <= splat(8e5)), 0)) return eachLane(x, [](double v) { return std::sin(v); });
  D t = fma(x, splat(0.3183098861837907), splat(MAGIC));
  return (D)((DI)sinPolynomial(reduce(x, t - splat(MAGIC))) ^ ((DI)t << 63));
}
static inline F sinV(F x) {
  if (__builtin_expect(!all(absolute(x) <= splatf(8192)), 0)) return eachLane(x, [](float v) { return std::sin(v); });
  F t = fma(x, splatf(0.3183098861837907f), splatf(MAGICF));
  return (F)((FI)sinPolynomial(reduce(x, t - splatf(MAGICF))) ^ ((FI)t << 31));
}
static inline D cosV(D x) {
  if (__builtin_expect(!all(absolute(x) <= splat(8e5)), 0)) return eachLane(x, [](double v) { return std::cos(v); });
  D t = fma(x, splat(0.3183098861837907), splat(-0.5)) + splat(MAGIC);
  return (D)((DI)sinPolynomial(reduce(x, t - splat(MAGIC) + splat(0.5))) ^ (~(DI)t << 63));
}
static inline F cosV(F x) {
  if (__builtin_expect(!all(absolute(x) <= splatf(8192)), 0)) return eachLane(x, [](float v) { return std::cos(v); });
  F t = fma(x, splatf(0.3183098861837907f), splatf(-0.5f)) + splatf(MAGICF);
  return (F)((FI)sinPolynomial(reduce(x, t - splatf(MAGICF) + splatf(0.5f))) ^ (~(FI)t << 31));
}

template <class T> static inline Vec<T> all1(T x) {
  Vec<T> v;
  for (unsigned i = 0; i < 32 / sizeof(T); i++) v[i] = x;
  return v;
}

// One loop an operation; b is a constant in the Right and Left forms.
typedef void (*Tile)(void* out, const void* a, const void* b, long vectors);
template <class T, int OP> static inline Vec<T> two(Vec<T> x, Vec<T> y) {
  if (OP == ADD) return x + y;
  if (OP == SUB) return x - y;
  if (OP == MUL) return x * y;
  return x / y;
}
template <class T, int OP> static inline Vec<T> one(Vec<T> x) {
  if (OP == NEG) return -x;
  if (OP == ABS) return absolute(x);
  if (OP == SQRT) return root(x);
  if (OP == SQUARE) return x * x;
  if (OP == EXP) return expV(x);
  if (OP == LOG) return logV(x);
  if (OP == SIN) return sinV(x);
  return cosV(x);
}
template <class T, int OP> static void both(void* out, const void* a, const void* b, long n) {
  auto* o = (Vec<T>*)out;
  auto* x = (const Vec<T>*)a;
  auto* y = (const Vec<T>*)b;
#pragma GCC unroll 4
  for (long i = 0; i < n; i++) o[i] = two<T, OP>(x[i], y[i]);
}
template <class T, int OP> static void right(void* out, const void* a, const void* b, long n) {
  auto* o = (Vec<T>*)out;
  auto* x = (const Vec<T>*)a;
  Vec<T> y = *(const Vec<T>*)b;
#pragma GCC unroll 4
  for (long i = 0; i < n; i++) o[i] = two<T, OP>(x[i], y);
}
template <class T, int OP> static void left(void* out, const void* a, const void* b, long n) {
  auto* o = (Vec<T>*)out;
  auto* x = (const Vec<T>*)a;
  Vec<T> y = *(const Vec<T>*)b;
#pragma GCC unroll 4
  for (long i = 0; i < n; i++) o[i] = two<T, OP>(y, x[i]);
}
template <class T, int OP> static void single(void* out, const void* a, const void*, long n) {
  auto* o = (Vec<T>*)out;
  auto* x = (const Vec<T>*)a;
#pragma GCC unroll 2
  for (long i = 0; i < n; i++) o[i] = one<T, OP>(x[i]);
}

struct Instruction {
  Tile run;
  char* out;
  const char* a;
  const char* b;
  long strideA, strideB;
};
struct Operand {
  const char* at;
  long stride;
  bool fixed;
};
struct Program {
  std::vector<int32_t> code;
  std::vector<double> constants;
};

template <class T> struct Engine {
  long tileRows;
  std::vector<T*> columns;
  T* target;
  char* slots;
  Vec<T>* constants;
  Tile table[3][64] = {};

  static T* aligned(long count) { return (T*)std::aligned_alloc(64, (count * sizeof(T) + 127) / 64 * 64); }

  Engine(const std::vector<std::vector<double>>& data, const std::vector<double>& y, long tileBytes) {
    tileRows = tileBytes / sizeof(T);
    auto copy = [&](const std::vector<double>& v) {
      T* c = aligned(v.size() + 16);
      for (size_t i = 0; i < v.size() + 16; i++) c[i] = (T)v[i < v.size() ? i : v.size() - 1];
      return c;
    };
    for (auto& c : data) columns.push_back(copy(c));
    target = copy(y);
    slots = (char*)aligned(64 * tileRows);
    constants = (Vec<T>*)aligned(1024 * 32 / sizeof(T));
#define BINARY(OP) table[0][OP] = both<T, OP>, table[1][OP] = right<T, OP>, table[2][OP] = left<T, OP>;
#define UNARY(OP) table[0][OP] = single<T, OP>;
    BINARY(ADD) BINARY(SUB) BINARY(MUL) BINARY(DIV)
    UNARY(NEG) UNARY(ABS) UNARY(SQRT) UNARY(SQUARE) UNARY(EXP) UNARY(LOG) UNARY(SIN) UNARY(COS)
  }

  double loss(const Program& p, long rows) {
    const long tile = tileRows * sizeof(T);
    static thread_local std::vector<Instruction> plan;
    plan.clear();
    Operand stack[64];
    int top = -1, used = 0;
    for (int32_t word : p.code) {
      int op = word & 255, operand = word >> 8;
      if (op == VARIABLE) {
        stack[++top] = {(const char*)columns[operand], tile, false};
      } else if (op == CONSTANT) {
        constants[used] = all1<T>((T)p.constants[operand]);
        stack[++top] = {(const char*)&constants[used++], 0, true};
      } else if (op <= DIV) {
        Operand b = stack[top--], a = stack[top];
        char* out = slots + top * tile;
        if (b.fixed) plan.push_back({table[1][op], out, a.at, b.at, a.stride, 0});
        else if (a.fixed) plan.push_back({table[2][op], out, b.at, a.at, b.stride, 0});
        else plan.push_back({table[0][op], out, a.at, b.at, a.stride, b.stride});
        stack[top] = {out, 0, false};
      } else {
        char* out = slots + top * tile;
        plan.push_back({table[0][op], out, stack[top].at, nullptr, stack[top].stride, 0});
        stack[top] = {out, 0, false};
      }
    }
    const long lanes = 32 / sizeof(T);
    double sum = 0;
    for (long row = 0, t = 0; row < rows; row += tileRows, t++) {
      const long count = std::min(tileRows, rows - row);
      const long vectors = (count + lanes - 1) / lanes;
      for (const Instruction& i : plan) i.run(i.out, i.a + t * i.strideA, i.b + t * i.strideB, vectors);
      const Vec<T>* v = (const Vec<T>*)(stack[0].at + t * stack[0].stride);
      const Vec<T>* y = (const Vec<T>*)(target + row);
      Vec<T> s0 = all1<T>(0), s1 = s0, s2 = s0, s3 = s0;
      const long full = count / lanes;
      long i = 0;
      for (; i + 4 <= full; i += 4) {
        Vec<T> a = v[i] - y[i], b = v[i + 1] - y[i + 1], c = v[i + 2] - y[i + 2], d = v[i + 3] - y[i + 3];
        s0 = fma(a, a, s0), s1 = fma(b, b, s1), s2 = fma(c, c, s2), s3 = fma(d, d, s3);
      }
      for (; i < full; i++) {
        Vec<T> a = v[i] - y[i];
        s0 = fma(a, a, s0);
      }
      for (long k = full * lanes; k < count; k++) {
        double a = (double)(((const T*)v)[k] - ((const T*)y)[k]);
        sum += a * a;
      }
      s0 = (s0 + s1) + (s2 + s3);
      for (long k = 0; k < lanes; k++) sum += s0[k];
      if (!std::isfinite(sum)) return NAN;
    }
    return sum / rows;
  }
};

static double cpu() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(int argc, char** argv) {
  FILE* f = std::fopen(argv[1], "rb");
  if (!f) return 1;
  auto readInt = [&] { int32_t x = 0; if (std::fread(&x, 4, 1, f) != 1) std::exit(1); return x; };
  auto readDoubles = [&](long n) { std::vector<double> v(n); if (std::fread(v.data(), 8, n, f) != (size_t)n) std::exit(1); return v; };
  std::vector<Program> programs(readInt());
  const long columnCount = readInt(), rows = readInt();
  for (auto& p : programs) {
    p.code.resize(readInt());
    const int constants = readInt();
    for (auto& w : p.code) w = readInt();
    p.constants = readDoubles(constants);
  }
  std::vector<std::vector<double>> data;
  for (long c = 0; c < columnCount; c++) data.push_back(readDoubles(rows));
  const std::vector<double> target = readDoubles(rows);
  const long tileBytes = argc > 2 ? std::atol(argv[2]) : 4096;
  Engine<double> wide(data, target, tileBytes);
  Engine<float> narrow(data, target, tileBytes);
  int precision;
  long count;
  while (std::scanf("%d %ld", &precision, &count) == 2) {
    const double start = cpu();
    double sum = 0;
    for (auto& p : programs) {
      const double loss = precision == 64 ? wide.loss(p, count) : narrow.loss(p, count);
      if (std::isfinite(loss)) sum += loss;
    }
    std::printf("%.9g %.17g\n", cpu() - start, sum);
    std::fflush(stdout);
  }
}
