import { derive } from '../derive.ts';
import type { Expression } from '../expression.ts';
import { variablesOf } from '../expression.ts';
import { type Domain, encloseOn } from './enclose.ts';
import { Encloser } from './encloser.ts';

/** Which argument an operator restricts, and whether the values that it takes form one piece, given their enclosure. */
interface Restriction {
  readonly argument: 0 | 1;
  readonly onePiece: (low: number, high: number, other: Expression) => boolean;
}

const ALWAYS = (): boolean => true;
/** A pole at 0 leaves one piece when the argument stays on one side of it. */
const ONE_SIDE = (low: number, high: number): boolean => low >= 0 || high <= 0;
const NOT_NEGATIVE = (low: number): boolean => low >= 0;

/** Operators that are not defined everywhere; those absent from this table and the table of poles are. */
export const RESTRICTIONS: Readonly<Record<string, Restriction>> = {
  div: { argument: 1, onePiece: ONE_SIDE },
  inv: { argument: 0, onePiece: ONE_SIDE },
  mod: { argument: 1, onePiece: ONE_SIDE },
  pow: {
    argument: 0,
    onePiece: (low, high, exponent) => {
      if (exponent.kind !== 'constant') return low >= 0;
      return Number.isInteger(exponent.value) ? ONE_SIDE(low, high) : true;
    },
  },
  sqrt: { argument: 0, onePiece: ALWAYS },
  log: { argument: 0, onePiece: ALWAYS },
  log2: { argument: 0, onePiece: ALWAYS },
  log10: { argument: 0, onePiece: ALWAYS },
  log1p: { argument: 0, onePiece: ALWAYS },
  asin: { argument: 0, onePiece: ALWAYS },
  acos: { argument: 0, onePiece: ALWAYS },
  acosh: { argument: 0, onePiece: ALWAYS },
  atanh: { argument: 0, onePiece: ALWAYS },
  gamma: { argument: 0, onePiece: NOT_NEGATIVE },
  digamma: { argument: 0, onePiece: NOT_NEGATIVE },
  tan: { argument: 0, onePiece: () => false },
};

/**
 * True when the formula is surely defined on one piece of every line along the variable.
 *
 * Each operator that is not defined on its whole box must take its values on one piece, and its argument must be
 * monotone along the variable, so that the piece of values is a piece of the line.
 */
export function convexlyDefined(expression: Expression, name: string, box: Domain): boolean {
  if (expression.kind !== 'call') return true;
  const { operator, arguments: args } = expression;
  if (!args.every((argument) => convexlyDefined(argument, name, box))) return false;
  const inner = args.map((argument) => encloseOn(argument, box));
  const whole = encloseOn(expression, box);
  // What is not defined here is so because an argument is not, and those are seen to.
  if (whole.defined === 'everywhere' || operator.definition !== undefined) return whole.defined === 'everywhere';
  const restriction = Object.hasOwn(RESTRICTIONS, operator.name) ? RESTRICTIONS[operator.name] : undefined;
  if (!restriction) return true;
  const argument = args[restriction.argument];
  if (!variablesOf(argument).includes(name)) return true;
  const { low, high } = inner[restriction.argument];
  return restriction.onePiece(low, high, args[1]) && movesOneWay(argument, name, box);
}

/** True when the derivative of a part has one sign where it is defined. */
function movesOneWay(part: Expression, name: string, box: Domain): boolean {
  try {
    const slope = new Encloser(derive(part, name), 1).plain(box);
    return slope.low >= 0 || slope.high <= 0;
  } catch {
    return false;
  }
}
