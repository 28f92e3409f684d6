/** A number with a closed form near a fitted constant. */
export interface ClosedNumber {
  /** Reads back with `parse`: "3/2", "pi/4", "sqrt(2)/3". */
  readonly text: string;
  readonly value: number;
  readonly family: 'integer' | 'rational' | 'pi' | 'root';
}

const MOST_DENOMINATOR = 12;
const LARGEST_RADICAND = 30;
const PER_FAMILY = 2;

/**
 * Numbers of simple form near a value, the nearest of every family first.
 *
 * Integers, p/q with q up to 12, multiples of pi by p/q with q up to 6, and p sqrt(n)/q with n up to 30, q up to 4.
 */
export function closedNumbersNear(value: number): ClosedNumber[] {
  const found: ClosedNumber[] = [];
  const add = (family: ClosedNumber['family'], p: number, q: number, unit: number, name: string): void => {
    if (!Number.isSafeInteger(p) || gcd(Math.abs(p), q) !== 1) return;
    found.push({ family, value: (p * unit) / q, text: fractionText(p, q, name) });
  };
  add('integer', Math.round(value), 1, 1, '');
  for (let q = 2; q <= MOST_DENOMINATOR; q++) add('rational', Math.round(value * q), q, 1, '');
  for (let q = 1; q <= 6; q++) {
    const p = Math.round((value * q) / Math.PI);
    if (p !== 0) add('pi', p, q, Math.PI, 'pi');
  }
  for (let n = 2; n <= LARGEST_RADICAND; n++) {
    if (!isSquareFree(n)) continue;
    for (let q = 1; q <= 4; q++) {
      const p = Math.round((value * q) / Math.sqrt(n));
      if (p !== 0 && Math.abs(p) <= 4) add('root', p, q, Math.sqrt(n), `sqrt(${n})`);
    }
  }
  const distance = (number: ClosedNumber): number => Math.abs(number.value - value);
  return (['integer', 'rational', 'pi', 'root'] as const).flatMap((family) =>
    found
      .filter((number) => number.family === family)
      .sort((a, b) => distance(a) - distance(b))
      .slice(0, PER_FAMILY),
  );
}

function fractionText(p: number, q: number, name: string): string {
  const top = name === '' ? String(p) : p === 1 ? name : p === -1 ? `-${name}` : `${p} * ${name}`;
  return q === 1 ? top : `${top} / ${q}`;
}

function isSquareFree(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % (d * d) === 0) return false;
  return true;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
