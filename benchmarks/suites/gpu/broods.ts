import type { Row } from '../../row.ts';
import { NOISE, noisyTable, outcomeOf, runOfBroods } from './run-of-broods.ts';

/** A search by broods, as large as the device can bear. */
interface Size {
  readonly rows: number;
  readonly brood: number;
  readonly maxEvals: number;
}

const ON_A_CARD: Size = { rows: 100_000, brood: 1024, maxEvals: 60_000 };
/** Correctness alone. */
const IN_SOFTWARE: Size = { rows: 2000, brood: 128, maxEvals: 8000 };
const QUICK: Size = { rows: 500, brood: 128, maxEvals: 10_000 };
/** The law is found when what is left is noise; the device scores in f32, and fits are in f64. */
const MOST_LOSS = 1.1 * NOISE;

/**
 * `fit` by broods on the device and on WebAssembly, one thread each.
 *
 * @throws Error where the device misses the law, or two runs on it differ
 */
export async function broods(isCard: boolean, quick: boolean, log: (text: string) => void): Promise<Row[]> {
  const { rows, brood, maxEvals } = quick ? QUICK : isCard ? ON_A_CARD : IN_SOFTWARE;
  const table = noisyTable(rows);
  const search = `fit by broods of ${brood} on ${rows} rows`;
  const wasm = await runOfBroods(table, { device: 'wasm', brood, maxEvals });
  const gpu = await runOfBroods(table, { device: 'gpu', brood, maxEvals });
  const again = await runOfBroods(table, { device: 'gpu', brood, maxEvals });
  if (outcomeOf(gpu) !== outcomeOf(again)) throw new Error('gpu: two runs on one device differ');
  const lossOf = ({ model }: typeof gpu): number => Math.min(...model.front.map(({ loss }) => loss));
  if (!(lossOf(gpu) < MOST_LOSS)) throw new Error('gpu: the law is not found by broods');
  log(`${search}: ${gpu.wallSeconds.toFixed(1)} s there, ${wasm.wallSeconds.toFixed(1)} s on wasm`);
  const wall = Math.min(gpu.wallSeconds, again.wallSeconds);
  return [
    {
      name: `${search}, lowest loss over that of the law`,
      value: lossOf(gpu) / NOISE,
      unit: 'wasm beside',
      reference: lossOf(wasm) / NOISE,
      ratio: lossOf(gpu) / lossOf(wasm),
    },
    { name: `${search}, fronts of two runs equal`, value: 1, unit: 'yes', reference: null, ratio: null },
    {
      name: `${search}, wall time`,
      value: wall,
      unit: 's, wasm beside',
      reference: wasm.wallSeconds,
      ratio: wasm.wallSeconds / wall,
    },
  ];
}
