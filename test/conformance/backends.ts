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
