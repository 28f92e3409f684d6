import { readFileSync } from 'node:fs';
import Decimal from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { OPCODES } from '../../src/evaluation/index.ts';
import { LAST_BINARY_OPCODE } from '../../src/evaluation/opcodes.ts';
import { operatorProgram } from '../evaluation/random-programs.ts';
import { BACKENDS, reference } from './backends.ts';
import { lastPlace } from './last-place.ts';

Decimal.set({ precision: 60, toExpNeg: -400, toExpPos: 400 });

type Row = readonly (number | string)[];
const file = new URL('../fixtures/decimal/operators.json', import.meta.url);
const fixtures: Record<string, Row[]> = JSON.parse(readFileSync(file, 'utf8')).operators;

const MOST_ULPS = 4;

function columnsOf(rows: readonly Row[]): Float64Array[] {
  const width = rows[0].length - 1;
  return Array.from({ length: width }, (_, i) => Float64Array.from(rows, (row) => row[i] as number));
}

/** Largest error of an operator over its fixture, in last places. */
function worst(actual: Float64Array, exact: (row: number) => Decimal, single: boolean): number {
  let error = 0;
  actual.forEach((value, row) => {
    const wanted = exact(row);
    if (Math.abs(wanted.toNumber()) < (single ? 1.2e-38 : 2.3e-308)) return;
    if (single && Math.abs(wanted.toNumber()) > 3.4e38) return;
    const ulp = lastPlace(wanted.toNumber(), single);
    error = Math.max(error, new Decimal(value).minus(wanted).abs().div(ulp).toNumber());
  });
  return error;
}

const table: Record<string, string[]> = {};

describe.each(BACKENDS.filter(({ name }) => name !== 'reference'))('accuracy of $name', ({ name, create }) => {
  const single = name.endsWith('f32');

  it.each(Object.keys(fixtures))('%s is within 4 last places', (operator) => {
    const rows = fixtures[operator];
    expect(rows.length).toBeGreaterThanOrEqual(60);
    const binary = OPCODES.indexOf(operator) <= LAST_BINARY_OPCODE;
    const program = operatorProgram(operator);
    const evaluator = create();
    let error: number;
    if (single) {
      // The exact arguments are rounded to f32 first; the f64 reference is exact enough for the result.
      const columns = columnsOf(rows).map((column) => Float64Array.from(column, Math.fround));
      const oracle = reference();
      oracle.setData({ columns });
      evaluator.setData({ columns });
      const expected = oracle.values(program).values;
      const kept = expected.map((value) => (Number.isFinite(value) ? value : 0));
      const actual = evaluator.values(program).values.map((value, i) => (Number.isFinite(expected[i]) ? value : 0));
      error = worst(actual, (row) => new Decimal(kept[row]), true);
    } else {
      evaluator.setData({ columns: columnsOf(rows) });
      error = worst(evaluator.values(program).values, (row) => new Decimal(rows[row][binary ? 2 : 1] as string), false);
    }
    table[operator] = [...(table[operator] ?? []), `${name} ${error.toFixed(2)}`];
    expect(error).toBeLessThanOrEqual(MOST_ULPS);
  });
});

it('reports the table when asked', () => {
  if (process.env.ACCURACY_TABLE)
    for (const [operator, errors] of Object.entries(table)) console.log(operator, ...errors);
});
