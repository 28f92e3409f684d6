import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type ExportTargetName, type Expression, exportFormula, parse, print } from '../../../src/expressions/index.ts';
import { hasTool, PYTHON } from '../../tools.ts';
import {
  allCases,
  asNumber,
  asText,
  awkwardCases,
  type Case,
  expectAgreement,
  longCases,
  operatorCases,
  randomCases,
  VARIABLES,
} from './sample.ts';

const place = mkdtempSync(join(tmpdir(), 'ansatz-export-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Runs every module in one Python; `program` defines values(namespace, columns) -> list of numbers. */
function inPython(target: Exclude<ExportTargetName, 'onnx'>, cases: readonly Case[], program: string): number[][] {
  const jobs = cases.map(({ tree, points }) => ({
    module: exportFormula(tree, target, { variables: VARIABLES }),
    columns: VARIABLES.map((_, i) => points.map((point) => asText(point[i]))),
  }));
  const driver = `
import json, sys, warnings
sys.path.insert(0, ${JSON.stringify(place)})
${program}
out = []
for i, job in enumerate(json.load(sys.stdin)):
    namespace = {}
    try:
        exec(compile(job['module'], f'module{i}', 'exec'), namespace)
        columns = [[float(v) for v in column] for column in job['columns']]
        out.append([repr(float(v)) for v in values(namespace, columns)])
    except Exception as reason:
        raise RuntimeError(f'{reason!r} in:\\n' + job['module'][:3000])
print(json.dumps(out))
`;
  const run = spawnSync(PYTHON, ['-c', driver], { input: JSON.stringify(jobs), encoding: 'utf8', maxBuffer: 1e9 });
  if (run.status !== 0) throw new Error(run.stderr.slice(-6000));
  return (JSON.parse(run.stdout) as string[][]).map((row) => row.map(asNumber));
}

test.skipIf(!(hasTool('numpy') && hasTool('scipy')))('NumPy finds our values', () => {
  const cases = allCases();
  const values = inPython(
    'numpy',
    cases,
    `
import numpy as np
warnings.simplefilter('error')
def values(m, columns):
    return np.broadcast_to(m['f'](*[np.array(c) for c in columns]), (len(columns[0]),))`,
  );
  expect(expectAgreement(cases, values)).toBeGreaterThan(2500);
});

test.skipIf(!hasTool('torch'))('PyTorch finds our values', () => {
  const cases = allCases();
  const values = inPython(
    'pytorch',
    cases,
    `
import torch
def values(m, columns):
    f = m['f']()
    with torch.no_grad():
        r = f(*[torch.tensor(c, dtype=torch.float64) for c in columns])
    return torch.broadcast_to(r, (len(columns[0]),)).tolist()`,
  );
  expect(expectAgreement(cases, values)).toBeGreaterThan(2500);
});

test.skipIf(!(hasTool('numpy') && hasTool('scipy')))('the text for JAX runs with NumPy in its place', () => {
  mkdirSync(join(place, 'jax', 'scipy'), { recursive: true });
  writeFileSync(join(place, 'jax', '__init__.py'), '');
  writeFileSync(join(place, 'jax', 'numpy.py'), 'from numpy import *\nfrom numpy import abs\n');
  writeFileSync(join(place, 'jax', 'scipy', '__init__.py'), '');
  writeFileSync(join(place, 'jax', 'scipy', 'special.py'), 'from scipy.special import erf, gammaln\n');
  const cases = allCases();
  const values = inPython(
    'jax',
    cases,
    `
import numpy as np
np.seterr(all='ignore')
def values(m, columns):
    r = m['f'](m['initial_constants'], *[np.array(c) for c in columns])
    return np.broadcast_to(r, (len(columns[0]),))`,
  );
  expect(expectAgreement(cases, values)).toBeGreaterThan(2500);
});

test.skipIf(!hasTool('sympy'))('SymPy finds our values where it stays real', () => {
  // Exact arithmetic sees a remainder where doubles see none, so that mod is compared at round numbers only.
  const alone = operatorCases().map(({ tree, points }) => ({
    tree,
    points: points.filter((point) => point.every((v) => Number.isFinite(v) && v !== 1e-9)).filter((_, i) => i % 11 < 3),
  }));
  const cases = [
    ...alone.map(({ tree, points }) => ({ tree, points: points.slice(0, 40) })),
    ...awkwardCases(),
    ...longCases(),
    ...randomCases(50, 72, ['mod']).map(({ tree, points }) => ({ tree, points: points.slice(0, 4) })),
  ];
  const values = inPython(
    'sympy',
    cases,
    `
import sympy as sp
sys.setrecursionlimit(20000)
def value(f, m, point):
    # Doubles are taken as they are, and the arithmetic has digits to spare.
    at = {m[name]: sp.Float(v, 40) for name, v in zip('xyz', point)}
    try:
        v = complex(f.subs(at).evalf(30))
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        return float('nan')
    return v.real if v.imag == 0 else float('nan')
def values(m, columns):
    return [value(m['f'], m, p) for p in zip(*columns)]`,
  );
  expect(expectAgreement(cases, values, { checkUndefined: false, skip: angleOfNothing })).toBeGreaterThan(500);
});

/** SymPy has no angle at the origin; the documentation says so. */
function angleOfNothing(tree: Expression, point: readonly number[]): boolean {
  const text = print(tree);
  return text.includes('atan2(0, 0)') || (text === 'atan2(x, y)' && point[0] === 0 && point[1] === 0);
}

test.skipIf(!hasTool('torch'))('PyTorch goes on to fit the constants of an export', () => {
  const module = exportFormula(parse('1 * x^2 + 1 * sin(x) - (-3)^3 * 0'), 'pytorch', { name: 'Curve' });
  const program = `
import sys, torch
module = {}
exec(sys.stdin.read(), module)
torch.manual_seed(1)
model = module['Curve']()
x = torch.linspace(-2, 2, 41, dtype=torch.float64)
y = 2.5 * x ** 2 - 0.75 * torch.sin(x)
optimiser = torch.optim.LBFGS(model.parameters(), lr=1, max_iter=200, tolerance_grad=1e-12, tolerance_change=1e-18)
def closure():
    optimiser.zero_grad()
    loss = ((model(x) - y) ** 2).mean()
    loss.backward()
    return loss
optimiser.step(closure)
print(model.constants[0].item(), model.constants[1].item())
`;
  const run = spawnSync(PYTHON, ['-c', program], { input: module, encoding: 'utf8' });
  expect(run.stderr).toBe('');
  const [square, sine] = run.stdout.trim().split(' ').map(Number);
  // What is left where the gradient is below 1e-12.
  expect(square).toBeCloseTo(2.5, 9);
  expect(sine).toBeCloseTo(-0.75, 9);
});
