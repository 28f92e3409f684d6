import { constant, type Expression } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';
import { monomialTree } from '../monomial.ts';
import type { Task } from '../tasks/task.ts';
import { wholeViewsOf } from '../tasks/views.ts';
import type { Argument } from './argument.ts';
import { slopeOf } from './linear-problems.ts';
import { columnsOf, type Hit, type Problem, type ProblemGroup, weightedFit } from './problem.ts';
import type { Shape } from './shape.ts';

/** Nats that a term must gain to stay. */
const WORTH_NATS = 6;
/** Relative size of a sum of squares in which only rounding is left. */
const ROUNDING = 1e-26;

/** phi times u and phi times v; an undefined u is 1. */
export interface Mix extends Shape {
  readonly base: Shape;
  readonly u: Argument | undefined;
  readonly v: Argument;
}

/** A shape times every two of 1 and the leaves: phi is what leads from one law of the leaves to another. */
export function mixesOf(base: Shape, leaves: readonly Argument[]): Mix[] {
  return [undefined, ...leaves].flatMap((u, i) => leaves.slice(i).map((v) => mixOf(base, u, v)));
}

function mixOf(base: Shape, u: Argument | undefined, v: Argument): Mix {
  return {
    base,
    u,
    v,
    name: `${base.name} mix`,
    columns: 2,
    grid: base.grid,
    fill: (argument, sample, k, c, first, second) => {
      base.fill(argument, sample, k, c, first, second);
      const ofV = v[sample];
      for (let i = 0; i < first.length; i++) second[i] = first[i] * ofV[i];
      if (!u) return;
      const ofU = u[sample];
      for (let i = 0; i < first.length; i++) first[i] *= ofU[i];
    },
    parts: (forms, argument, k, c) => base.parts(forms, argument, k, c, [1]),
  };
}

/** T(y) = phi (a u + b v) + c + sum of c_i x_i: relaxation from one value to another. */
export function mixProblems(task: Task, forms: Forms, names: ReadonlySet<string>, keep: number): ProblemGroup[] {
  const basis = [new Float64Array(task.target.length).fill(1), ...task.leaves.map((leaf) => leaf.values)];
  const views = wholeViewsOf(task, forms).filter((view) => names.has(view.transform.name));
  const problems = views.map(
    (view): Problem => ({
      z: view.z,
      slope: slopeOf(view, task),
      keep,
      laws: (hit) => [view.back(lawOf(hit, view.z, task, forms))],
    }),
  );
  return [{ rootWeights: task.weights.map(Math.sqrt), basis, problems }];
}

/** The law without the terms that are not worth their place. */
function lawOf(hit: Hit, z: Float64Array, { leaves }: Task, forms: Forms): Expression | undefined {
  const { u, v } = hit.shape as Mix;
  const [part] = hit.shape.parts(forms, hit.argument, hit.k, hit.c, [1]);
  if (!part) return undefined;
  const terms: { readonly column: Float64Array; readonly tree: Expression | undefined; readonly inside: boolean }[] =
    [];
  columnsOf(hit).forEach((column, i) => {
    terms.push({ column, tree: (i === 0 ? u : v)?.tree, inside: true });
  });
  hit.group.basis.forEach((column, i) => {
    terms.push({ column, tree: i === 0 ? undefined : leaves[i - 1].tree, inside: false });
  });
  const { rootWeights } = hit.group;
  const floor = ROUNDING * z.reduce((sum, value, i) => sum + (value * rootWeights[i]) ** 2, 0);
  const fitOf = (list: typeof terms) =>
    weightedFit(
      list.map(({ column }) => column),
      z,
      rootWeights,
    );
  let kept = terms;
  let square = Math.max(floor, fitOf(kept).square);
  while (kept.length > 1) {
    const without = kept.map((left) => kept.filter((term) => term !== left));
    const squares = without.map((list) => Math.max(floor, fitOf(list).square));
    const least = squares.indexOf(Math.min(...squares));
    if ((z.length / 2) * Math.log(squares[least] / square) > WORTH_NATS) break;
    kept = without[least];
    square = squares[least];
  }
  const { coefficients } = fitOf(kept);
  const sum = (inside: boolean): Expression | undefined => {
    let total: Expression | undefined;
    let offset = 0;
    kept.forEach((term, i) => {
      if (term.inside !== inside) return;
      if (!term.tree) offset = coefficients[i];
      else {
        const product = forms.affine(coefficients[i], term.tree, 0);
        total = total ? forms.add(total, product) : product;
      }
    });
    if (!total) return offset === 0 ? undefined : constant(offset);
    return offset === 0 ? total : forms.add(total, constant(offset));
  };
  const amplitude = sum(true);
  if (!amplitude) return undefined;
  const product =
    amplitude.kind === 'constant'
      ? monomialTree(part.scale * amplitude.value, part.factors, forms)
      : monomialTree(part.scale, [{ tree: amplitude, exponent: 1 }, ...part.factors], forms);
  const rest = sum(false);
  return rest ? forms.add(product, rest) : product;
}
