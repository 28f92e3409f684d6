import { RandomStream, Table } from '../../../src/core/index.ts';
import { evaluate, parse, variablesOf } from '../../../src/expressions/index.ts';

/** How a law is measured. */
export interface Condition {
  readonly rows: number;
  /** Standard deviation of the errors, relative to the root mean square of the target or to each value. */
  readonly noise: number;
  readonly kind: 'additive' | 'multiplicative';
}

/** Every combination of rows, noise and kind. */
export const CONDITIONS: readonly Condition[] = [200, 30].flatMap((rows) =>
  [0.01, 0.1].flatMap((noise) =>
    (['additive', 'multiplicative'] as const).map((kind): Condition => ({ rows, noise, kind })),
  ),
);

const LOW = 0.5;
const HIGH = 4;

/** Noisy measurements of a law, column y, in inputs drawn evenly. */
export function measure(law: string, { rows, noise, kind }: Condition, seed: number): Table {
  const tree = parse(law);
  const random = new RandomStream(seed).split(0x5e1);
  const names = variablesOf(tree);
  const columns = names.map(() => Float64Array.from({ length: rows }, () => LOW + (HIGH - LOW) * random.uniform()));
  const clean = Float64Array.from({ length: rows }, (_, i) =>
    evaluate(tree, Object.fromEntries(names.map((name, k) => [name, columns[k][i]]))),
  );
  const size = Math.sqrt(clean.reduce((sum, value) => sum + value * value, 0) / rows);
  const y = clean.map((value) => value + noise * (kind === 'additive' ? size : value) * random.normal());
  return Table.from({ ...Object.fromEntries(names.map((name, k) => [name, columns[k]])), y });
}
