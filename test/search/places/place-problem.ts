import { RandomStream } from '../../../src/core/index.ts';
import { PlaceSolver } from '../../../src/search/places/place-solver.ts';
import type { Grammar, ProblemData } from '../../../src/search/problem.ts';
import { createSyntax } from '../../../src/search/syntax.ts';

/** Random inputs in [0.5, 2.5] and what `law` makes of them. */
export function placeProblem(inputs: readonly string[], law: (values: number[]) => number, rows = 64): ProblemData {
  const random = new RandomStream(11);
  const columns = inputs.map(() => Float64Array.from({ length: rows }, () => 0.5 + 2 * random.uniform()));
  const target = Float64Array.from({ length: rows }, (_, i) => law(columns.map((column) => column[i])));
  return { inputs, columns, target, weights: undefined, loss: { name: 'L2' } } as ProblemData;
}

/** A solver for mutations of trees over any inputs. */
export function anyPlaces(inputs: readonly string[], grammar: Grammar): () => PlaceSolver {
  const solver = new PlaceSolver(
    placeProblem(inputs, (values) => values.reduce((product, value) => product * value + 1, 1)),
    createSyntax(grammar),
  );
  return () => solver;
}
