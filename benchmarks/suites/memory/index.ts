import { RandomStream, Table } from '../../../src/core/index.ts';
import { fit } from '../../../src/search/index.ts';
import type { Row } from '../../row.ts';

const MEBIBYTE = 2 ** 20;
/** Growth of the resident set that counts as flat. */
const MARK = 1.05;

/** Noisy data that no small formula explains, so that islands, caches and hall stay busy to the end. */
function data(): Table {
  const random = new RandomStream(11);
  const draw = (): Float64Array => Float64Array.from({ length: 1000 }, () => 0.5 + 3 * random.uniform());
  const x = draw();
  const y = draw();
  const t = x.map((v, i) => Math.sin(2 * v) * Math.exp(-y[i] / 2) + y[i] / (1 + v * v) + 0.05 * random.normal());
  return Table.from({ x, y, t });
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value / values.length, 0);

/**
 * The resident set of a long run on two threads that saves its state, sampled once a second.
 *
 * The mean of the last fifth is compared with that of the second fifth: the first one is filling caches.
 */
export async function run({ quick, log }: { quick: boolean; log: (text: string) => void }): Promise<Row[]> {
  const seconds = quick ? 25 : 1200;
  const samples: number[] = [];
  let saved = 0;
  const timer = setInterval(() => {
    samples.push(process.memoryUsage().rss / MEBIBYTE);
    if (samples.length % 60 === 0) log(`${samples.length} s: ${samples[samples.length - 1].toFixed(0)} MiB`);
  }, 1000);
  const model = await fit(data(), {
    target: 't',
    unaryOperators: ['sin', 'exp', 'log', 'sqrt'],
    threads: 2,
    seed: 1,
    timeLimit: seconds,
    patience: 1_000_000,
    stopAtLoss: 0,
    onCheckpoint: (state) => {
      saved = Math.max(saved, state.length / MEBIBYTE);
    },
  });
  clearInterval(timer);
  const fifth = Math.floor(samples.length / 5);
  const early = mean(samples.slice(fifth, 2 * fifth));
  const late = mean(samples.slice(4 * fifth));
  return [
    { name: 'run', value: model.seconds, unit: 's', reference: null, ratio: null },
    { name: 'evaluations', value: model.evaluations, unit: '', reference: null, ratio: null },
    { name: 'resident set, second fifth', value: early, unit: 'MiB', reference: null, ratio: null },
    { name: 'resident set, last fifth', value: late, unit: 'MiB', reference: null, ratio: null },
    { name: 'growth', value: late / early, unit: '', reference: MARK, ratio: late / early / MARK },
    { name: 'largest saved state', value: saved, unit: 'MiB', reference: null, ratio: null },
  ];
}
