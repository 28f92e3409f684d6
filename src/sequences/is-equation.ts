/**
 * Whether a law is written as an equation, and not as the right side of u(n) = ...
 *
 * Conditions in brackets, as in [n mod 2 = 0], do not count.
 *
 * @example isEquation('n^2 + [n mod 2 = 0]') // false
 * @example isEquation('u(n) = 2*u(n-1)') // true
 */
export function isEquation(formula: string): boolean {
  return formula.replace(/\[[^\]]*\]/g, '').includes('=');
}
