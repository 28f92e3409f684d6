import { RandomStream, Table } from '../../../src/core/index.ts';
import { type Expression, parse } from '../../../src/expressions/index.ts';
import { type FitOptions, fit, type Model } from '../../../src/search/index.ts';

const ROWS = 60;

/** A table of inputs drawn evenly from [low, high] and a target computed from them. */
export function madeUp(
  inputs: Readonly<Record<string, readonly [number, number]>>,
  target: (row: Readonly<Record<string, number>>, random: RandomStream) => number,
  rows = ROWS,
  seed = 1,
): Table {
  const random = new RandomStream(seed);
  const columns = Object.fromEntries(
    Object.entries(inputs).map(([name, [low, high]]) => [
      name,
      Float64Array.from({ length: rows }, () => low + (high - low) * random.uniform()),
    ]),
  );
  const t = Float64Array.from({ length: rows }, (_, i) =>
    target(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[i]])), random),
  );
  return Table.from({ ...columns, t });
}

/** Wavy data that no small formula explains: a run on it spends its budget. */
export const WAVY = madeUp(
  { x: [0.5, 4], y: [0.5, 4] },
  ({ x, y }, random) => Math.sin(2 * x) * Math.exp(-y / 2) + y / (1 + x * x) + 0.05 * random.normal(),
);

/** A short run on one thread. */
export function shortFit(table: Table, options: Partial<FitOptions> = {}): Promise<Model> {
  return fit(table, { target: 't', seed: 3, threads: 1, maxEvals: 4000, timeLimit: 60, ...options });
}

/** Every node of every tree of the front. */
export function nodesOf(model: Model): Expression[] {
  const nodes: Expression[] = [];
  const visit = (node: Expression): void => {
    nodes.push(node);
    if (node.kind === 'call') node.arguments.forEach(visit);
  };
  for (const entry of model.front) visit(parse(entry.expression));
  return nodes;
}

/** What a run found and how: equal runs have equal traces. */
export function traceOf(model: Model): string {
  return JSON.stringify([model.evaluations, model.front.map((entry) => [entry.expression, entry.loss])]);
}
