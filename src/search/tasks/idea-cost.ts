import type { Expression } from '../../expressions/index.ts';

/** Price of a power of a leaf beyond the leaf itself, by exponent; of anything else one idea, or two. */
const POWERS_OF_LEAVES: Readonly<Record<number, number>> = {
  [-1]: 0,
  2: 1,
  [-2]: 1,
  0.5: 0.5,
  [-0.5]: 0.5,
  3: 2,
  [-3]: 2,
};
const COMMON_POWERS: ReadonlySet<number> = new Set([2, -1, 0.5]);
const NAMED_POWERS: Readonly<Record<string, number>> = { square: 2, cube: 3, sqrt: 0.5, inv: -1 };

/**
 * How many ideas a function is made of: as many as it has leaves and functions, operators and small exponents being
 * free. Unlike the number of nodes it takes ((x - y) / s)^2 for as simple as sin(x * y)^2.
 */
export function ideaCost(tree: Expression): number {
  if (tree.kind !== 'call') return 1;
  const { name } = tree.operator;
  const [a, b] = tree.arguments;
  if (name in NAMED_POWERS) return powerCost(a, NAMED_POWERS[name]);
  if (name === 'pow' && b.kind === 'constant') return powerCost(a, b.value);
  if (name === 'div' && a.kind === 'constant') return powerCost(b, -1);
  if (tree.arguments.length === 2) return ideaCost(a) + ideaCost(b);
  return ideaCost(a) + 1;
}

function powerCost(base: Expression, exponent: number): number {
  if (base.kind !== 'call') return 1 + (POWERS_OF_LEAVES[exponent] ?? 2);
  return ideaCost(base) + (COMMON_POWERS.has(exponent) ? 1 : 2);
}
