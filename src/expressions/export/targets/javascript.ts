import { commentLines } from '../comment.ts';
import { numbersWith, render, usedDefinitions } from '../render.ts';
import type { ExportTarget, ExportUnit } from '../target.ts';
import { around, calling, functions, inSum, LEVEL, SIGNS } from '../template.ts';

const DEFINITIONS: Readonly<Record<string, string>> = {
  square: 'const square = (a) => a * a;',
  cube: 'const cube = (a) => a * a * a;',
  power: `
/** Real power: NaN at 0^-1, at a negative base with a fractional exponent, and wherever an argument is NaN. */
function power(a, b) {
  const inside = a > 0 || (a < 0 && Number.isInteger(b)) || (a === 0 && b >= 0);
  return inside ? a ** b : NaN;
}`.trim(),
  modulo: 'const modulo = (a, b) => a - b * Math.floor(a / b);',
  step: 'const step = (a) => (a > 0 ? 1 : a <= 0 ? 0 : NaN);',
  erf: `
/** 2/sqrt(pi) exp(-a^2) times the sum of 2^n a^(2n+1) / (2n+1)!!, whose terms have one sign. */
function erf(a) {
  if (Math.abs(a) >= 6) return Math.sign(a);
  let term = a;
  let sum = a;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * a * a) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-a * a) * sum;
}`.trim(),
  gamma: `
/** Gamma by the series of Stirling above 20, steps down to 1/2, and reflection below; NaN at 0, -1, -2, ... */
function gamma(a) {
  if (a === -Infinity || (a <= 0 && Number.isInteger(a))) return NaN;
  if (a > 171.7) return Infinity;
  if (a < 0.5) {
    const nearest = Math.round(a);
    const sine = Math.sin(Math.PI * (a - nearest)) * (nearest % 2 === 0 ? 1 : -1);
    return Math.PI / sine / gamma(1 - a);
  }
  let x = a;
  let product = 1;
  while (x < 20) product *= x++;
  const terms = [
    1, 1 / 12, 1 / 288, -139 / 51840, -571 / 2488320, 163879 / 209018880, 5246819 / 75246796800,
    -534703531 / 902961561600,
  ];
  const series = terms.reduceRight((sum, term) => sum / x + term, 0);
  const half = x ** (0.5 * x - 0.25);
  return ((Math.sqrt(2 * Math.PI) * series * half * Math.exp(-x)) / product) * half;
}`.trim(),
  sigmoid: 'const sigmoid = (a) => 1 / (1 + Math.exp(-a));',
};

const NOTATION = {
  operators: {
    ...SIGNS,
    inv: around('1 / #1', LEVEL.product),
    exp2: around('2 ** #1', LEVEL.power),
    atan2: inSum('Math.atan2(#1 + 0, #2 + 0)'),
    relu: { ...calling('Math.max'), text: 'Math.max(#1, 0)' },
    ...functions(
      Object.fromEntries(
        (
          'sqrt cbrt exp log log2 log10 log1p expm1 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh abs sign ' +
          'floor ceil'
        )
          .split(' ')
          .map((name) => [name, `Math.${name}`]),
      ),
    ),
    ...functions({ square: 'square', cube: 'cube', step: 'step', erf: 'erf', gamma: 'gamma', sigmoid: 'sigmoid' }),
    ...functions({ pow: 'power', min: 'Math.min', max: 'Math.max', mod: 'modulo' }, 2),
  },
  number: numbersWith({ nan: 'NaN', infinity: 'Infinity' }, (value) => (Object.is(value, -0) ? '-0' : String(value))),
};

const KEYWORDS =
  'abstract arguments async await boolean break byte case catch char class const continue debugger default delete do ' +
  'double else enum eval export extends false final finally float for function get goto if implements import in ' +
  'instanceof int interface let long native new null of package private protected public return set short static super ' +
  'switch synchronized this throw throws transient true try typeof undefined var void volatile while with yield ' +
  'Math Number NaN Infinity constructor prototype';

/** An ES module with one exported function of numbers. */
export const JAVASCRIPT: ExportTarget = {
  name: 'javascript',
  language: 'JavaScript',
  extension: '.mjs',
  operators: NOTATION.operators,
  absent: {},
  outsideDomain: 'NaN',
  names: { reserved: new Set([...KEYWORDS.split(' '), ...Object.keys(DEFINITIONS)]) },
  form: 'steps',
  module: javascriptModule,
};

function javascriptModule(unit: ExportUnit): string {
  const lines = [
    ...unit.steps.map((step) => `const ${step.name} = ${render(step.value, NOTATION)};`),
    `return ${render(unit.result, NOTATION)};`,
  ];
  const definitions = usedDefinitions(lines.join('\n'), DEFINITIONS);
  return [
    '// Formula found by Ansatz.',
    ...commentLines(unit.comments, '//'),
    `export function ${unit.name}(${unit.arguments.join(', ')}) {`,
    ...lines.map((line) => `  ${line}`),
    '}',
    ...definitions.flatMap((text) => ['', text]),
    '',
  ].join('\n');
}
