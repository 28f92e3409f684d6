import type { Argument } from './argument.ts';
import type { Curve } from './curve-search.ts';
import type { Grid } from './grid.ts';
import type { ProblemGroup } from './problem.ts';
import type { Shape } from './shape.ts';

/** What a value of a function costs, in products of two numbers. */
const VALUE_COST = 12;

/** Every shape of the arguments in order, as far as a number of products of two numbers goes. */
export function curvesWithin(
  budget: number,
  args: readonly Argument[],
  shapes: readonly Shape[],
  groups: readonly ProblemGroup[],
  rows: number,
  ratio: number,
): Curve[] {
  const perColumn = groups.reduce((sum, { basis, problems }) => sum + 2 * basis.length + 2 + problems.length, 0);
  const curves: Curve[] = [];
  let spent = 0;
  for (const argument of args) {
    for (const shape of shapes) {
      const grid = gridOf(argument, shape, ratio);
      const { runs, c } = grid;
      const points = runs.reduce((sum, run) => sum + run.length, 0) * c.length;
      if (points === 0) continue;
      spent += points * shape.columns * rows * (perColumn + VALUE_COST);
      if (spent > budget) return curves;
      curves.push({ argument, shape, grid });
    }
  }
  return curves;
}

const grids = new WeakMap<Argument, Map<Shape, { readonly ratio: number; readonly grid: Grid }>>();

/** Many tasks share their arguments. */
function gridOf(argument: Argument, shape: Shape, ratio: number): Grid {
  let ofArgument = grids.get(argument);
  if (!ofArgument) {
    ofArgument = new Map();
    grids.set(argument, ofArgument);
  }
  const held = ofArgument.get(shape);
  if (held?.ratio === ratio) return held.grid;
  const grid = shape.grid(argument, ratio);
  ofArgument.set(shape, { ratio, grid });
  return grid;
}
