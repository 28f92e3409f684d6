import { bitsOf } from './bits.ts';
import { digitLaws } from './digits-of-constants.ts';
import { FAMILIES, INNER_FAMILIES, ROBUST_FAMILIES } from './families/index.ts';
import type { Family, Law, Problem } from './law.ts';
import { type Misprint, misprintsOf } from './misprints.ts';
import { TRANSFORMS } from './transforms/index.ts';
import { transformedLaw } from './transforms/transformed-law.ts';

/** Bits that name a transform. */
const TRANSFORM_BITS = 5;
/** Below this share of the bits of the terms, with that many equations to spare, no other law is looked for. */
const SURE_SHARE = 0.3;
const SURE_SURPLUS = 4;
/** Beyond as many bits or terms only the families whose work grows slowly are asked, and no transforms. */
const MOST_BITS = 40_000;
const MOST_TERMS = 300;
/** A transform that makes the terms as many times longer has found nothing. */
const MOST_GROWTH = 4;
/** Reach of a law, over the number of terms, up to which one odd term would have broken it. */
const TIGHT_REACH = 1 / 3;
/** Transformed sequences shorter than this carry no law. */
const FEWEST = 6;

/** Laws of a stretch of terms, and the names of what was tried. */
export interface Found {
  readonly laws: readonly Law[];
  /** Laws that all terms but one obey; looked for where no law is sure. */
  readonly misprints: readonly Misprint[];
  readonly tried: readonly string[];
  /** Bits of the terms one by one. */
  readonly rawBits: number;
}

/** Every law of the families, plain and under the transforms. Transforms are left out where a plain law is sure. */
export async function findLaws(problem: Problem): Promise<Found> {
  const rawBits = bitsOf(problem.values);
  const tried: string[] = [];
  const laws: Law[] = [];
  const isSure = (): boolean =>
    laws.some(({ bits, surplus }) => bits < SURE_SHARE * rawBits && surplus >= SURE_SURPLUS);
  const isLarge = rawBits > MOST_BITS || problem.values.length > MOST_TERMS;
  for (const family of isLarge ? ROBUST_FAMILIES : FAMILIES) {
    if (problem.isOver() || isSure()) break;
    tried.push(family.name);
    laws.push(...lawsOf(family, problem));
  }
  for (const transform of isLarge ? [] : TRANSFORMS) {
    if (problem.isOver() || isSure()) break;
    const stretch = transform.forward(problem);
    if (!stretch || stretch.values.length < FEWEST) continue;
    tried.push(transform.name);
    if (bitsOf(stretch.values) > MOST_GROWTH * rawBits + MOST_TERMS) continue;
    const inner: Problem = { ...problem, values: stretch.values, start: stretch.start };
    for (const family of INNER_FAMILIES) {
      for (const law of lawsOf(family, inner)) {
        laws.push(transformedLaw(transform, problem, law, stretch.values, TRANSFORM_BITS));
      }
    }
  }
  let misprints: Misprint[] = [];
  if (!isSure() && !problem.isOver()) {
    tried.push('digits of constants');
    laws.push(...(await digitLaws(problem)));
  }
  // A law that looks far back may have taken an odd term for one of its own.
  const isTight = laws.some(
    ({ bits, surplus, reach }) =>
      bits < SURE_SHARE * rawBits && surplus >= SURE_SURPLUS && reach <= TIGHT_REACH * problem.values.length,
  );
  if (!isTight && !isLarge && !problem.isOver()) {
    tried.push('misprints');
    misprints = misprintsOf(problem);
  }
  return { laws, misprints, tried, rawBits };
}

function lawsOf(family: Family, problem: Problem): Law[] {
  return family.propose(problem).map((law) => ({ ...law, bits: law.bits + family.bits }));
}
