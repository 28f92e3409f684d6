/** Steps a second of two threads beside those of one, on the same parts of the same batches: the bits must agree. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import type * as networks from '../../../src/networks/index.ts';
import type * as tensors from '../../../src/tensors/index.ts';
import type { Row } from '../../row.ts';
import type * as programs from './parallel-program.mjs';

const PROGRAM = new URL('./parallel-program.mjs', import.meta.url);
/** Rows of a batch, and batches of a measured epoch. */
const SIZES = { mlp: { batch: 1024, batches: 40 }, transformer: { batch: 64, batches: 4 } } as const;

/** Rows "NAME, 2 threads": wall time of one thread over that of two. */
export async function threadRows(rounds: number, log: (text: string) => void): Promise<Row[]> {
  if (!existsSync(fileURLToPath(new URL('../../../dist/training-worker.js', import.meta.url)))) {
    log('the package is not built: no rows on threads');
    return [];
  }
  const { train } = (await import('ansatz/networks' as string)) as typeof networks;
  const { chooseBackend } = (await import('ansatz/tensors' as string)) as typeof tensors;
  const { default: make, dataOf } = (await import(PROGRAM.href)) as typeof programs;
  await chooseBackend({ backend: 'wasm', relaxedSimd: 'off' });
  const rows: Row[] = [];
  for (const [name, { batch, batches }] of Object.entries(SIZES)) {
    const data = dataOf(name, batch * batches);
    const seconds: Record<number, number[]> = { 1: [], 2: [] };
    const losses = new Map<number, number>();
    for (let round = 0; round < rounds; round++) {
      for (const threads of [1, 2]) {
        const { network, losses: terms } = make({ name });
        let [begun, loss] = [0, 0];
        await train(network, data, {
          epochs: 3,
          batchSize: batch,
          losses: terms,
          parallel: { program: PROGRAM, settings: { name }, shards: 2, threads },
          // The first epoch warms up; threads have started by then.
          onEpoch: ({ epoch, loss: of }) => {
            if (epoch === 1) begun = performance.now();
            if (epoch === 3) seconds[threads].push((performance.now() - begun) / 1000);
            loss = of;
          },
        });
        losses.set(threads, loss);
        network.dispose();
      }
      if (losses.get(1) !== losses.get(2)) throw new Error(`${name}: two threads give other bits than one`);
    }
    tf.dispose(Object.values(data));
    const least = (threads: number): number => Math.min(...seconds[threads]);
    const speedup = least(1) / least(2);
    log(
      `${name}: ${((1000 * least(1)) / (2 * batches)).toFixed(1)} ms a step on one thread, ${speedup.toFixed(2)} times as fast on two`,
    );
    rows.push({
      name: `${name}, 2 threads`,
      value: speedup,
      unit: 'times as fast',
      reference: 1.7,
      ratio: speedup / 1.7,
    });
  }
  return rows;
}
