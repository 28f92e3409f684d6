import { DomainError, OptionError } from '../core/index.ts';
import { type Complex, polylogarithm } from '../numerics/index.ts';
import { LADDER } from './alphabets/ladder.ts';
import { linearCombination } from './linear-combination.ts';
import { dividedPower, shuffleProduct } from './shuffle.ts';
import { PolylogSymbol } from './symbol.ts';

/** The symbol has 2^(2L + 1) words. */
export const MOST_LADDER_LOOPS = 8;

/**
 * The symbol of the ladder function with L rungs in z and y = zbar.
 *
 * The pure function is f_L = sum over r of (-1)^r (2L - r)! / (r! (L - r)! L!) log(z y)^r (Li_(2L-r)(z) - Li_(2L-r)(y)),
 * with log(z y)^r / r! the r-th divided power of z + y, and - (1 - z) z ... z the symbol of Li_n(z). All 2^(2L + 1)
 * coefficients are 1 or -1.
 *
 * @param loops L, 1 to 8
 * @throws OptionError "out-of-range"
 * @see Usyukina, Davydychev, Phys. Lett. B 305 (1993) 136
 * @example ladderSymbol(3).terms // 128
 */
export function ladderSymbol(loops: number): PolylogSymbol {
  checkLoops(loops);
  const logarithm = PolylogSymbol.from(LADDER, [
    ['z', 1],
    ['y', 1],
  ]);
  const parts = Array.from({ length: loops + 1 }, (_, r) => {
    const order = 2 * loops - r;
    const difference = PolylogSymbol.from(LADDER, [
      [`p${'z'.repeat(order - 1)}`, -1],
      [`q${'y'.repeat(order - 1)}`, 1],
    ]);
    return [shuffleProduct(dividedPower(logarithm, r), difference), (-1) ** r * binomial(order, loops)] as const;
  });
  return linearCombination(parts);
}

/**
 * The ladder function f_L with L rungs, by its polylogarithms; divide by z - zbar for the integral.
 *
 * Single-valued where zbar is the conjugate of z, and then imaginary; f_1 is 4 i times the Bloch-Wigner dilogarithm.
 *
 * @param loops L, 1 to 8
 * @param z two complex conjugates, or two real numbers below 1 of one sign; conjugates other than 0 and 1
 * @param zbar see z
 * @throws OptionError "out-of-range" for loops
 * @throws DomainError "branch-cut" for other pairs
 * @see Usyukina, Davydychev, Phys. Lett. B 305 (1993) 136
 * @example ladderValue(1, { re: 0.5, im: 0.8660254037844386 }, { re: 0.5, im: -0.8660254037844386 }).im // 4.059766425639
 */
export function ladderValue(loops: number, z: Complex, zbar: Complex): Complex {
  checkLoops(loops);
  const conjugate = z.re === zbar.re && z.im === -zbar.im && z.im !== 0;
  const real = z.im === 0 && zbar.im === 0 && z.re < 1 && zbar.re < 1 && z.re * zbar.re > 0;
  if (!(conjugate || real) || !Number.isFinite(z.re + z.im + zbar.re)) {
    throw new DomainError(
      'branch-cut',
      `the ladder at z = ${z.re} + ${z.im} i, zbar = ${zbar.re} + ${zbar.im} i`,
      'give complex conjugates, or two real numbers below 1 of one sign',
      { z, zbar },
    );
  }
  // The large terms of the sum cancel outside of the unit disc; f_L(1/z, 1/zbar) = -f_L(z, zbar) leads inside.
  const size = conjugate ? Math.hypot(z.re, z.im) : Math.sqrt(z.re * zbar.re);
  if (size > 1) {
    const inverse = ladderInside(loops, inverted(z), inverted(zbar));
    return conjugate ? { re: 0, im: -inverse.im } : { re: -inverse.re, im: 0 };
  }
  const value = ladderInside(loops, z, zbar);
  return conjugate ? { re: 0, im: value.im } : { re: value.re, im: 0 };
}

function inverted({ re, im }: Complex): Complex {
  const size = Math.hypot(re, im);
  return { re: re / size / size, im: -im / size / size };
}

/** The definition, on the principal branch. */
function ladderInside(loops: number, z: Complex, zbar: Complex): Complex {
  const conjugate = z.im !== 0;
  const logarithm = conjugate ? 2 * Math.log(Math.hypot(z.re, z.im)) : Math.log(z.re * zbar.re);
  let [re, im] = [0, 0];
  let power = 1;
  for (let r = 0; r <= loops; r++) {
    if (r > 0) power *= -logarithm / r;
    const order = 2 * loops - r;
    const [one, other] = [polylogarithm(order, z), polylogarithm(order, zbar)];
    const factor = power * binomial(order, loops);
    re += factor * (one.re - other.re);
    im += factor * (one.im - other.im);
  }
  return { re, im };
}

function checkLoops(loops: number): void {
  if (Number.isInteger(loops) && loops >= 1 && loops <= MOST_LADDER_LOOPS) return;
  throw new OptionError(
    'out-of-range',
    'loops',
    `${loops} loops`,
    `give a whole number from 1 to ${MOST_LADDER_LOOPS}`,
  );
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return value;
}
