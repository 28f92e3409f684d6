import { describe, expect, it, vi } from 'vitest';
import { AnsatzError } from '../../../src/core/index.ts';
import { type FrontEntry, fit, OPTION_SCHEMA } from '../../../src/search/index.ts';
import { decodeState, encodeState } from '../../../src/search/state/encode-state.ts';
import type { RunState } from '../../../src/search/state/run-state.ts';
import { madeUp, shortFit, traceOf, WAVY } from './problems.ts';

const EVOLVE = { phases: ['evolve' as const], ncyclesPerIteration: 20, patience: 99 };
const EASY = madeUp({ x: [-2, 3] }, ({ x }) => 2 * x * x + 1);
const frontOf = (front: readonly FrontEntry[]) => front.map((entry) => [entry.expression, entry.loss]);

describe('when a run ends', () => {
  it('niterations', async () => {
    const iterations: number[] = [];
    const onIteration = ({ iteration }: { iteration: number }) => void iterations.push(iteration);
    const model = await shortFit(WAVY, { ...EVOLVE, niterations: 3, maxEvals: undefined, onIteration });
    expect(model.stoppedBy).toBe('iterations');
    expect(iterations).toEqual([1, 2, 3]);
  });

  it('maxEvals', async () => {
    expect((await shortFit(WAVY, { ...EVOLVE, maxEvals: 1500 })).stoppedBy).toBe('max-evals');
  });

  it('timeLimit', async () => {
    const model = await shortFit(WAVY, { ...EVOLVE, maxEvals: undefined, timeLimit: 0.3 });
    expect(model.stoppedBy).toBe('time-limit');
  });

  it('patience', async () => {
    const model = await shortFit(WAVY, { ...EVOLVE, patience: 1, maxEvals: 1e6 });
    expect(model.stoppedBy).toBe('patience');
  });

  it('stopAtLoss, and earlyStopCondition as a number', async () => {
    for (const option of [{ stopAtLoss: 0.3 }, { earlyStopCondition: 0.3 }]) {
      const model = await shortFit(WAVY, { ...EVOLVE, ...option, maxEvals: 1e6 });
      expect(model.stoppedBy).toBe('target-loss');
      expect(model.front.at(-1)!.loss).toBeLessThan(0.3);
    }
    await expect(shortFit(WAVY, { stopAtLoss: 1, earlyStopCondition: 1 })).rejects.toThrow(/the same/);
  });

  it('earlyStopCondition as a function of loss and complexity', async () => {
    const earlyStopCondition = (loss: number, complexity: number) => loss < 0.5 && complexity <= 9;
    const model = await shortFit(WAVY, { ...EVOLVE, earlyStopCondition, maxEvals: 1e6 });
    expect(model.stoppedBy).toBe('early-stop');
    expect(model.front.some((entry) => earlyStopCondition(entry.loss, entry.complexity))).toBe(true);
  });

  it('onIteration returning false, and signal', async () => {
    const model = await shortFit(WAVY, { ...EVOLVE, maxEvals: 1e6, onIteration: ({ iteration }) => iteration < 2 });
    expect(model.stoppedBy).toBe('early-stop');
    const controller = new AbortController();
    const onIteration = () => controller.abort();
    const stopped = await shortFit(WAVY, { ...EVOLVE, maxEvals: 1e6, onIteration, signal: controller.signal });
    expect(stopped.stoppedBy).toBe('cancelled');
  });

  it('onProgress tells of the front', async () => {
    const phases = new Set<string>();
    await shortFit(WAVY, {
      maxEvals: 20_000,
      onProgress: ({ phase, front }) => void (front.length > 0 && phases.add(phase)),
    });
    expect(phases.size).toBeGreaterThan(0);
  });

  it('threads and seed', async () => {
    const one = await shortFit(WAVY, { ...EVOLVE, threads: 1 });
    expect(one.threads).toBe(1);
    expect(one.seed).toBe(3);
    const two = await shortFit(WAVY, { ...EVOLVE, threads: 2 });
    expect(two.threads).toBe(2);
    expect(frontOf(two.front)).toEqual(frontOf(one.front));
  });
});

describe('what a run starts from', () => {
  const law = 'sin(2 * x) * exp(y / -2) + y / (1 + x^2)';

  it('guesses', async () => {
    const model = await shortFit(WAVY, { ...EVOLVE, maxEvals: 400, guesses: [law] });
    expect(model.front.at(-1)!.loss).toBeLessThan(0.005);
    const without = await shortFit(WAVY, { ...EVOLVE, maxEvals: 400 });
    expect(without.front.at(-1)!.loss).toBeGreaterThan(0.1);
    await expect(shortFit(WAVY, { guesses: ['x +'] })).rejects.toThrow(/ends too early/);
    await expect(shortFit(WAVY, { guesses: ['x + z'] })).rejects.toThrow(/unknown variable "z"/);
  });

  it('a guess that is not finite is left out and said so', async () => {
    const model = await shortFit(WAVY, { maxEvals: 300, guesses: ['log(-x)'] });
    expect(model.notes.join()).toMatch(/guess is not finite/);
  });

  it('warmStart', async () => {
    const first = await shortFit(WAVY, { ...EVOLVE, maxEvals: 20_000 });
    const second = await shortFit(WAVY, { ...EVOLVE, maxEvals: 400, seed: 9, warmStart: first });
    expect(second.front.at(-1)!.loss).toBeLessThanOrEqual(first.front.at(-1)!.loss * 1.01);
    const fromRecord = await shortFit(WAVY, { ...EVOLVE, maxEvals: 400, seed: 9, warmStart: first.toJSON() });
    expect(traceOf(fromRecord)).toBe(traceOf(second));
  });
});

