import { RandomStream } from '../../core/index.ts';
import { type Expression, print, toLatex, variablesOf } from '../../expressions/index.ts';
import type { SearchContext } from '../context.ts';
import { descriptionLength } from '../description-length.ts';
import { candidateOf } from '../front.ts';
import type { HallEntry } from '../hall-of-fame.ts';
import type { FrontEntry, Rival } from '../result.ts';
import { categorySide, type Side, sideOf } from './box.ts';
import { EXACT, type ResidualScale, relativeDistance, residualScale, rootMeanSquare } from './residual-scale.ts';
import { type Gap, widestGap } from './widest-gap.ts';

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
  return new Comparison(context, best, inputs, categories).rivals();
}

/** The chosen law beside others on one data set. */
class Comparison {
  private readonly law: Expression;
  private readonly key: string;
  private readonly length: number;
  private readonly scale: ResidualScale;
  /** Relative difference of two predictions. */
  private readonly relative: (a: number, b: number) => number;
  private readonly box: readonly Side[];
  /** Predictions of the chosen law, and of every rival that has been named. */
  private readonly predictions: Float64Array;
  private readonly named: Float64Array[] = [];

  constructor(
    private readonly context: SearchContext,
    private readonly best: FrontEntry,
    inputs: readonly string[],
    private readonly categories: Readonly<Record<string, readonly string[]>>,
  ) {
    const { objective, syntax, pilot } = context;
    const { problem } = objective;
    this.law = candidateOf(best);
    this.key = syntax.key(this.law);
    this.length = descriptionLength(this.law, best.loss, objective);
    this.scale = residualScale(objective, this.law, pilot !== undefined);
    this.relative = relativeDistance(rootMeanSquare(problem.target));
    this.predictions = this.values(this.law);
    this.box = inputs.map((name) =>
      Object.hasOwn(categories, name)
        ? categorySide(name, categories[name].length)
        : sideOf(name, problem.columns[problem.inputs.indexOf(name)]),
    );
  }

  rivals(): Rival[] {
    const { hall } = this.context;
    const near = hall
      .candidates()
      .filter((entry) => this.isOther(entry))
      .map((entry) => ({ entry, nats: this.nats(entry) }))
      .filter(({ nats }) => Math.abs(nats) <= RIVAL_NATS)
      .sort((a, b) => a.nats - b.nats);
    const found: Rival[] = [];
    for (const { entry, nats } of near) {
      if (found.length === MOST_RIVALS) break;
      found.push(...this.rival(entry, nats));
    }
    if (!this.scale.exact) return found;
    // On exact data a law may come as near as a millionth and still be hundreds of nats behind.
    const lookalikes = hall
      .front()
      .filter((entry) => entry.complexity < this.best.complexity && this.isOther(entry))
      .filter(({ tree }) => this.agree(this.values(tree), this.predictions, EXACT))
      .slice(-MOST_LOOKALIKES);
    return [...found, ...lookalikes.flatMap((entry) => this.rival(entry, this.nats(entry), EXACT))];
  }

  private isOther({ tree }: HallEntry): boolean {
    return tree !== this.law && this.context.syntax.key(tree) !== this.key;
  }

  private nats({ tree, loss }: HallEntry): number {
    return descriptionLength(tree, loss, this.context.objective) - this.length;
  }

  private values(tree: Expression): Float64Array {
    return Float64Array.from(this.context.objective.values(tree));
  }

  private agree(a: Float64Array, b: Float64Array, tolerance: number): boolean {
    for (let i = 0; i < a.length; i++) if (!(this.relative(a[i], b[i]) <= tolerance)) return false;
    return true;
  }

  /** The law as a rival; none when it is the chosen function or one named already, or is nowhere to be compared. */
  private rival({ tree, loss, complexity }: HallEntry, nats: number, tolerance?: number): Rival[] {
    const values = this.values(tree);
    if (this.named.some((other) => this.agree(values, other, SAME_FUNCTION))) return [];
    const law = this.context.syntax.express(tree);
    const gap = this.gap(law);
    if (!gap) return [];
    this.named.push(values);
    const told = {
      expression: print(law),
      latex: toLatex(law, { digits: 6 }),
      complexity,
      loss,
      nats,
      where: labelled(gap.where, this.categories),
      predictions: gap.predictions,
      separation: gap.separation,
      unit: this.scale.unit,
    };
    return [tolerance === undefined ? told : { ...told, tolerance }];
  }

  /** Where the law differs most from the chosen one; undefined when it does nowhere. */
  private gap(law: Expression): Gap | undefined {
    const { best, relative, scale } = this;
    const used = new Set([...variablesOf(best.tree), ...variablesOf(law)]);
    const sides = this.box.filter(({ name }) => used.has(name));
    const random = (): RandomStream => new RandomStream(this.context.seed).split(RIVAL_STREAM);
    const apart = widestGap(best.tree, law, relative, sides, random());
    if (!apart || apart.separation <= SAME_FUNCTION) return undefined;
    return scale.unit === 'relative' ? apart : widestGap(best.tree, law, scale.distance, sides, random());
  }
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
