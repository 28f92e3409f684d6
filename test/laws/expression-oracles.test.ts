import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import * as mathjs from 'mathjs';
import { expect, test } from 'vitest';
import { derive, type Expression, evaluate, print, STANDARD_OPERATORS, simplify } from '../../src/expressions/index.ts';
import { evaluateWithError } from '../../src/expressions/rounding-error.ts';
import { ANY_CONSTANTS, arbitraryExpression } from './arbitrary-expression.ts';

/** Other systems read what we print, and agree on its value. */

const ORACLE_TOLERANCE = 1e-12;
const UNKNOWN_TO_MATHJS = new Set(['exp2', 'step', 'relu', 'sigmoid']);
const KNOWN_TO_MATHJS = [...STANDARD_OPERATORS].filter(({ name }) => !UNKNOWN_TO_MATHJS.has(name));
const POINT = fc.record({
  x: fc.integer({ min: -770, max: 770 }).map((n) => n / 257),
  y: fc.integer({ min: -770, max: 770 }).map((n) => n / 257),
  z: fc.integer({ min: 20, max: 770 }).map((n) => n / 257),
});

test('mathjs reads every printed formula', () => {
  fc.assert(
    fc.property(arbitraryExpression({ constants: ANY_CONSTANTS, depth: 6 }), (tree) => {
      mathjs.parse(print(tree));
    }),
    { numRuns: 2000, seed: 9 },
  );
});

test('mathjs finds the same value', () => {
  let compared = 0;
  fc.assert(
    fc.property(arbitraryExpression({ operators: KNOWN_TO_MATHJS }), POINT, (tree, point) => {
      const { value, error } = evaluateWithError(tree, point);
      // Where every step is defined: mathjs goes on to complex numbers, we to NaN.
      if (!everyStepFinite(tree, point) || !(error <= 1e-11 * Math.abs(value))) return;
      const other = mathjs.evaluate(print(tree), { ...point });
      compared++;
      // Its erf and gamma have 1e-13 or so; ours are tested elsewhere.
      const allowed = ORACLE_TOLERANCE * Math.abs(value) + 100 * error;
      if (!(Math.abs(Number(other) - value) <= allowed * (/erf|gamma/.test(print(tree)) ? 1e5 : 1))) {
        throw new Error(`${print(tree)} at ${JSON.stringify(point)}: ${value}, mathjs ${other}`);
      }
    }),
    { numRuns: 3000, seed: 10 },
  );
  expect(compared).toBeGreaterThan(500);
});

function everyStepFinite(tree: Expression, point: Record<string, number>): boolean {
  if (!Number.isFinite(evaluate(tree, point))) return false;
  // On the cut of atan2 mathjs tells -0 from 0; here zero has no sign.
  if (tree.kind === 'call' && tree.operator.name === 'atan2' && evaluate(tree.arguments[0], point) === 0) return false;
  return tree.kind !== 'call' || tree.arguments.every((argument) => everyStepFinite(argument, point));
}

function python(program: string, input: unknown): unknown {
  const run = spawnSync('python3', ['-c', program], { input: JSON.stringify(input), encoding: 'utf8', maxBuffer: 1e8 });
  if (run.error || run.status !== 0) throw new Error(`python3: ${run.error ?? run.stderr}`);
  return JSON.parse(run.stdout);
}

const hasPython = spawnSync('python3', ['-c', 'import ast']).status === 0;
const hasSympy = hasPython && spawnSync('python3', ['-c', 'import sympy']).status === 0;
if (!hasPython) console.warn('skipped: Python reads printed formulas (no python3)');
if (!hasSympy) console.warn('skipped: SymPy as an oracle of simplify and derive (no sympy)');

test.skipIf(!hasPython)('Python parses every printed formula to the same tree', () => {
  const trees = fc.sample(arbitraryExpression({ constants: ANY_CONSTANTS, depth: 6 }), { numRuns: 2000, seed: 11 });
  // Python prints its tree in prefix notation, and so do we.
  const program = `
import ast, json, sys
N = {ast.Add: 'add', ast.Sub: 'sub', ast.Mult: 'mul', ast.Div: 'div', ast.Pow: 'pow'}
def show(n):
    if isinstance(n, ast.BinOp): return [N[type(n.op)], show(n.left), show(n.right)]
    if isinstance(n, ast.UnaryOp): return ['neg', show(n.operand)]
    if isinstance(n, ast.Call): return [n.func.id] + [show(a) for a in n.args]
    if isinstance(n, ast.Name): return n.id
    return repr(float(n.value))
print(json.dumps([show(ast.parse(t, mode='eval').body) for t in json.load(sys.stdin)]))`;
  const read = python(
    program,
    trees.map((tree) => print(tree).replaceAll('^', '**')),
  ) as unknown[];
  trees.forEach((tree, i) => {
    expect(fold(read[i]), print(tree)).toEqual(shape(tree));
  });
});

