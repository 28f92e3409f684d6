import type { Call } from '../../expression.ts';
import { commentLines } from '../comment.ts';
import { numbersWith, render, smallWholePower, usedDefinitions } from '../render.ts';
import type { ExportTarget, ExportUnit } from '../target.ts';
import { around, calling, functions, holding, LEVEL, SIGNS, type Template } from '../template.ts';

/** Lambdas inside the function: one header may stand beside another without a clash. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  nan: 'const double nan = std::numeric_limits<double>::quiet_NaN();',
  infinity: 'const double infinity = std::numeric_limits<double>::infinity();',
  square: 'const auto square = [](double a) -> double { return a * a; };',
  cube: 'const auto cube = [](double a) -> double { return a * a * a; };',
  power: `
// Real power: NaN at 0^-1, at a negative base with a fractional exponent, and wherever an argument is NaN.
const auto power = [](double a, double b) -> double {
  const bool whole = std::isfinite(b) && std::floor(b) == b;
  const bool positive = a > 0 && (a != 1 || std::isfinite(b));
  const bool inside = positive || (a < 0 && whole) || (a == 0 && b >= 0);
  return inside ? std::pow(a, b) : std::numeric_limits<double>::quiet_NaN();
};`.trim(),
  angle: 'const auto angle = [](double y, double x) -> double { return std::atan2(y + 0.0, x + 0.0); };',
  smaller: 'const auto smaller = [](double a, double b) -> double { return a < b || a != a ? a : b; };',
  larger: 'const auto larger = [](double a, double b) -> double { return a > b || a != a ? a : b; };',
  modulo: 'const auto modulo = [](double a, double b) -> double { return a - b * std::floor(a / b); };',
  sign: 'const auto sign = [](double a) -> double { return a > 0 ? 1.0 : a < 0 ? -1.0 : a; };',
  step: 'const auto step = [](double a) -> double { return a > 0 ? 1.0 : a <= 0 ? 0.0 : a; };',
  relu: 'const auto relu = [](double a) -> double { return a < 0 ? 0.0 : a; };',
  gamma: `
const auto gamma = [](double a) -> double {
  return a <= 0 && std::floor(a) == a ? std::numeric_limits<double>::quiet_NaN() : std::tgamma(a);
};`.trim(),
  sigmoid: 'const auto sigmoid = [](double a) -> double { return 1.0 / (1.0 + std::exp(-a)); };',
};

const STANDARD =
  'sqrt cbrt exp exp2 log log2 log10 log1p expm1 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh floor ceil erf';

const NOTATION = {
  operators: {
    ...SIGNS,
    inv: around('1.0 / #1', LEVEL.product),
    ...functions(Object.fromEntries(STANDARD.split(' ').map((name) => [name, `std::${name}`]))),
    ...functions({ pow: 'power', atan2: 'angle', min: 'smaller', max: 'larger', mod: 'modulo' }, 2),
    ...functions({ square: 'square', cube: 'cube', sign: 'sign', step: 'step', relu: 'relu', gamma: 'gamma' }),
    abs: calling('std::abs'),
    sigmoid: calling('sigmoid'),
  },
  special: wholePower,
  number: numbersWith({ nan: 'nan', infinity: 'infinity' }),
};

function wholePower(node: Call): Template | undefined {
  const exponent = smallWholePower(node);
  return exponent === undefined ? undefined : holding(`std::pow(#1, ${exponent}.0)`);
}

const KEYWORDS =
  'alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class compl ' +
  'concept const consteval constexpr constinit const_cast continue co_await co_return co_yield decltype default delete ' +
  'do double dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable ' +
  'namespace new noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast ' +
  'requires return short signed sizeof static static_assert static_cast struct switch template this thread_local throw ' +
  'true try typedef typeid typename union unsigned using virtual void volatile wchar_t while xor xor_eq std main ' +
  // Functions of <math.h> at the top level, and macros.
  'acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh drem erf erfc exp exp2 exp10 expm1 fabs fdim ' +
  'finite floor fma fmax fmin fmod frexp gamma hypot ilogb isinf isnan j0 j1 jn ldexp lgamma llrint llround log log10 ' +
  'log1p log2 logb lrint lround modf nan nearbyint nextafter nexttoward pow pow10 remainder remquo rint round ' +
  'roundeven scalb scalbln scalbn signgam significand sin sincos sinh sqrt tan tanh tgamma trunc y0 y1 yn abs labs div ' +
  'NAN INFINITY NULL MAXFLOAT SNAN EOF linux unix errno assert alloca issubnormal math_errhandling ' +
  'EXIT_FAILURE EXIT_SUCCESS RAND_MAX MB_CUR_MAX NFDBITS BYTE_ORDER BIG_ENDIAN LITTLE_ENDIAN PDP_ENDIAN';

/** A header with one inline function of doubles; C++11. */
export const CPP: ExportTarget = {
  name: 'cpp',
  language: 'C++',
  extension: '.hpp',
  operators: NOTATION.operators,
  special: NOTATION.special,
  absent: {},
  outsideDomain: 'NaN, unless compiled with -ffast-math',
  names: {
    reserved: new Set([...KEYWORDS.split(' '), ...Object.keys(DEFINITIONS)]),
    reservedPattern: /^(M_|FP_|MATH_|HUGE_|SNAN|FD_|W(IF|EXIT|STOP|TERM|NO|UN|CONT)|hto(be|le)|(be|le)\d+toh)/,
  },
  form: 'steps',
  module: cppModule,
};

function cppModule(unit: ExportUnit): string {
  const lines = [
    ...unit.steps.map((step) => `const double ${step.name} = ${render(step.value, NOTATION)};`),
    `return ${render(unit.result, NOTATION)};`,
  ];
  const definitions = usedDefinitions(lines.join('\n'), DEFINITIONS).flatMap((text) => text.split('\n'));
  const guard = `ANSATZ_FORMULA_${unit.name}`;
  return [
    '// Formula found by Ansatz.',
    ...commentLines(unit.comments, '//'),
    `#ifndef ${guard}`,
    `#define ${guard}`,
    '',
    '#include <cmath>',
    '#include <limits>',
    '',
    `inline double ${unit.name}(${unit.arguments.map((name) => `double ${name}`).join(', ')}) {`,
    ...[...definitions, ...lines].map((line) => `  ${line}`),
    '}',
    '',
    '#endif',
    '',
  ].join('\n');
}
