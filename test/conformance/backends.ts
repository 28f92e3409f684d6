import { backends, createReferenceEvaluator, type LocalEvaluator } from '../../src/evaluation/index.ts';

export interface Backend {
  readonly name: string;
  readonly create: () => LocalEvaluator;
  /** Relative rounding error of one operation. */
  readonly epsilon: number;
}

/** Every back-end that answers at once. */
export const BACKENDS: readonly Backend[] = Object.entries(backends).map(([name, create]) => {
  const evaluator = create();
  const epsilon = evaluator.capabilities.precision === 64 ? 2 ** -52 : 2 ** -23;
  evaluator.dispose();
  return { name, create, epsilon };
});

export const reference = createReferenceEvaluator;

/** Size of the last place of x in f64, or in f32 where `single`. */
export function lastPlace(x: number, single: boolean): number {
  const smallest = single ? 2 ** -149 : 2 ** -1074;
  const size = Math.abs(x);
  if (size === 0) return smallest;
  let exponent = Math.floor(Math.log2(size));
  if (2 ** exponent > size) exponent--;
  return Math.max(smallest, 2 ** (exponent - (single ? 23 : 52)));
}
