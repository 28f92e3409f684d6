import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportFormula, parse, STANDARD_OPERATORS } from '../../../src/expressions/index.ts';
import { arbitraryExpression } from '../../laws/arbitrary-expression.ts';
import { hasTool, PYTHON } from '../../tools.ts';
import { allCases, asNumber, asText, type Case, expectAgreement, operatorsNamed, VARIABLES } from './sample.ts';

/** What SymPy's reader of the Wolfram Language knows by the name and meaning. */
const READABLE = operatorsNamed(
  'add sub mul div neg inv square cube pow sqrt exp exp2 log log1p expm1 sin cos tan asin acos atan sinh cosh tanh ' +
    'asinh acosh atanh abs sign floor ceil erf gamma min max',
);

const body = (text: string) => /:=\n([\s\S]*)$/.exec(text)![1].trim();

describe('Mathematica', () => {
  test('writes a definition', () => {
    expect(exportFormula(parse('0.1 * x_1^2 + atan2(y, E) - 1e-7'), 'mathematica', { name: 'g' })).toBe(
      [
        '(* Formula found by Ansatz. *)',
        '(* g(x1, y, vE) = 0.1 * x1^2 + atan2(y, vE) - 1e-7 *)',
        '(* x1 is the column x_1 *)',
        '(* vE is the column E *)',
        'g[x1_, y_, vE_] :=',
        '  0.1` * x1^2 + ArcTan[vE, y] - 1.`*^-7',
        '',
      ].join('\n'),
    );
  });

  test('closes every bracket, names only functions of the system, and keeps numbers to machine precision', () => {
    const known = new Set(
      (
        'Sqrt CubeRoot Exp Log Log2 Log10 Sin Cos Tan ArcSin ArcCos ArcTan Sinh Cosh Tanh ArcSinh ArcCosh ArcTanh Abs ' +
        'Sign Floor Ceiling Erf Gamma LogisticSigmoid Min Max Mod Boole Module'
      ).split(' '),
    );
    for (const { tree } of allCases()) {
      const text = exportFormula(tree, 'mathematica', { variables: VARIABLES });
      const code = text.replace(/\(\*.*?\*\)/g, '');
      const open: string[] = [];
      for (const sign of code.replace(/[^()[\]{}]/g, '')) {
        if ('([{'.includes(sign)) open.push(sign);
        else expect('([{'.indexOf(open.pop()!)).toBe(')]}'.indexOf(sign));
      }
      expect(open).toEqual([]);
      for (const [, word] of code.matchAll(/([A-Za-z]\w*)\[/g)) {
        expect(word === 'f' || known.has(word), word).toBe(true);
      }
      for (const [, digits] of code.matchAll(/(?<![\w.])(\d+\.\d*)(?![\d`])/g))
        throw new Error(`no back-quote: ${digits}`);
    }
  });

  test.skipIf(!hasTool('sympy'))("SymPy's reader of the language finds our values", () => {
    const points = [
      [0.75, -1.25, 2.5],
      [0.5, 0.25, 1.125],
    ];
    const trees = [
      ...READABLE.map((operator) =>
        parse(operator.arity === 1 ? `${operator.name}(x)` : `${operator.name}(x, y)`, {
          operators: STANDARD_OPERATORS,
        }),
      ).filter((_, i) => READABLE[i].notation.form === 'function'),
      ...fc.sample(arbitraryExpression({ operators: READABLE, depth: 4 }), { numRuns: 80, seed: 76 }),
    ];
    const cases: Case[] = trees.map((tree) => ({ tree, points }));
    const jobs = cases.map(({ tree }) => ({
      // The reader knows no back-quotes and no *^.
      text: body(exportFormula(tree, 'mathematica', { variables: VARIABLES }))
        .replaceAll('`', '')
        .replaceAll('*^', 'e'),
      points: points.map((point) => point.map(asText)),
    }));
    const program = `
import json, sys
import sympy as sp
from sympy.parsing.mathematica import parse_mathematica
x, y, z = sp.symbols('x y z')
def value(f, point):
    try:
        v = complex(f.subs({s: sp.Float(p, 40) for s, p in zip((x, y, z), point)}).evalf(30))
        return repr(v.real if abs(v.imag) <= 1e-20 * abs(v.real) else float('nan'))
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        return 'nan'
out = []
for job in json.load(sys.stdin):
    f = parse_mathematica(job['text'])
    # It leaves these as functions of no meaning.
    for name in ('Abs', 'Floor', 'Ceiling', 'Erf', 'Gamma'):
        f = f.replace(sp.Function(name), sp.Abs if name == 'Abs' else getattr(sp, name.lower()))
    out.append([value(f, p) for p in job['points']])
print(json.dumps(out))`;
    const run = spawnSync(PYTHON, ['-c', program], { input: JSON.stringify(jobs), encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stderr.slice(-3000));
    const values = (JSON.parse(run.stdout) as string[][]).map((row) => row.map(asNumber));
    expect(expectAgreement(cases, values, { checkUndefined: false })).toBeGreaterThan(100);
  });
});
