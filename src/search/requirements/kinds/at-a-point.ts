import { OptionError } from '../../../core/index.ts';
import { constant, derive, type Expression, evaluate, parse, substitute } from '../../../expressions/index.ts';
import { LinearDesign } from '../linear-measure.ts';
import type { ProbeSpace, Range } from '../probe-space.ts';
import { replaced } from '../probe-space.ts';
import { quote } from '../requirement-reader.ts';
import type { RequirementOf } from '../requirement-spec.ts';
import { requirementText } from '../requirement-text.ts';
import type { KindRows } from './kind-row.ts';

/** Points at which it is checked when other inputs vary. */
const POINTS = 24;

/** A difference formula for f', exact to fourth order in the step. */
interface Stencil {
  /** Step as a fraction of the range of the input. */
  readonly step: number;
  /** Places in steps, and coefficients of step * f'. */
  readonly terms: readonly (readonly [number, number])[];
}

/** The error of f' is below 1e-8 of its size for laws that wave up to 200 times in the range. */
const CENTRAL: Stencil = {
  step: 1e-5,
  terms: [
    [-2, 1 / 12],
    [-1, -8 / 12],
    [1, 8 / 12],
    [2, -1 / 12],
  ],
};

/** At an end of the range, beyond which a law need not exist. */
const FORWARD: Stencil = {
  step: 1e-5,
  terms: [
    [0, -25 / 12],
    [1, 48 / 12],
    [2, -36 / 12],
    [3, 16 / 12],
    [4, -3 / 12],
  ],
};

type AtPoint = RequirementOf<'value'> | RequirementOf<'slope'>;

const rightHandSide = (spec: AtPoint): Expression =>
  typeof spec.equals === 'number' ? constant(spec.equals) : parse(spec.equals);
const heldIn = (tree: Expression, spec: AtPoint): Expression =>
  substitute(tree, Object.fromEntries(Object.entries(spec.at).map(([input, value]) => [input, constant(value)])));

/** Points at which the right-hand side exists, each with its value there. */
function targets(spec: AtPoint, space: ProbeSpace): [readonly number[], number][] {
  const tree = rightHandSide(spec);
  const pairs = space.points(POINTS, spec.at).map((point): [readonly number[], number] => {
    const values = Object.fromEntries(space.inputs.map((input, i) => [input, point[i]]));
    return [point, evaluate(tree, values)];
  });
  const finite = pairs.filter(([, value]) => Number.isFinite(value));
  if (finite.length > 0) return finite;
  const message = `${quote(requirementText(spec))}: the right-hand side is nowhere finite`;
  throw new OptionError('bad-requirement', 'requirements', message, 'check it against the ranges of the inputs');
}

/** Width of a range; a constant input has its own size for one. */
const width = ([low, high]: Range): number => high - low || Math.abs(low) || 1;

/** Values and slopes where some inputs are held. */
export const AT_A_POINT: KindRows<'value' | 'slope'> = {
  value: {
    measure: (spec, space, scale) => {
      const design = new LinearDesign();
      for (const [point, value] of targets(spec, space)) {
        const unit = Math.max(scale, Math.abs(value));
        design.residual([[design.probe(point), 1 / unit]], value / unit);
      }
      return design.measure();
    },
    claims: (tree, spec) => [[heldIn(tree, spec), heldIn(rightHandSide(spec), spec)]],
  },
  slope: {
    measure: (spec, space, scale) => {
      const design = new LinearDesign();
      const at = space.index(spec.by);
      const range = space.range(spec.by);
      for (const [point, value] of targets(spec, space)) {
        const x = point[at];
        const length = width(range);
        const stencil = x > range[0] && x < range[1] ? CENTRAL : FORWARD;
        const inward = x >= range[1] && range[1] > range[0] ? -1 : 1;
        // A power of two, so that x plus a step is off by rounding of x alone.
        const size = 2 ** Math.round(Math.log2(stencil.step * Math.max(length, 1e-3 * Math.abs(x))));
        const unit = Math.max(scale / length, Math.abs(value));
        const terms = stencil.terms.map(([place, coefficient]) => {
          const probe = design.probe(replaced(point, at, x + inward * place * size));
          return [probe, (inward * coefficient) / (size * unit)] as const;
        });
        design.residual(terms, value / unit);
      }
      return design.measure();
    },
    claims: (tree, spec) => [[heldIn(derive(tree, spec.by), spec), heldIn(rightHandSide(spec), spec)]],
  },
};
