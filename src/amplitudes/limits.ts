import { OptionError } from '../core/index.ts';
import { createAlphabet } from './alphabet.ts';
import { FORM_FACTOR } from './alphabets/form-factor.ts';
import { type LetterMap, letterMap, substituteLetters } from './letter-map.ts';
import type { RationalSymbol } from './rational-symbol.ts';
import type { PolylogSymbol } from './symbol.ts';

/** A limit of the kinematics in which every letter becomes a product of powers of fewer letters. */
export interface KinematicLimit {
  readonly name: string;
  /** What goes where. */
  readonly approach: string;
  readonly map: LetterMap;
}

/** What is left as v -> 0: v, and u with w = 1 - u. */
const COLLINEAR = createAlphabet({
  name: 'collinear limit',
  variables: ['v', 'u'],
  letters: [
    { name: 'u', argument: 'u' },
    { name: 'v', argument: 'v' },
    { name: 'w', argument: '1 - u' },
  ],
});

/** What is left as v -> 1: u and w, which vanish, and s = u + w = 1 - v. */
const SOFT = createAlphabet({
  name: 'soft limit',
  variables: ['u', 'w'],
  letters: [
    { name: 'u', argument: 'u' },
    { name: 'w', argument: 'w' },
    { name: 's', argument: 'u + w' },
  ],
});

const half = 1 / 2;

/**
 * The limits in which the form factor is known to all loops: it becomes the exponential of its one-loop function.
 *
 * @see Dixon, Gurdogan, McLeod, Wilhelm, https://arxiv.org/abs/2204.11901
 */
export const LIMITS: readonly KinematicLimit[] = [
  {
    name: 'collinear',
    approach: 'v -> 0',
    map: letterMap(FORM_FACTOR, COLLINEAR, {
      a: { u: half, v: -half, w: -half },
      b: { v: half, u: -half, w: -half },
      c: { w: half, u: -half, v: -half },
      d: { w: 1, u: -1 },
      e: { v: -1 },
      f: { u: 1, w: -1 },
    }),
  },
  {
    name: 'soft',
    approach: 'v -> 1',
    map: letterMap(FORM_FACTOR, SOFT, {
      a: { u: half, w: -half },
      b: { u: -half, w: -half },
      c: { w: half, u: -half },
      d: { u: -1 },
      e: { s: 1 },
      f: { w: -1 },
    }),
  },
];

/**
 * The symbol of the form factor in a limit of `LIMITS`.
 *
 * @throws OptionError "unknown-limit"
 * @example
 * const oneLoop = PolylogSymbol.from(FORM_FACTOR, [['bd', -2], ['ce', -2], ['af', -2], ['bf', -2], ['cd', -2], ['ae', -2]]);
 * [...limitOfSymbol(oneLoop, 'soft').symbol.words()] // [['uu', -2n], ['ww', -2n]]
 */
export function limitOfSymbol(symbol: PolylogSymbol, name: string): RationalSymbol {
  const limit = LIMITS.find((row) => row.name === name);
  if (limit) return substituteLetters(symbol, limit.map);
  throw new OptionError(
    'unknown-limit',
    'limit',
    `"${name}"`,
    `the limits are ${LIMITS.map((row) => row.name).join(', ')}`,
  );
}
