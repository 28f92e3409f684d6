import { parse, print, variable } from '../expressions/index.ts';
import type { Rival } from '../search/index.ts';
import { oneLine } from './exit.ts';
import { shortNumber } from './front-table.ts';

/** A rival in words: which law the data cannot rule out, and where a measurement would decide. */
export interface RivalWords {
  /** How near it is to the law that was chosen. */
  readonly distance: string;
  /** The point and the two predictions. */
  readonly proposal: string;
}

/** Farther apart than this many standard errors, one new measurement tells two laws. */
const TELLING = 1;

/** What is said about a rival, without its formula. */
export function rivalWords({ nats, tolerance, where, predictions, separation, unit }: Rival): RivalWords {
  const distance =
    tolerance === undefined
      ? `its description is ${Number(Math.abs(nats).toFixed(1))} nats ${nats < 0 ? 'shorter' : 'longer'}`
      : `indistinguishable at ${shortNumber(tolerance)}: no row differs by more`;
  const apart = unit === 'sigma' ? `${shortNumber(separation)} sigma` : `${shortNumber(separation)} of their size`;
  const point = Object.entries(where)
    .map(([name, value]) => `${print(variable(name))} = ${typeof value === 'number' ? shortNumber(value) : value}`)
    .join(', ');
  if (unit === 'sigma' && separation < TELLING) {
    return { distance, proposal: `no measurement near these data would tell: at most ${apart} apart, at ${point}` };
  }
  const [a, b] = distinct(predictions);
  return { distance, proposal: `measure${point && ` at ${point}`}: ${a} against ${b}, ${apart} apart` };
}

/** Two numbers with as many digits as tell them apart. */
function distinct([a, b]: readonly [number, number]): readonly [string, string] {
  for (let digits = 4; digits < 17; digits++) {
    const texts = [a, b].map((value) => String(Number(value.toPrecision(digits)))) as [string, string];
    if (texts[0] !== texts[1]) return texts;
  }
  return [String(a), String(b)];
}

/** Rivals that have lines of their own. */
const MOST_SHOWN = 2;

/** Two lines for each of the nearest rivals, and one that counts the others. */
export function rivalLines(rivals: readonly Rival[], target: string): string[] {
  const lines = rivals.slice(0, MOST_SHOWN).flatMap((rival) => {
    const { distance, proposal } = rivalWords(rival);
    const law = `${target} = ${shortFormula(rival.expression)}`;
    return [oneLine(`cannot be told from ${law} on these data: ${distance}`), `  ${oneLine(proposal)}`];
  });
  const others = rivals.length - MOST_SHOWN;
  return others > 0 ? [...lines, `and ${others} more; --json lists them`] : lines;
}

/** To four digits; one in operators of the user's own as it stands. */
function shortFormula(expression: string): string {
  try {
    return print(parse(expression), { digits: 4 });
  } catch {
    return expression;
  }
}
