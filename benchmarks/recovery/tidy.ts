import { call, constant, type Expression, evaluate, simplify } from '../../src/expressions/index.ts';
import type { Point } from './sampling.ts';

/** Terms of a sum below this share of it on every row are dropped. */
const NEGLIGIBLE = 1e-9;
const LARGEST_NUMERATOR = 24;
const DENOMINATORS = [1, 2, 3, 4, 5, 6];

/** Which constants are made simple: none, those in exponents, or all. */
export type Snapping = 'none' | 'exponents' | 'all';

/**
 * A formula with constants near small rationals made such, terms that do nothing on the rows dropped, and simplified.
 *
 * @param tolerance relative distance to a rational that is no difference
 * @param rows where terms must do something; without any all stay
 */
export function tidy(tree: Expression, snapping: Snapping, tolerance: number, rows: readonly Point[]): Expression {
  const snapped = snap(tree, snapping, tolerance, false);
  return simplify(rows.length === 0 ? snapped : dropTerms(snapped, rows));
}

function snap(tree: Expression, snapping: Snapping, tolerance: number, exponent: boolean): Expression {
  if (tree.kind === 'variable') return tree;
  if (tree.kind === 'constant') {
    const wanted = snapping === 'all' || (snapping === 'exponents' && exponent);
    return wanted ? constant(nearRational(tree.value, tolerance)) : tree;
  }
  const power = tree.operator.name === 'pow';
  const args = tree.arguments.map((argument, i) => snap(argument, snapping, tolerance, power && i === 1));
  return call(tree.operator, ...args);
}

/** The simplest rational within the tolerance, the smallest denominator first; else the number itself. */
export function nearRational(value: number, tolerance: number): number {
  for (const denominator of DENOMINATORS) {
    const numerator = Math.round(value * denominator);
    if (numerator === 0 || Math.abs(numerator) > LARGEST_NUMERATOR) continue;
    if (Math.abs(value - numerator / denominator) <= tolerance * Math.abs(value)) return numerator / denominator;
  }
  return value;
}

function dropTerms(tree: Expression, rows: readonly Point[]): Expression {
  if (tree.kind !== 'call') return tree;
  const args = tree.arguments.map((argument) => dropTerms(argument, rows));
  const { name } = tree.operator;
  if (name !== 'add' && name !== 'sub') return call(tree.operator, ...args);
  const shares = [0, 0];
  for (const row of rows) {
    const left = evaluate(args[0], row);
    const right = evaluate(args[1], row);
    const total = Math.abs(name === 'add' ? left + right : left - right);
    shares[0] = Math.max(shares[0], share(left, total));
    shares[1] = Math.max(shares[1], share(right, total));
  }
  if (shares[1] < NEGLIGIBLE) return args[0];
  if (shares[0] < NEGLIGIBLE) return name === 'add' ? args[1] : call(tree.operator, constant(0), args[1]);
  return call(tree.operator, ...args);
}

function share(term: number, total: number): number {
  if (term === 0) return 0;
  const ratio = Math.abs(term) / total;
  return Number.isNaN(ratio) ? Number.POSITIVE_INFINITY : ratio;
}
