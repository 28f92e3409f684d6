import { RandomStream, Table } from '../../../src/core/index.ts';
import { type FitOptions, fit, type Model } from '../../../src/search/index.ts';

/** A law of two inputs under noise, so that no exact law ends a run. */
export function noisyTable(rows: number): Table {
  const random = new RandomStream(4);
  const draw = (): Float64Array => Float64Array.from({ length: rows }, () => random.normal());
  const [x, z] = [draw(), draw()];
  return Table.from({ x, z, y: x.map((v, i) => 2.5 * Math.cos(v) + z[i] ** 2 - 0.5 + 0.1 * random.normal()) });
}

/** Variance of the noise: the loss of the law itself. */
export const NOISE = 0.01;

/** A run, what it found, and the processor seconds that it took. */
export interface BroodRun {
  readonly model: Model;
  readonly seconds: number;
  readonly wallSeconds: number;
}

/** Evolution alone, by broods, on one thread; ended by its evaluations. */
export async function runOfBroods(table: Table, options: Partial<FitOptions>): Promise<BroodRun> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const model = await fit(table, {
    target: 'y',
    seed: 3,
    threads: 1,
    phases: ['evolve'],
    batching: false,
    binaryOperators: ['+', '-', '*'],
    unaryOperators: ['cos'],
    populations: 4,
    patience: 1_000_000,
    timeLimit: 1e6,
    ...options,
  });
  const { user, system } = process.cpuUsage(cpu);
  return { model, seconds: (user + system) / 1e6, wallSeconds: (performance.now() - start) / 1000 };
}

/** The front and the evaluations, by which two runs are compared. */
export function outcomeOf({ model }: BroodRun): string {
  return JSON.stringify([model.front.map(({ expression, loss }) => [expression, loss]), model.evaluations]);
}
