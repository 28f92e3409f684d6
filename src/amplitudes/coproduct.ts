import { DomainError } from '../core/index.ts';
import type { Alphabet } from './alphabet.ts';
import { lowerBound } from './contract.ts';
import { PolylogSymbol } from './symbol.ts';
import { wordKey } from './word.ts';

/** A piece of the coproduct, as a sparse matrix: a row for every front that occurs, a column for every back. */
export interface CoproductPiece {
  readonly alphabet: Alphabet;
  readonly frontWeight: number;
  readonly backWeight: number;
  /** Keys of the fronts, rising; shape [rows]. */
  readonly fronts: Float64Array;
  /** Where the terms of a row begin; shape [rows + 1]. */
  readonly starts: Int32Array;
  /** Keys of the backs, rising inside a row; shape [terms]. */
  readonly backs: Float64Array;
  /** Shape [terms]. */
  readonly coefficients: Int32Array;
}

/**
 * The piece of the coproduct that splits every word after `frontWeight` letters.
 *
 * @throws DomainError "out-of-range" for a place that is not in the words
 * @example coproduct(PolylogSymbol.from(FORM_FACTOR, [['bd', 1], ['be', 2], ['cd', 3]]), 1).starts // Int32Array [0, 2, 3]
 */
export function coproduct(symbol: PolylogSymbol, frontWeight: number): CoproductPiece {
  const { alphabet, weight, keys, coefficients } = symbol;
  if (!(Number.isInteger(frontWeight) && frontWeight >= 0 && frontWeight <= weight)) {
    throw new DomainError('out-of-range', `a split after ${frontWeight} letters`, `give 0 to ${weight}`, {
      frontWeight,
    });
  }
  const backWeight = weight - frontWeight;
  const unit = alphabet.size ** backWeight;
  const fronts: number[] = [];
  const starts: number[] = [];
  const backs = new Float64Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const front = Math.floor(keys[i] / unit);
    if (front !== fronts.at(-1)) {
      fronts.push(front);
      starts.push(i);
    }
    backs[i] = keys[i] - front * unit;
  }
  starts.push(keys.length);
  return {
    alphabet,
    frontWeight,
    backWeight,
    fronts: Float64Array.from(fronts),
    starts: Int32Array.from(starts),
    backs,
    coefficients,
  };
}

/**
 * What stands behind a front: a row of the matrix.
 *
 * @throws AnsatzError "unknown-letter"
 * @example [...backOf(coproduct(PolylogSymbol.from(FORM_FACTOR, [['bd', 1], ['cd', 3]]), 1), 'c').words()] // [['d', 3n]]
 */
export function backOf(piece: CoproductPiece, front: string): PolylogSymbol {
  const { alphabet, fronts, starts, backs, coefficients, backWeight } = piece;
  const key = wordKey(alphabet, front);
  const row = front.length === piece.frontWeight ? lowerBound(fronts, fronts.length, key) : fronts.length;
  const [from, to] = fronts[row] === key ? [starts[row], starts[row + 1]] : [0, 0];
  return new PolylogSymbol(alphabet, backWeight, backs.slice(from, to), coefficients.slice(from, to));
}

/**
 * What stands in front of a back: a column of the matrix.
 *
 * @throws AnsatzError "unknown-letter"
 */
export function frontOf(piece: CoproductPiece, back: string): PolylogSymbol {
  const { alphabet, fronts, starts, backs, coefficients, frontWeight } = piece;
  const key = back.length === piece.backWeight ? wordKey(alphabet, back) : -1;
  const keys: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < fronts.length; row++) {
    for (let i = starts[row]; i < starts[row + 1]; i++) {
      if (backs[i] !== key) continue;
      keys.push(fronts[row]);
      values.push(coefficients[i]);
    }
  }
  return new PolylogSymbol(alphabet, frontWeight, Float64Array.from(keys), Int32Array.from(values));
}

/** The symbol whose words are the fronts and backs of a piece put together again. */
export function joined({
  alphabet,
  frontWeight,
  backWeight,
  fronts,
  starts,
  backs,
  coefficients,
}: CoproductPiece): PolylogSymbol {
  const unit = alphabet.size ** backWeight;
  const keys = new Float64Array(backs.length);
  for (let row = 0; row < fronts.length; row++) {
    for (let i = starts[row]; i < starts[row + 1]; i++) keys[i] = fronts[row] * unit + backs[i];
  }
  return new PolylogSymbol(alphabet, frontWeight + backWeight, keys, coefficients);
}
