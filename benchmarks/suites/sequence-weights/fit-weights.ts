import { type Evidence, groupOf } from '../../../src/sequences/confidence.ts';
import { calibrate, type Knot } from './calibrate.ts';
import type { Labelled } from './index.ts';

const PLAIN = ['constant', 'transformed', 'share', 'gain', 'surplus', 'reach', 'reachGain', 'terms'] as const;
/** Terms, as a logarithm, from which the confidence is calibrated. */
const CALIBRATED_TERMS = Math.log2(9);
const STEPS = 3000;
const RATE = 0.03;
/** Pull of the weights towards 0, for families that are met a few times. */
const RIDGE = 0.5;
/** Times that the best law of each sequence is chosen anew and the weights are fitted to those. */
const ROUNDS = 4;

export interface Weights {
  readonly weights: {
    readonly plain: Readonly<Record<(typeof PLAIN)[number], number>>;
    readonly families: Readonly<Record<string, number>>;
  };
  readonly loss: number;
  /** Scores of the answered laws from so many terms up, and the shares that were right. */
  readonly knots: readonly Knot[];
}

/**
 * Logistic regression on the law that is answered: the one of highest confidence, by the weights themselves.
 *
 * The first round fits all laws; the next ones the best law of each sequence.
 */
export function fitWeights(questions: readonly (readonly Labelled[])[]): Weights {
  const families = [...new Set(questions.flat(1).flatMap(({ evidence }) => evidence.map(familyOf)))].sort();
  const rowOf = (evidence: Evidence): Float64Array => features(evidence, families);
  const all = questions.map((laws) =>
    laws.flatMap(({ evidence, isRight }) => evidence.map((one) => ({ row: rowOf(one), isRight }))),
  );
  let theta: Float64Array = new Float64Array(PLAIN.length + families.length);
  let loss = 0;
  ({ theta, loss } = descend(all.flat(), theta));
  for (let round = 0; round < ROUNDS; round++) {
    const best = all.map((rows) => rows.reduce((a, b) => (dot(b.row, theta) > dot(a.row, theta) ? b : a)));
    ({ theta, loss } = descend(best, theta));
  }
  const answered = all.map((rows) => rows.reduce((a, b) => (dot(b.row, theta) > dot(a.row, theta) ? b : a)));
  const knots = calibrate(
    answered
      .filter(({ row }) => row[PLAIN.indexOf('terms')] > CALIBRATED_TERMS)
      .map(({ row, isRight }) => ({ score: dot(row, theta), isRight })),
  );
  const plain = Object.fromEntries(PLAIN.map((name, i) => [name, theta[i]])) as Weights['weights']['plain'];
  return {
    weights: { plain, families: Object.fromEntries(families.map((name, i) => [name, theta[PLAIN.length + i]])) },
    loss,
    knots,
  };
}

function familyOf({ kind }: Evidence): string {
  return groupOf(kind).family;
}

function features(evidence: Evidence, families: readonly string[]): Float64Array {
  const { family, transformed } = groupOf(evidence.kind);
  const { share, gain, surplus, reach, terms } = evidence;
  const row = new Float64Array(PLAIN.length + families.length);
  row.set([1, transformed ? 1 : 0, share, gain, surplus, reach, reach * gain, terms]);
  row[PLAIN.length + families.indexOf(family)] = 1;
  return row;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Adam on the mean loss, all rows at once. */
function descend(
  rows: readonly { row: Float64Array; isRight: boolean }[],
  start: Float64Array,
): { theta: Float64Array; loss: number } {
  const theta = Float64Array.from(start);
  const [first, second, slope] = [0, 1, 2].map(() => new Float64Array(theta.length));
  let loss = 0;
  for (let step = 1; step <= STEPS; step++) {
    slope.fill(0);
    loss = 0;
    for (const { row, isRight } of rows) {
      const p = 1 / (1 + Math.exp(-dot(row, theta)));
      const error = p - (isRight ? 1 : 0);
      loss -= Math.log(Math.max(isRight ? p : 1 - p, 1e-12));
      for (let i = 0; i < row.length; i++) slope[i] += error * row[i];
    }
    for (let i = 0; i < theta.length; i++) {
      const g = (slope[i] + RIDGE * (i === 0 ? 0 : theta[i])) / rows.length;
      first[i] = 0.9 * first[i] + 0.1 * g;
      second[i] = 0.999 * second[i] + 0.001 * g * g;
      theta[i] -= (RATE * (first[i] / (1 - 0.9 ** step))) / (Math.sqrt(second[i] / (1 - 0.999 ** step)) + 1e-8);
    }
  }
  return { theta, loss: loss / rows.length };
}
