import * as tf from '@tensorflow/tfjs';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  Dense,
  describeProgress,
  type EpochRecord,
  lossChart,
  lossPlot,
  type TrainingProgress,
  train,
} from '../../../src/networks/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';

const HISTORY: readonly EpochRecord[] = [8, 4, 2, 1].map((loss, i) => ({
  epoch: i + 1,
  loss,
  terms: { square: 0.75 * loss, size: 0.25 * loss },
  validationLoss: i === 3 ? 2 : loss,
  gradient: 1,
}));

describe('the plot of losses', () => {
  test('falls in a straight line where the loss is halved each epoch', () => {
    expect(lossPlot(HISTORY, { width: 7, height: 4 })).toBe(
      [
        '8.00 |*',
        '     |  *',
        '     |    * o',
        '1.00 |      ·',
        '     +-------',
        '      1     4  epoch',
        '      · loss   o validation   * both   (logarithmic)',
      ].join('\n'),
    );
  });

  test('is linear where a loss is below zero, and one row where all are equal', () => {
    const flat = HISTORY.map((record) => ({ ...record, loss: -1, validationLoss: undefined }));
    const plot = lossPlot(flat as EpochRecord[], { width: 4, height: 3 });
    expect(plot.split('\n')[1]).toContain('····');
    expect(plot).not.toContain('logarithmic');
    expect(plot).not.toContain('validation');
  });

  test('says when there is nothing to show', () => {
    expect(lossPlot([])).toBe('no epoch with a loss yet');
  });

  test('is a chart that Vega draws, with every term', async () => {
    const spec = lossChart(HISTORY) as unknown as TopLevelSpec;
    const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
    const svg = await view.toSVG();
    for (const name of ['loss', 'square', 'size', 'validation']) expect(svg).toContain(`>${name}<`);
    expect(svg.match(/aria-roledescription="line mark"/g)).toHaveLength(4);
    view.finalize();
  });
});

describe('progress', () => {
  beforeAll(async () => {
    await chooseBackend({ backend: 'wasm' });
  });

  test('is reported, at the end in any case, with nothing left', async () => {
    const network = new Dense(1, 1, new RandomStream(1));
    const data = { x: tf.ones([10, 1]) };
    const seen: TrainingProgress[] = [];
    await train(network, data, {
      epochs: 3,
      batchSize: 4,
      losses: { square: { value: (net, { x }) => tf.mean(tf.square(net.call(x))) as tf.Scalar } },
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.at(-1)).toMatchObject({ epoch: 3, epochs: 3, step: 9, steps: 9, secondsLeft: 0 });
    network.dispose();
    tf.dispose(data);
  });

  test.each([
    [75, '1 min 15 s'],
    [0.4, '0 s'],
    [3700, '1 h 1 min'],
  ])('%d s are told as %s', (secondsLeft, text) => {
    const line = describeProgress({ epoch: 2, epochs: 5, step: 30, steps: 100, loss: 0.25, secondsLeft });
    expect(line).toBe(`epoch 2 of 5, step 30 of 100, loss 0.2500, ${text} left`);
  });
});
