import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RandomStream, Table } from '../../../src/core/index.ts';
import type { GpuDevice, GpuOptions } from '../../../src/evaluation/index.ts';
import { OVERHEAD } from '../../../src/search/device/overhead.ts';
import { decodeState, type FitOptions, fit, type Model } from '../../../src/search/index.ts';
import type { RunState } from '../../../src/search/state/run-state.ts';

/** A machine with a device, by the CPU mode of gpu.js, and what the measurement of a brood says there. */
const machine = vi.hoisted(() => ({
  opened: [] as string[],
  measured: 0,
  share: 0,
  renderer: 'JavaScript',
  isAbsent: false,
  isSlowToStart: false,
}));

vi.mock('../../../src/evaluation/gpu/open-gpu.ts', async (original) => {
  const real = await original<typeof import('../../../src/evaluation/gpu/open-gpu.ts')>();
  const { BackendError } = await import('../../../src/core/index.ts');
  const openGpu = async ({ mode = 'gpu' }: GpuOptions = {}): Promise<GpuDevice> => {
    if (machine.isAbsent) throw new BackendError('missing-device', 'gpu', mode, 'there is no GPU for this run');
    machine.opened.push(mode);
    const device = await real.openGpu({ mode: mode === 'gpu' ? 'cpu' : mode });
    Object.defineProperty(device, 'renderer', { value: machine.renderer });
    return device;
  };
  return { ...real, openGpu };
});

vi.mock('../../../src/search/device/measure-broods.ts', () => ({
  measureBroods: () => {
    machine.measured++;
    const gpuSeconds = machine.isSlowToStart ? Infinity : 0.001;
    return { plan: { share: machine.share }, gpuSeconds, cpuSeconds: 0.01, splitSeconds: 0.002, rows: 1 };
  },
}));

const REAL = { ...OVERHEAD };
beforeEach(() => {
  Object.assign(machine, {
    opened: [],
    measured: 0,
    share: 0,
    renderer: 'JavaScript',
    isAbsent: false,
    isSlowToStart: false,
  });
});
afterEach(() => {
  Object.assign(OVERHEAD, REAL);
  vi.restoreAllMocks();
});

const ROWS = 400;
const random = new RandomStream(4);
const x = Array.from({ length: ROWS }, () => random.normal());
const z = Array.from({ length: ROWS }, () => random.normal());
const y = x.map((value, i) => 2.5 * Math.cos(value) + z[i] ** 2 - 0.5 + 0.3 * random.normal());
const table = Table.from({ x, z, y });

const OPTIONS: FitOptions = {
  target: 'y',
  seed: 3,
  threads: 1,
  device: 'auto',
  brood: 256,
  phases: ['evolve'],
  binaryOperators: ['+', '-', '*'],
  unaryOperators: ['cos'],
  populations: 2,
  ncyclesPerIteration: 3,
  maxEvals: 12_000,
  timeLimit: 1e9,
  patience: 999,
};

/** Laws on all rows after which a run looks for a device: in the midst of an epoch. */
function lookAfter(laws: number, threads = 1): void {
  Object.assign(OVERHEAD, { secondsBefore: (laws * ROWS) / threads, secondsOfRow: 1, secondsOfLaw: 0 });
}

/** A clock that jumps, so that a state is saved wherever one can be. */
function hurry(): void {
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    time += 450;
    return time;
  });
}

const summary = ({ front, evaluations, stoppedBy }: Model) =>
  JSON.stringify({ front: front.map(({ expression, loss }) => [expression, loss]), evaluations, stoppedBy });
const deviceOf = (state: Uint8Array) => (decodeState(state) as RunState).device;
const notes = (model: Model) => model.notes.join('\n');

describe('auto', () => {
  it('opens no device in a run that is over before', async () => {
    const auto = await fit(table, OPTIONS);
    expect(machine.opened).toEqual([]);
    expect(summary(auto)).toBe(summary(await fit(table, { ...OPTIONS, device: 'wasm' })));
    expect(notes(auto)).toContain('the run was over before');
  });

  it.each([1, 2])('where WebAssembly is faster, is the run without a choice, on %i threads', async (threads) => {
    lookAfter(5000, threads);
    const auto = await fit(table, { ...OPTIONS, threads });
    expect(machine).toMatchObject({ opened: ['gpu'], measured: 1 });
    expect(notes(auto)).toMatch(/device: wasm; cpu \(JavaScript\) is no gain: a brood takes 1\.00 ms there, 10\.0 ms/);
    expect(auto.threads).toBe(threads);
    expect(summary(auto)).toBe(summary(await fit(table, { ...OPTIONS, threads, device: 'wasm' })));
  });

  it.each([1, 2])(
    'where a device is faster, goes on there in the midst of an epoch, from %i threads',
    async (threads) => {
      machine.share = 1;
      lookAfter(5000, threads);
      const auto = await fit(table, { ...OPTIONS, threads });
      expect(machine).toMatchObject({ opened: ['gpu'], measured: 1 });
      expect(notes(auto)).toContain('device: cpu (JavaScript); broods are scored there');
      expect(auto.threads).toBe(1);
      expect(auto.evaluations).toBeGreaterThan(11_000);
      expect(auto.evaluations).toBeLessThan(14_000);
      // The rounding of f32 shows in what is bred from it, whatever the threads before.
      lookAfter(5000);
      expect(summary(await fit(table, { ...OPTIONS, threads: 1 }))).toBe(summary(auto));
      expect(summary(auto)).not.toBe(summary(await fit(table, { ...OPTIONS, device: 'wasm' })));
    },
  );

  it('says so where the start of a device took all the time that there was', async () => {
    machine.isSlowToStart = true;
    lookAfter(5000);
    expect(notes(await fit(table, OPTIONS))).toMatch(/device: wasm; cpu .* is no gain: its start alone took/);
  });

  it('goes on without a device where none can be opened', async () => {
    machine.isAbsent = true;
    lookAfter(5000);
    const auto = await fit(table, OPTIONS);
    expect(notes(auto)).toContain('device: wasm; there is no GPU for this run');
    expect(summary(auto)).toBe(summary(await fit(table, { ...OPTIONS, device: 'wasm' })));
  });
});