describe('resume', () => {
  it.each([1, 2])('from any saved state, on %i threads, to the front of the whole run', async (threads) => {
    const options = {
      target: 't',
      seed: 5,
      threads,
      maxEvals: 150_000,
      timeLimit: 300,
      patience: 99,
      unaryOperators: ['sin', 'exp'],
    };
    const states: Uint8Array[] = [];
    const whole = await fit(WAVY, { ...options, onCheckpoint: (state) => states.push(state) });
    // The first is written at once, the others by the clock.
    expect(states.length).toBeGreaterThan(1);
    for (const state of [states[0], states[Math.floor(states.length / 2)], states[states.length - 1]]) {
      const again = await fit(WAVY, { ...options, threads: 3 - threads, resume: state });
      expect(again.evaluations).toBe(whole.evaluations);
      expect(frontOf(again.front)).toEqual(frontOf(whole.front));
    }
  });

  it('inside the refit of a batch on all rows', async () => {
    const table = madeUp(
      { x: [0.5, 4], y: [0.5, 4] },
      ({ x, y }, random) => Math.sin(2 * x) * Math.exp(-y / 2) + y / (1 + x * x) + 0.05 * random.normal(),
      400_000,
    );
    const options = { maxEvals: 1500, unaryOperators: ['exp', 'sin'], timeLimit: 1e9 };
    const states: Uint8Array[] = [];
    // A clock that jumps, so that a state is saved wherever one can be, however fast the machine.
    let time = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      time += 450;
      return time;
    });
    const whole = await shortFit(table, { ...options, onCheckpoint: (state) => states.push(state) });
    clock.mockRestore();
    const inside = states.filter((state) => (decodeState(state) as RunState).rescore !== undefined);
    expect(inside.length).toBeGreaterThan(0);
    const again = await shortFit(table, { ...options, resume: inside[Math.floor(inside.length / 2)] });
    expect(traceOf(again)).toBe(traceOf(whole));
  });

  it('a cancelled run goes on as if it had not been', async () => {
    const options = { ...EVOLVE, target: 't', seed: 5, threads: 1, maxEvals: 20_000, timeLimit: 300 };
    const whole = await fit(WAVY, options);
    const controller = new AbortController();
    let last: Uint8Array | undefined;
    const stopped = await fit(WAVY, {
      ...options,
      signal: controller.signal,
      onCheckpoint: (state) => {
        last = state;
      },
      onIteration: ({ iteration }) => {
        if (iteration === 6) setTimeout(() => controller.abort(), 5);
      },
    });
    expect(stopped.stoppedBy).toBe('cancelled');
    const again = await fit(WAVY, { ...options, resume: last });
    expect(frontOf(again.front)).toEqual(frontOf(whole.front));
  });

  it('states of other runs and damaged ones are refused', async () => {
    const states: Uint8Array[] = [];
    const options = { maxEvals: 30_000, onCheckpoint: (state: Uint8Array) => states.push(state) };
    await shortFit(WAVY, { ...options, ...EVOLVE });
    const [state] = states;
    await expect(shortFit(EASY, { ...EVOLVE, resume: state })).rejects.toThrow(/other data or options/);
    await expect(shortFit(WAVY, { ...EVOLVE, maxSize: 7, resume: state })).rejects.toThrow(/other data or options/);
    await expect(shortFit(WAVY, { ...EVOLVE, resume: state.slice(0, -9) })).rejects.toThrow(/checksum/);
    await expect(shortFit(WAVY, { ...EVOLVE, resume: Uint8Array.of(1, 2) })).rejects.toThrow(/too short/);
  });

  it('a state is plain data, any change of which is noticed', () => {
    const state = { a: [1, Infinity, 'x'], b: Float64Array.of(1, NaN, -0), c: { d: new Float64Array(0) } };
    const bytes = encodeState(state);
    expect(decodeState(bytes)).toEqual(state);
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice();
      damaged[at] ^= 4;
      expect(() => decodeState(damaged)).toThrow(AnsatzError);
    }
  });
});

describe('every option has a test', () => {
  it('by its name, in this folder or its neighbours', async () => {
    const { readdirSync, readFileSync } = await import('node:fs');
    const folders = ['test/search/vocabulary', 'test/search', 'test/search/template', 'test/search/device'];
    const files = folders.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`));
    const text = files
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const absent = Object.keys(OPTION_SCHEMA.shape).filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
    expect(absent).toEqual([]);
  });
});
