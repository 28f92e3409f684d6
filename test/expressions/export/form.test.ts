import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { binaryFraction, decimalFraction } from '../../../src/expressions/export/fraction.ts';
import { type Expression, exportFormula, parse, STANDARD_OPERATORS } from '../../../src/expressions/index.ts';
import { arbitraryExpression } from '../../laws/arbitrary-expression.ts';
import { hasTool } from '../../tools.ts';
import { type Case, evaluateAll, expectAgreement, operatorsNamed, VARIABLES } from './sample.ts';

const place = mkdtempSync(join(tmpdir(), 'ansatz-form-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** What FORM prints reads back with one more operator. */
const FORM_OPERATORS = STANDARD_OPERATORS.with({ name: 'den', formula: '1 / x' });

/** Runs FORM once on the statements of many programs, and reads what it prints. */
function inForm(cases: readonly { readonly tree: Expression }[]): Expression[] {
  const declared = new Set<string>();
  const statements = cases.map(({ tree }, i) => {
    const text = exportFormula(tree, 'form', { name: `f${i}`, variables: VARIABLES, floats: 'binary' });
    for (const word of /^CFunctions (.*);$/m.exec(text)?.[1].split(', ') ?? []) declared.add(word);
    return /^Local [\s\S]*?;$/m.exec(text)![0];
  });
  const program = ['Symbols x, y, z;', `CFunctions ${[...declared].join(', ')};`, ...statements, 'Print;', '.end', ''];
  writeFileSync(join(place, 'all.frm'), program.join('\n'));
  const run = spawnSync('form', ['-q', 'all.frm'], { cwd: place, encoding: 'utf8', maxBuffer: 1e9 });
  if (run.status !== 0) throw new Error(run.stdout.slice(0, 4000));
  const printed = new Map([...run.stdout.matchAll(/^ {3}f(\d+) =([\s\S]*?);/gm)].map((m) => [Number(m[1]), m[2]]));
  return cases.map((_, i) => parse(printed.get(i)!.replace(/[\s\\]+/g, ''), { operators: FORM_OPERATORS }));
}

const POINTS = [
  [0.75, -1.25, 2.5],
  [-1.5, 0.25, 1.125],
  [2, 3, -5],
];

describe.skipIf(!hasTool('form'))('FORM', () => {
  test('expands rational formulas to the same value', () => {
    const operators = operatorsNamed('add sub mul div neg square cube inv pow sin sqrt max atan2');
    const constants = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.constantFrom(0.5, -0.25, 1.5, 0.1, 3));
    const trees = fc.sample(arbitraryExpression({ operators, constants, depth: 4 }), { numRuns: 250, seed: 73 });
    const finite = trees.filter((tree) => {
      try {
        return exportFormula(tree, 'form', { floats: 'binary' }) !== '';
      } catch {
        return false; // a part is 1/0
      }
    });
    const cases: Case[] = finite.map((tree) => ({ tree, points: POINTS }));
    const read = inForm(cases);
    const values = read.map((tree) => evaluateAll(tree, POINTS));
    // Expansion cancels terms: 1e-9 of the value is left.
    expect(expectAgreement(cases, values, { tolerance: 1e-9, checkUndefined: false })).toBeGreaterThan(300);
  });

  test('runs the whole program, comments and all', () => {
    const name = "x' \n.end\n*`#";
    const tree = parse(`2 * \`${name.replaceAll('`', '``')}\` + log(y)^2`);
    const text = exportFormula(tree, 'form', { name: 'result' });
    writeFileSync(join(place, 'one.frm'), text);
    const run = spawnSync('form', ['-q', 'one.frm'], { cwd: place, encoding: 'utf8' });
    expect(run.stdout.replace(/\s+/g, '')).toMatch(/Bytesused=\d+result=2\*xEnd\+log\(y\)\^2;$/);
  });
});

describe('numbers in FORM', () => {
  test('that are not exact are refused, or become fractions on request', () => {
    const tree = parse('0.1 * x + 0.375 * y - 3');
    expect(() => exportFormula(tree, 'form')).toThrow(expect.objectContaining({ code: 'inexact-number' }));
    expect(exportFormula(tree, 'form', { floats: 'decimal' })).toContain('Local f = 1/10 * x + 3/8 * y - 3;');
    expect(exportFormula(tree, 'form', { floats: 'binary' })).toContain('3602879701896397/36028797018963968 * x');
    expect(() => exportFormula(parse('x + 1/0'), 'form')).toThrow(expect.objectContaining({ code: 'not-finite' }));
  });

  test('fractions are exact', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, (value) => {
        const { numerator, denominator } = binaryFraction(value);
        // A power of two: the quotient is exact as long as both are finite.
        if (denominator < 2n ** 1000n && numerator < 2n ** 1000n) {
          expect(Number(numerator) / Number(denominator)).toBe(value + 0);
        }
        expect(denominator & (denominator - 1n)).toBe(0n);
      }),
      { seed: 74 },
    );
    fc.assert(
      fc.property(fc.integer({ min: -99999, max: 99999 }), fc.integer({ min: 1, max: 5 }), (n, digits) => {
        const { numerator, denominator } = decimalFraction(n / 10 ** digits);
        expect(numerator * 10n ** BigInt(digits)).toBe(BigInt(n) * denominator);
      }),
      { seed: 75 },
    );
    expect(decimalFraction(1e21)).toEqual({ numerator: 10n ** 21n, denominator: 1n });
    expect(decimalFraction(-2.5e-7)).toEqual({ numerator: -1n, denominator: 4_000_000n });
  });
});
