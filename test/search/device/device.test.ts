import { afterEach, describe, expect, it } from 'vitest';
import { RandomStream, Table } from '../../../src/core/index.ts';
import { openGpu } from '../../../src/evaluation/index.ts';
import { OVERHEAD } from '../../../src/search/device/overhead.ts';
import { type FitOptions, fit } from '../../../src/search/index.ts';

const random = new RandomStream(4);
const x = Array.from({ length: 300 }, () => random.normal());
const z = Array.from({ length: 300 }, () => random.normal());
const table = Table.from({ x, z, y: x.map((value, i) => 2.5 * Math.cos(value) + z[i] ** 2 - 0.5) });

const OPTIONS: FitOptions = {
  target: 'y',
  seed: 3,
  threads: 1,
  phases: ['evolve'],
  binaryOperators: ['+', '-', '*'],
  unaryOperators: ['cos'],
  populations: 2,
  maxEvals: 60_000,
  patience: 999,
};

const summary = ({ front, evaluations }: Awaited<ReturnType<typeof fit>>) =>
  JSON.stringify({ front: front.map(({ expression, loss }) => [expression, loss]), evaluations });

const hasGpu = await openGpu().then(
  (device) => {
    device.dispose();
    return true;
  },
  () => false,
);

describe('a brood', () => {
  it('leads to the law, and to the same front on one thread and on two', async () => {
    const one = await fit(table, { ...OPTIONS, brood: 64 });
    expect(one.best.loss).toBeLessThan(1e-20);
    expect(one.best.complexity).toBeLessThanOrEqual(12);
    expect(summary(await fit(table, { ...OPTIONS, brood: 64, threads: 2 }))).toBe(summary(one));
  });

  it('is not bred where the loss is no loss of the kernel, and the run says so', async () => {
    const own = (candidate: { readonly predictions: Float64Array; readonly target: Float64Array }): number =>
      candidate.predictions.reduce((sum, value, i) => sum + Math.abs(value - candidate.target[i]), 0);
    const options: FitOptions = { ...OPTIONS, lossFunction: own, maxEvals: 2000 };
    const model = await fit(table, { ...options, brood: 64 });
    expect(summary(model)).toBe(summary(await fit(table, options)));
    expect(model.notes.join('\n')).toContain('scored one law at a time');
  });

  it('counts what it scores', async () => {
    const { evaluations } = await fit(table, { ...OPTIONS, brood: 64, maxEvals: 5000 });
    expect(evaluations).toBeGreaterThan(4000);
    expect(evaluations).toBeLessThan(12_000);
  });
});

const REAL = { ...OVERHEAD };
afterEach(() => void Object.assign(OVERHEAD, REAL));

describe('the device of a run', () => {
  it('reference: plain JavaScript finds the same law', async () => {
    const model = await fit(table, { ...OPTIONS, device: 'reference', phases: ['monomials', 'enumerate'] });
    const other = await fit(table, { ...OPTIONS, phases: ['monomials', 'enumerate'] });
    expect(model.best.complexity).toBe(other.best.complexity);
    expect(model.best.loss).toBeLessThan(1e-20);
  });

  it('auto: little work stays on the CPU, as if it had not been asked for', async () => {
    const auto = await fit(table, { ...OPTIONS, device: 'auto' });
    const wasm = await fit(table, OPTIONS);
    expect(summary(auto)).toBe(summary(wasm));
    expect(auto.notes.join('\n')).toContain('device: wasm');
  });

  it.skipIf(hasGpu)('gpu: an error says why there is none and what to do', async () => {
    await expect(fit(table, { ...OPTIONS, device: 'gpu' })).rejects.toMatchObject({
      code: 'missing-device',
      hint: expect.stringContaining('ansatz devices'),
    });
  });

  it.runIf(hasGpu)('gpu: gives the same front every time, and says what ran', async () => {
    // A graphics driver without graphics takes a tenth of a second for a brood.
    const options: FitOptions = { ...OPTIONS, device: 'gpu', brood: 64, maxEvals: 4000 };
    const model = await fit(table, options);
    expect(Math.min(...model.front.map(({ loss }) => loss))).toBeLessThan(1);
    expect(model.notes.join('\n')).toMatch(/device: headlessgl/);
    expect(summary(await fit(table, options))).toBe(summary(model));
  });

  it.runIf(hasGpu)('auto: measures a brood that is worth it, and says how it is divided', async () => {
    // Whatever it costs, which is more than so short a run may pay.
    Object.assign(OVERHEAD, { secondsBefore: 0, share: 1e9 });
    const options: FitOptions = { ...OPTIONS, device: 'auto', brood: 512, maxEvals: 4000 };
    const model = await fit(table, options);
    expect(model.notes.join('\n')).toMatch(/device: .*a brood takes [\d.e-]+ ms there, [\d.e-]+ ms on wasm/);
    expect(summary(await fit(table, options))).toBe(summary(model));
  });
});
