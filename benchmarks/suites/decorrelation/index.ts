/**
 * How far a score can be kept from the mass, and what that costs: the area under the curve (AUC) against 1 / JSD, JSD the
 * divergence of the background's masses above and below the cut that half of the signal passes, in bits.
 *
 * The reference of an AUC is that of the plain network, that of 1 / JSD is what the likelihood ratio at the true mass reaches,
 * which knows nothing of the mass: the fluctuations of the test sample leave no more. `node benchmarks/pictures/decorrelation.mjs`
 * draws the result.
 */
import { RandomStream } from '../../../src/core/index.ts';
import { normalCdf } from '../../../src/numerics/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';
import type { Row } from '../../row.ts';
import { areaUnderCurve, sculpting } from './measures.ts';
import { METHODS, trainedScores } from './methods.ts';
import { drawToy, IDEAL_DISTANCE, idealScores } from './toy.ts';

interface Point {
  readonly method: string;
  readonly strength: number;
  readonly seed: number;
  readonly auc: number;
  readonly inverseJsd: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Runs the suite. @throws Error where the truth is not measured as it is known */
export async function run({ quick, log }: { quick: boolean; log: (text: string) => void }) {
  await chooseBackend({ backend: 'wasm' });
  const [seeds, events, epochs] = quick ? [[1], 2048, 4] : [[1, 2, 3], 8192, 25];
  const test = drawToy(60_000, new RandomStream(99));
  const ideal = idealScores(test);
  const measured = (scores: ArrayLike<number>) => ({
    auc: areaUnderCurve(scores, test.labels),
    inverseJsd: 1 / sculpting(scores, test.labels, test.masses),
  });
  const truth = measured(ideal);
  const known = normalCdf(IDEAL_DISTANCE / Math.SQRT2);
  if (Math.abs(truth.auc - known) > 0.01) throw new Error(`the AUC of the truth is ${truth.auc}, not ${known}`);
  const began = process.cpuUsage();
  const points: Point[] = [];
  for (const method of METHODS) {
    for (const strength of quick ? method.strengths.slice(-1) : method.strengths) {
      for (const seed of seeds) {
        const toy = drawToy(events, new RandomStream(seed));
        const scores = await trainedScores(method, strength, toy, test, seed, epochs);
        points.push({ method: method.name, strength, seed, ...measured(scores) });
      }
      const last = points.slice(-seeds.length);
      const [auc, inverse] = [mean(last.map(({ auc }) => auc)), mean(last.map(({ inverseJsd }) => inverseJsd))];
      log(`${method.name} ${strength}: AUC ${auc.toFixed(4)}, 1/JSD ${inverse.toFixed(1)}`);
    }
  }
  const { user, system } = process.cpuUsage(began);
  const plain = mean(points.filter(({ method }) => method === 'plain').map(({ auc }) => auc));
  const rows: Row[] = [
    { name: 'truth at the mass: AUC', value: truth.auc, unit: '', reference: known, ratio: truth.auc / known },
    { name: 'truth at the mass: 1/JSD', value: truth.inverseJsd, unit: '1/bit', reference: null, ratio: null },
  ];
  for (const key of new Set(points.map(({ method, strength }) => `${method} ${strength || ''}`.trim()))) {
    const own = points.filter(({ method, strength }) => `${method} ${strength || ''}`.trim() === key);
    const [auc, inverse] = [mean(own.map(({ auc }) => auc)), mean(own.map(({ inverseJsd }) => inverseJsd))];
    rows.push({ name: `${key}: AUC`, value: auc, unit: '', reference: plain, ratio: auc / plain });
    const reference = truth.inverseJsd;
    rows.push({ name: `${key}: 1/JSD`, value: inverse, unit: '1/bit', reference, ratio: inverse / reference });
  }
  rows.push({ name: 'CPU seconds', value: (user + system) / 1e6, unit: 's', reference: null, ratio: null });
  return { rows, events, epochs, seeds, points, truth };
}
