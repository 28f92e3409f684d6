import { ShapeError } from '../core/index.ts';
import { derive, evaluate } from '../expressions/index.ts';
import type { Alphabet } from './alphabet.ts';
import { letterArguments } from './logarithmic-form.ts';

/** The letters of an alphabet as functions of its variables. */
export interface LetterValues {
  /** Writes the values of the letters at a point to `out`, shape [size]; NaN where one has none. */
  values(point: readonly number[], out: Float64Array): void;
  /** Writes the derivatives of log(letter) along a direction to `out`, shape [size]. */
  slopes(point: readonly number[], direction: readonly number[], out: Float64Array): void;
}

const cache = new WeakMap<Alphabet, LetterValues>();

/**
 * The letters of an alphabet as functions: their formulas read, abbreviations put in, and derived by every variable.
 *
 * @throws ParseError for a letter whose formula cannot be read
 */
export function letterValues(alphabet: Alphabet): LetterValues {
  const known = cache.get(alphabet);
  if (known) return known;
  const { variables } = alphabet.definition;
  const formulas = letterArguments(alphabet);
  const gradients = formulas.map((formula) => variables.map((name) => derive(formula, name)));
  const record: Record<string, number> = {};
  const place = (point: readonly number[]): void => {
    for (let i = 0; i < variables.length; i++) record[variables[i]] = point[i];
  };
  const made: LetterValues = {
    values(point, out) {
      place(point);
      for (let letter = 0; letter < formulas.length; letter++) out[letter] = evaluate(formulas[letter], record);
    },
    slopes(point, direction, out) {
      place(point);
      for (let letter = 0; letter < formulas.length; letter++) {
        let sum = 0;
        for (let i = 0; i < variables.length; i++) {
          if (direction[i] !== 0) sum += direction[i] * evaluate(gradients[letter][i], record);
        }
        out[letter] = sum / evaluate(formulas[letter], record);
      }
    },
  };
  cache.set(alphabet, made);
  return made;
}

/** @throws ShapeError for a point with a wrong number of coordinates, or with one that is not finite */
export function checkPoint(alphabet: Alphabet, point: readonly number[]): void {
  const { variables } = alphabet.definition;
  if (point.length === variables.length && point.every(Number.isFinite)) return;
  throw new ShapeError(
    'point',
    `${variables.length} finite coordinates`,
    `[${point.join(', ')}]`,
    `the variables of ${alphabet.name} are ${variables.join(', ')}`,
  );
}
