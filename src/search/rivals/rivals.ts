import { RandomStream } from '../../core/index.ts';
import { print, toLatex, variablesOf } from '../../expressions/index.ts';
import type { SearchContext } from '../context.ts';
import { descriptionLength } from '../description-length.ts';
import { candidateOf } from '../front.ts';
import type { HallEntry } from '../hall-of-fame.ts';
import type { FrontEntry, Rival } from '../result.ts';
import { categorySide, type Side, sideOf } from './box.ts';
import { EXACT, relativeDistance, residualScale, rootMeanSquare } from './residual-scale.ts';
import { widestGap } from './widest-gap.ts';

/** Odds of 20 to 1: a description that is longer by less leaves a law in the running. */
export const RIVAL_NATS = Math.log(20);
const MOST_RIVALS = 5;
/** Look-alikes on exact data that are named. */
const MOST_LOOKALIKES = 2;
/** Laws that differ by no more than this everywhere are one function. */
const SAME_FUNCTION = 1e-9;
/** Label of the stream of the points. */
const RIVAL_STREAM = 0x51a1;

/**
 * The laws of other forms that the data cannot tell from the chosen one, nearest in description first, each with the
 * point where a new measurement would tell.
 *
 * They come from the hall: those whose description differs from that of `best` by less than ln 20, and on exact data
 * the simpler steps of the front that agree with it to a millionth in every row.
 *
 * @param inputs that the laws are written in; a column of categories is one
 * @param categories labels by column
 */
export function findRivals(
  context: SearchContext,
  best: FrontEntry,
  inputs: readonly string[],
  categories: Readonly<Record<string, readonly string[]>>,
): Rival[] {
  const { objective, hall, syntax } = context;
  const { problem } = objective;
  const law = candidateOf(best);
  const scale = residualScale(objective, law, context.pilot !== undefined);
  const size = rootMeanSquare(problem.target);
  const compared = relativeDistance(size);
  const chosen = Float64Array.from(objective.values(law));
  const length = descriptionLength(law, best.loss, objective);
  const box = inputs.map((name) => side(name));
  const key = syntax.key(law);
  const taken: Float64Array[] = [chosen];

  function side(name: string): Side {
    if (Object.hasOwn(categories, name)) return categorySide(name, categories[name].length);
    return sideOf(name, problem.columns[problem.inputs.indexOf(name)]);
  }

  function agrees(values: Float64Array, other: Float64Array, tolerance: number): boolean {
    for (let i = 0; i < values.length; i++) if (!(compared(values[i], other[i]) <= tolerance)) return false;
    return true;
  }

  /** A law that is another function than those named already; undefined when it is not, or nowhere to be compared. */
  function named(
    { tree, loss, complexity }: HallEntry,
    nats: number,
    tolerance: number | undefined,
  ): Rival | undefined {
    const values = Float64Array.from(objective.values(tree));
    if (taken.slice(1).some((other) => agrees(values, other, SAME_FUNCTION))) return undefined;
    const expressed = syntax.express(tree);
    const random = new RandomStream(context.seed).split(RIVAL_STREAM);
    const used = new Set([...variablesOf(best.tree), ...variablesOf(expressed)]);
    const sides = box.filter(({ name }) => used.has(name));
    const apart = widestGap(best.tree, expressed, compared, sides, random);
    if (!apart || apart.separation <= SAME_FUNCTION) return undefined;
    const gap = scale.unit === 'relative' ? apart : widestGap(best.tree, expressed, scale.distance, sides, random);
    if (!gap) return undefined;
    taken.push(values);
    return {
      expression: print(expressed),
      latex: toLatex(expressed, { digits: 6 }),
      complexity,
      loss,
      nats,
      ...(tolerance === undefined ? {} : { tolerance }),
      where: labelled(gap.where, categories),
      predictions: gap.predictions,
      separation: gap.separation,
      unit: scale.unit,
    };
  }

  const near = hall
    .candidates()
    .filter(({ tree }) => tree !== law && syntax.key(tree) !== key)
    .map((entry) => ({ entry, nats: descriptionLength(entry.tree, entry.loss, objective) - length }))
    .filter(({ nats }) => Math.abs(nats) <= RIVAL_NATS)
    .sort((a, b) => a.nats - b.nats);
  const rivals: Rival[] = [];
  for (const { entry, nats } of near) {
    if (rivals.length === MOST_RIVALS) break;
    const rival = named(entry, nats, undefined);
    if (rival) rivals.push(rival);
  }
  if (!scale.exact) return rivals;
  // On exact data another exponent or function may come as near as a millionth and still be hundreds of nats behind.
  const lookalikes = hall
    .front()
    .filter(({ tree, complexity }) => complexity < best.complexity && syntax.key(tree) !== key)
    .filter(({ tree }) => agrees(Float64Array.from(objective.values(tree)), chosen, EXACT))
    .slice(-MOST_LOOKALIKES);
  for (const entry of lookalikes) {
    const rival = named(entry, descriptionLength(entry.tree, entry.loss, objective) - length, EXACT);
    if (rival) rivals.push(rival);
  }
  return rivals;
}

function labelled(
  where: Readonly<Record<string, number>>,
  categories: Readonly<Record<string, readonly string[]>>,
): Record<string, number | string> {
  const shown = Object.entries(where).map(([name, value]): [string, number | string] => {
    const label = Object.hasOwn(categories, name) ? categories[name][value - 1] : undefined;
    return [name, label ?? value];
  });
  return Object.fromEntries(shown);
}
