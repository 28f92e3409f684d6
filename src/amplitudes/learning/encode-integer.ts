import { OptionError, ParseError } from '../../core/index.ts';

const BASE = 1000;

/**
 * A coefficient as tokens for a sequence model: its sign, then its digits in base 1000, the highest first.
 *
 * @param value a whole number
 * @throws OptionError "not-an-integer"
 * @see Cai, Merz, Charton, Nolte, Wilhelm, Cranmer, Dixon, https://arxiv.org/abs/2405.06107, section 3
 * @example encodeInteger(2022) // ['+', '2', '22']
 */
export function encodeInteger(value: number | bigint, base = BASE): string[] {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new OptionError(
      'not-an-integer',
      'value',
      `${value} is not a whole number`,
      'coefficients are whole numbers',
    );
  }
  checkBase(base);
  const big = BigInt(value);
  const digits: string[] = [];
  let rest = big < 0n ? -big : big;
  do {
    digits.unshift(String(rest % BigInt(base)));
    rest /= BigInt(base);
  } while (rest > 0n);
  return [big < 0n ? '-' : '+', ...digits];
}

/**
 * The number that tokens of `encodeInteger` stand for.
 *
 * @throws ParseError "not-a-sign" | "not-a-digit" with the place of the token
 * @example decodeInteger(['-', '2', '22']) // -2022n
 */
export function decodeInteger(tokens: readonly string[], base = BASE): bigint {
  checkBase(base);
  const [sign, ...digits] = tokens;
  if (sign !== '+' && sign !== '-') throw new ParseError('not-a-sign', `token "${sign ?? ''}" is no sign`, 0, '+ or -');
  if (digits.length === 0) throw new ParseError('not-a-digit', 'no digits', 1, 'a digit');
  let value = 0n;
  digits.forEach((digit, i) => {
    if (!/^\d+$/.test(digit) || Number(digit) >= base) {
      throw new ParseError('not-a-digit', `token "${digit}"`, i + 1, `a digit below ${base}`);
    }
    value = value * BigInt(base) + BigInt(digit);
  });
  return sign === '-' ? -value : value;
}

function checkBase(base: number): void {
  if (Number.isSafeInteger(base) && base >= 2) return;
  throw new OptionError('out-of-range', 'base', `${base}`, 'give a whole number, 2 or more');
}
