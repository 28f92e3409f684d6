import { commentLines } from '../comment.ts';
import { numbersWith, render, usedDefinitions } from '../render.ts';
import type { ExportTarget, ExportUnit, NumberPlace } from '../target.ts';
import { around, calling, functions, holding, LEVEL, SIGNS } from '../template.ts';
import { paragraphs, pythonNames } from './python.ts';

const DEFINITIONS: Readonly<Record<string, string>> = {
  _modulo: `
def _modulo(a, b):
    return a - b * sp.floor(a / b)
`.trim(),
  _cbrt: `
def _cbrt(a):
    return sp.sign(a) * sp.Abs(a) ** sp.Rational(1, 3)
`.trim(),
};

const words = numbersWith({ nan: 'sp.nan', infinity: 'sp.oo' });

/** Whole numbers stay exact; beside a symbol Python's own do, among themselves they have to be SymPy's. */
function number(value: number, place: NumberPlace): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return words(value);
  return place.amongConstants ? `sp.Integer(${value})` : String(value);
}

const NOTATION = {
  operators: {
    ...SIGNS,
    inv: around('1 / #1', LEVEL.product),
    square: around('#1**2', LEVEL.power),
    cube: around('#1**3', LEVEL.power),
    pow: around('#1**#2', LEVEL.power),
    exp2: around('2**#1', LEVEL.power),
    log2: holding('sp.log(#1, 2)'),
    log10: holding('sp.log(#1, 10)'),
    log1p: { text: 'sp.log(1 + #1)', level: LEVEL.atom, needs: [LEVEL.product] },
    expm1: { text: 'sp.exp(#1) - 1', level: LEVEL.sum, needs: [0] },
    step: holding('sp.Heaviside(#1, 0)'),
    relu: holding('sp.Max(#1, 0)'),
    sigmoid: { text: '1 / (1 + sp.exp(-#1))', level: LEVEL.product, needs: [LEVEL.atom] },
    cbrt: calling('_cbrt'),
    ...functions({
      ...Object.fromEntries(
        'sqrt exp log sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh sign floor erf gamma'
          .split(' ')
          .map((name) => [name, `sp.${name}`]),
      ),
      abs: 'sp.Abs',
      ceil: 'sp.ceiling',
    }),
    ...functions({ min: 'sp.Min', max: 'sp.Max', mod: '_modulo', atan2: 'sp.atan2' }, 2),
  },
  number,
};

/** Symbols and an expression. Whole numbers are exact, and other numbers doubles. */
export const SYMPY: ExportTarget = {
  name: 'sympy',
  language: 'SymPy',
  extension: '.py',
  operators: NOTATION.operators,
  absent: {},
  outsideDomain: 'the complex value; cancellation may widen the domain, and atan2(0, 0) is nan',
  names: pythonNames(),
  form: 'steps',
  module: sympyModule,
};

function sympyModule(unit: ExportUnit): string {
  const { assumptions = 'real' } = unit.options;
  const known = assumptions === 'none' ? '' : `, ${assumptions}=True`;
  const lines = [
    ...unit.steps.map((step) => `${step.name} = ${render(step.value, NOTATION)}`),
    `${unit.name} = sp.sympify(${render(unit.result, NOTATION)})`,
  ];
  const symbols = unit.arguments.map((name) => `${name} = sp.Symbol("${name}"${known})`);
  const definitions = usedDefinitions(lines.join('\n'), DEFINITIONS);
  const body = [...symbols, '', '# Formula found by Ansatz.', ...commentLines(unit.comments, '#'), ...lines];
  return paragraphs('import sympy as sp', ...definitions, body.join('\n').trimStart());
}
