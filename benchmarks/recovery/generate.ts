import { DataError, RandomStream, Table } from '../../src/core/index.ts';
import { evaluate } from '../../src/expressions/index.ts';
import { fnv1a } from './half.ts';
import { admits, lawOf, measuredColumns } from './law.ts';
import type { Problem } from './problem.ts';
import { drawPoint, inside, type Point, type Range, widened } from './sampling.ts';

/** What a data set is made with. */
export interface DataOptions {
  readonly seed: number;
  /** Rows; by default those of the problem, else 200. */
  readonly rows?: number;
  /** Noise instead of the problem's own: a fraction of the rms of y ("additive") or of each y ("multiplicative"). */
  readonly noise?: number;
  readonly noiseKind?: 'additive' | 'multiplicative';
  /** Rows of each of the sets to test on; 1000 by default. */
  readonly testRows?: number;
}

/** Data of a problem. */
export interface DataSet {
  /** What the search sees: inputs and the target. */
  readonly train: Table;
  /** Noise-free rows inside the ranges of the inputs; measured data have none but themselves. */
  readonly held: Table | undefined;
  /** Noise-free rows with an input beyond its range by up to half its width; undefined where the law is not finite. */
  readonly outside: Table | undefined;
  /** Noise of the train rows relative to their values, about; undefined where it is not known. */
  readonly relativeNoise: number | undefined;
  /** What the noise grows with; undefined where it is not known. */
  readonly noiseModel: 'additive' | 'relative' | undefined;
}

const ROWS = 200;
const TEST_ROWS = 1000;
/** Draws per wanted row before a range counts as empty. */
const PATIENCE = 400;
const WIDENING = 0.5;

/**
 * The data set of a problem for a seed: rows to fit, rows to test on inside the ranges and beyond them.
 *
 * @throws DataError "no-rows" when the law is hardly anywhere finite; FormatError for a bad table of measured rows
 */
export function generate(problem: Problem, options: DataOptions): DataSet {
  const random = new RandomStream(options.seed).split(fnv1a(problem.name));
  const own = problem.inputs.map(({ low, high }): Range => ({ low, high }));
  const testRows = options.testRows ?? TEST_ROWS;
  const wide = problem.inputs.map((input) => widened(input, WIDENING));
  const beyond = rowsOf(problem, wide, testRows, random.split(2), (point) => !inside(problem, point));
  const outside = beyond.length >= 3 ? tableOf(problem, beyond) : undefined;
  if (problem.data !== undefined) {
    const train = Table.from(measuredColumns(problem));
    return { train, held: undefined, outside: undefined, relativeNoise: undefined, noiseModel: undefined };
  }
  const wanted = options.rows ?? problem.rows ?? ROWS;
  const points = rowsOf(problem, own, wanted, random.split(0), () => true);
  const held = rowsOf(problem, own, testRows, random.split(1), () => true);
  if (points.length < Math.min(wanted, 3) || held.length < 3) {
    throw new DataError('no-rows', `the law of "${problem.name}" is not finite in its ranges`, 'check the ranges');
  }
  const clean = tableOf(problem, points);
  const y = clean.numbers(problem.target.name);
  const { size, relative } = noiseOf(problem, options, y);
  return {
    train: size === 0 ? clean : withNoise(problem, clean, { size, relative }, random.split(3)),
    held: tableOf(problem, held),
    outside,
    relativeNoise: relative ? size : size / rms(y),
    noiseModel: relative ? 'relative' : 'additive',
  };
}

interface Row {
  readonly point: Point;
  readonly value: number;
}

/** Up to so many points where the law is finite and the conditions hold. */
function rowsOf(
  problem: Problem,
  ranges: readonly Range[],
  wanted: number,
  random: RandomStream,
  accept: (point: Point) => boolean,
): Row[] {
  const law = lawOf(problem);
  const admitted = admits(problem);
  const smallest = problem.dropBelow ?? 0;
  // Rows that underflowed are dropped, not drawn again: a data set of the source is that much smaller.
  let dropped = 0;
  const rows: Row[] = [];
  for (let i = 0; i < PATIENCE * wanted && rows.length + dropped < wanted; i++) {
    const point = drawPoint(problem, ranges, random);
    if (!accept(point) || !admitted(point)) continue;
    const value = evaluate(law, point);
    if (!Number.isFinite(value)) continue;
    if (Math.abs(value) < smallest) dropped++;
    else rows.push({ point, value });
  }
  return rows;
}

function tableOf(problem: Problem, rows: readonly Row[]): Table {
  const columns = problem.inputs.map(({ name }) => [name, Float64Array.from(rows, ({ point }) => point[name])]);
  return Table.from({
    ...Object.fromEntries(columns),
    [problem.target.name]: Float64Array.from(rows, ({ value }) => value),
  });
}

interface Noise {
  readonly size: number;
  readonly relative: boolean;
}

function withNoise(problem: Problem, clean: Table, { size, relative }: Noise, random: RandomStream): Table {
  const y = clean.numbers(problem.target.name);
  const noisy = y.map((value) => value + size * random.normal() * (relative ? Math.abs(value) : 1));
  const columns = problem.inputs.map(({ name }) => [name, clean.numbers(name)]);
  return Table.from({ ...Object.fromEntries(columns), [problem.target.name]: noisy });
}

function noiseOf(problem: Problem, options: DataOptions, y: Float64Array): Noise {
  if (options.noise === undefined) return { size: problem.noise ?? 0, relative: problem.noiseKind !== 'absolute' };
  if (options.noiseKind === 'multiplicative') return { size: options.noise, relative: true };
  return { size: options.noise * rms(y), relative: false };
}

function rms(values: Float64Array): number {
  // Scaled, since squares of values at the ends of the f64 range are out of it.
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return 0;
  return largest * Math.sqrt(values.reduce((sum, value) => sum + (value / largest) ** 2, 0) / values.length);
}