/** Python has no negative literals: a minus before a number is a call there. */
function fold(node: unknown): unknown {
  if (!Array.isArray(node)) return node === 'x' || node === 'y' || node === 'z' ? node : Number(node);
  if (node[0] === 'neg' && typeof node[1] === 'string' && !'xyz'.includes(node[1])) return -Number(node[1]);
  return [node[0], ...node.slice(1).map(fold)];
}

function shape(tree: Expression): unknown {
  if (tree.kind === 'constant') return tree.value;
  if (tree.kind === 'variable') return tree.name;
  const [first] = tree.arguments;
  // The bracket of -(3) is lost on Python.
  if (tree.operator.name === 'neg' && first.kind === 'constant' && !Object.is(Math.abs(first.value), -first.value)) {
    return -first.value;
  }
  return [tree.operator.name, ...tree.arguments.map(shape)];
}

/** What SymPy has under the same name and with the same meaning on the reals. */
const SYMPY = [
  'add',
  'sub',
  'mul',
  'div',
  'neg',
  'pow',
  'sqrt',
  'exp',
  'log',
  'sin',
  'cos',
  'tan',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
].map((name) => STANDARD_OPERATORS.get(name));

test.skipIf(!hasSympy)('SymPy agrees with simplify and derive at exact points', () => {
  const constants = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.5, 0.25, 1.5));
  const trees = fc
    .sample(arbitraryExpression({ operators: SYMPY, constants, variables: ['x', 'y'], depth: 4 }), {
      numRuns: 400,
      seed: 12,
    })
    .filter((tree) => Number.isFinite(evaluate(tree, { x: 1.25, y: 0.75 })));
  const jobs = trees.map((tree) => ({
    formula: print(tree),
    simple: print(simplify(tree)),
    slope: print(derive(tree, 'x')),
  }));
  // 30 digits at a rational point: rounding is out of the question.
  const program = `
import json, sys, math as real_math
from sympy import *
from sympy.parsing.sympy_parser import parse_expr
x, y = symbols('x y', positive=True)
names = {'x': x, 'y': y, 'square': lambda a: a**2, 'cube': lambda a: a**3, 'inv': lambda a: 1/a, 'abs': Abs, 'exp2': lambda a: 2**a}
read = lambda t: parse_expr(t.replace('^', '**'), local_dict=names, evaluate=False)
at = {x: Rational(5, 4), y: Rational(3, 4)}
def value(e):
    try:
        v = complex(N(e.subs(at), 30))
        return [v.real, v.imag] if real_math.isfinite(v.real) and real_math.isfinite(v.imag) else None
    except Exception as reason:
        return None
out = []
for job in json.load(sys.stdin):
    e = read(job['formula'])
    out.append([value(e), value(read(job['simple'])), value(diff(e.doit(), x)), value(read(job['slope']))])
print(json.dumps(out))`;
  const answers = python(program, jobs) as ([number, number] | null)[][];
  let compared = 0;
  answers.forEach(([value, simple, slope, ours], i) => {
    const { formula } = jobs[i];
    const agree = (what: string, a: [number, number] | null, b: [number, number] | null): void => {
      if (!a || !b || a[1] !== 0 || !Number.isFinite(a[0]) || Math.abs(a[0]) > 1e100) return;
      compared++;
      const allowed = 1e-9 * Math.max(1, Math.abs(a[0]));
      if (!(Math.abs(a[0] - b[0]) <= allowed))
        throw new Error(`${what} of ${formula}: ${b[0]}, SymPy ${a[0]} (${jobs[i].simple}, ${jobs[i].slope})`);
    };
    agree('value', value, simple);
    agree('slope', slope, ours);
  });
  expect(compared).toBeGreaterThan(300);
});
