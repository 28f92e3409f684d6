import { call, type Expression, STANDARD_OPERATORS, substitute, variable } from '../../../expressions/index.ts';
import { LinearDesign } from '../linear-measure.ts';
import { type ProbeSpace, replaced } from '../probe-space.ts';
import type { Measure } from '../requirement.ts';
import type { RequirementOf } from '../requirement-spec.ts';
import type { KindRow, KindRows } from './kind-row.ts';

/** Pairs of points that are compared. */
const PAIRS = 24;

const NEG = STANDARD_OPERATORS.get('neg');
const negative = (tree: Expression): Expression => call(NEG, tree);

type Image = (point: readonly number[], index: number) => readonly number[];

/** (f(image of p) - sign f(p)) / scale; the image of a point of the domain must be in the domain. */
function compare(space: ProbeSpace, scale: number, sign: 1 | -1, image: Image): Measure {
  const design = new LinearDesign();
  space.points(PAIRS).forEach((point, i) => {
    const here = design.probe(point);
    const there = design.probe(image(point, i));
    design.residual([
      [there, 1 / scale],
      [here, -sign / scale],
    ]);
  });
  return design.measure({ together: true });
}

function parity(sign: 1 | -1): KindRow<RequirementOf<'even' | 'odd'>> {
  return {
    measure: (spec, space, scale) => {
      const at = space.index(spec.in);
      return compare(space, scale, sign, (point) => replaced(point, at, -point[at]));
    },
    claims: (tree, spec) => {
      const mirrored = substitute(tree, { [spec.in]: negative(variable(spec.in)) });
      return [[mirrored, sign === 1 ? tree : negative(tree)]];
    },
  };
}

/** Swaps of neighbours: they generate every permutation. */
function swaps(names: readonly string[]): [string, string][] {
  return names.slice(1).map((name, i) => [names[i], name]);
}

function exchange(sign: 1 | -1): KindRow<RequirementOf<'symmetric' | 'antisymmetric'>> {
  return {
    measure: (spec, space, scale) => {
      const pairs = swaps(spec.in).map(([a, b]) => [space.index(a), space.index(b)]);
      return compare(space, scale, sign, (point, i) => {
        const [a, b] = pairs[i % pairs.length];
        return replaced(replaced(point, a, point[b]), b, point[a]);
      });
    },
    claims: (tree, spec) =>
      swaps(spec.in).map(([a, b]) => {
        const swapped = substitute(tree, { [a]: variable(b), [b]: variable(a) });
        return [swapped, sign === 1 ? tree : negative(tree)] as const;
      }),
  };
}

/** Behaviour when inputs are mirrored or exchanged. */
export const EXCHANGE: KindRows<'even' | 'odd' | 'symmetric' | 'antisymmetric'> = {
  even: parity(1),
  odd: parity(-1),
  symmetric: exchange(1),
  antisymmetric: exchange(-1),
};