describe('a saved run', () => {
  async function statesOf(options: FitOptions): Promise<{ whole: Model; states: Uint8Array[] }> {
    const states: Uint8Array[] = [];
    hurry();
    const whole = await fit(table, { ...options, onCheckpoint: (state) => states.push(state) });
    vi.restoreAllMocks();
    return { whole, states };
  }

  it.each([0, 0.5, 1])('goes on where it was, with a share of %d, whatever a measurement now says', async (share) => {
    machine.share = share;
    lookAfter(5000);
    const { whole, states } = await statesOf(OPTIONS);
    expect(summary(whole)).toBe(summary(await fit(table, OPTIONS)));
    const [before, after] = [states.filter((s) => !deviceOf(s)), states.filter((s) => deviceOf(s))];
    expect(before.length).toBeGreaterThan(3);
    expect(after.length).toBeGreaterThan(3);
    expect(deviceOf(after[0])).toMatchObject({ mode: share > 0 ? 'cpu' : 'wasm', plan: { share }, brood: 256 });
    // Before the choice it is still to be made; the same answer leads to the same front.
    for (const resume of [before[0], before[before.length >> 1], before[before.length - 1]]) {
      expect(summary(await fit(table, { ...OPTIONS, resume }))).toBe(summary(whole));
    }
    machine.share = share === 1 ? 0 : 1;
    machine.measured = 0;
    for (const resume of [after[0], after[1], after[after.length >> 1], after[after.length - 1]]) {
      const resumed = await fit(table, { ...OPTIONS, resume });
      expect(summary(resumed)).toBe(summary(whole));
      expect(resumed.notes).toEqual(whole.notes);
    }
    expect(machine.measured).toBe(0);
  });

  it('on a device that is gone is an error that names it, or goes on without where that is asked for', async () => {
    machine.share = 1;
    lookAfter(5000);
    const { states } = await statesOf(OPTIONS);
    const resume = states.find((state) => deviceOf(state)) as Uint8Array;
    machine.isAbsent = true;
    await expect(fit(table, { ...OPTIONS, resume })).rejects.toMatchObject({
      code: 'missing-device',
      message: expect.stringContaining('scored its broods on cpu (JavaScript), which is not here'),
      hint: expect.stringContaining('device "wasm"'),
    });
    const { whole, states: later } = await statesOf({ ...OPTIONS, resume, device: 'wasm' });
    expect(notes(whole)).toContain('the saved run scored its broods on cpu (JavaScript), so the front may differ');
    expect(deviceOf(later[later.length - 1])).toMatchObject({ mode: 'wasm' });
    // From there on it is a run on WebAssembly.
    expect(summary(await fit(table, { ...OPTIONS, resume: later[1] }))).toBe(summary(whole));
  });

  it('on another device of the same mode says so', async () => {
    const options: FitOptions = { ...OPTIONS, device: 'gpu', brood: undefined, maxEvals: 4000 };
    const { whole, states } = await statesOf(options);
    expect(machine.measured).toBe(0);
    const resumed = await fit(table, { ...options, resume: states[1] });
    expect(summary(resumed)).toBe(summary(whole));
    expect(resumed.notes).toEqual(whole.notes);
    machine.renderer = 'another card';
    expect(notes(await fit(table, { ...options, resume: states[1] }))).toContain(
      'device: cpu is now another card, and was JavaScript',
    );
  });

  it('of WebAssembly stays there, and its broods as they were', async () => {
    const options: FitOptions = { ...OPTIONS, device: 'wasm', brood: undefined, maxEvals: 4000 };
    const { whole, states } = await statesOf(options);
    const resumed = await fit(table, { ...options, device: 'gpu', resume: states[1] });
    expect(summary(resumed)).toBe(summary(whole));
    expect(notes(resumed)).toContain('device: wasm, as the saved run had it');
    expect(machine.opened).toEqual([]);
    await expect(fit(table, { ...options, device: 'reference', resume: states[1] })).rejects.toMatchObject({
      code: 'other-run',
    });
  });
});
