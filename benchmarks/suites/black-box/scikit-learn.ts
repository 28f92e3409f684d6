import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Prediction } from './cross-validation.ts';

const SCRIPT = fileURLToPath(new URL('scikit_learn.py', import.meta.url));
/** Debian's own Python comes first: python3-sklearn belongs to it. */
const PYTHONS = ['/usr/bin/python3', 'python3'] as const;
const LARGEST_OUTPUT = 1 << 28;

/** A Python that has scikit-learn. */
export interface ScikitLearn {
  readonly python: string;
  readonly version: string;
}

/** The first Python with scikit-learn, undefined where there is none. */
export function findScikitLearn(): ScikitLearn | undefined {
  for (const python of PYTHONS) {
    try {
      const print = 'import sklearn; print(sklearn.__version__)';
      const version = execFileSync(python, ['-c', print], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      return { python, version: version.trim() };
    } catch {
      // Not here: the next one.
    }
  }
  return undefined;
}

function ask({ python }: ScikitLearn, command: string, input: string): unknown {
  const environment = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const options = { encoding: 'utf8', input, maxBuffer: LARGEST_OUTPUT, env: environment } as const;
  return JSON.parse(execFileSync(python, [SCRIPT, command], options));
}

/** Columns of the tables that scikit-learn carries, by table and name. */
export function carriedTables(at: ScikitLearn): Record<string, Record<string, number[]>> {
  return ask(at, 'tables', '') as Record<string, Record<string, number[]>>;
}

/**
 * Gradient boosting with the default settings of GradientBoostingRegressor: 100 trees of depth 3, learning rate 0.1.
 *
 * @param inputs columns, shape [inputs][rows]
 * @param folds rows to predict, each from all others
 */
export function boost(
  at: ScikitLearn,
  inputs: readonly Float64Array[],
  target: Float64Array,
  folds: readonly Int32Array[],
  seed: number,
): Prediction {
  const job = {
    inputs: inputs.map((column) => Array.from(column)),
    target: Array.from(target),
    folds: folds.map((fold) => Array.from(fold)),
    seed,
  };
  const answer = ask(at, 'boost', JSON.stringify(job)) as { predictions: number[]; sizes: number[] };
  return { values: Float64Array.from(answer.predictions), sizes: answer.sizes };
}
