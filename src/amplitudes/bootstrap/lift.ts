import { AnsatzError } from '../../core/index.ts';
import { inverseMod } from '../../numerics/index.ts';
import type { Alphabet } from '../alphabet.ts';
import { PolylogSymbol } from '../symbol.ts';
import type { ResidueTerms } from './expand.ts';

/**
 * How much smaller than the product of the primes coefficients must be: wrong ones, which are spread over all of it,
 * would pass with probability 1/SPARE each.
 */
const SPARE = 2 ** 18;

/**
 * Whole coefficients from residues modulo two primes, by the Chinese remainder theorem, symmetric around zero.
 *
 * @throws AnsatzError "no-lift" when some coefficient is not small beside the product of the primes: it is no integer
 *   then, or the primes disagree
 */
export function lifted(
  alphabet: Alphabet,
  weight: number,
  [first, second]: readonly [ResidueTerms, ResidueTerms],
  [p, q]: readonly [number, number],
): PolylogSymbol {
  const largest = Math.min(2 ** 31 - 1, (p * q) / 2 / SPARE);
  const inverse = inverseMod(p % q, q);
  const keys = new Float64Array(first.keys.length + second.keys.length);
  const coefficients = new Int32Array(keys.length);
  let count = 0;
  for (let i = 0, j = 0; i < first.keys.length || j < second.keys.length; count++) {
    const [a, b] = [first.keys[i] ?? Infinity, second.keys[j] ?? Infinity];
    const key = Math.min(a, b);
    const r = a === key ? first.residues[i++] : 0;
    const s = b === key ? second.residues[j++] : 0;
    const digit = (((((s - r) % q) + q) % q) * inverse) % q;
    const value = r + p * digit;
    const symmetric = value > (p * q) / 2 ? value - p * q : value;
    if (Math.abs(symmetric) > largest) {
      throw new AnsatzError('no-lift', 'the primes do not agree on integer coefficients', 'report this with the seed', {
        key,
      });
    }
    keys[count] = key;
    coefficients[count] = symmetric;
  }
  return new PolylogSymbol(alphabet, weight, keys.slice(0, count), coefficients.slice(0, count));
}
