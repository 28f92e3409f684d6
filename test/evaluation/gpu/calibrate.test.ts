import { afterAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  type CalibrationLimits,
  calibrate,
  createGpuEvaluator,
  createWasmEvaluator,
  type Loss,
  openGpu,
  type Program,
  splitLosses,
} from '../../../src/evaluation/index.ts';
import { randomProgram } from '../random-programs.ts';

const L2: Loss = { name: 'L2' };
const device = await openGpu({ mode: 'cpu' });
afterAll(() => device.dispose());

function pair() {
  const random = new RandomStream(3);
  const column = () => Float64Array.from({ length: 64 }, () => random.normal());
  const data = { columns: [column(), column()], target: column() };
  const [gpu, cpu] = [createGpuEvaluator(device), createWasmEvaluator()];
  for (const each of [gpu, cpu]) each.setData(data);
  const operators = ['add', 'sub', 'mul', 'sin', 'square'];
  const programs = Array.from({ length: 40 }, () => randomProgram(random, { nodes: 9, columns: 2, operators }));
  return { gpu, cpu, programs };
}

describe('a population on two back-ends', () => {
  it('has the losses of one, the first part on the device', () => {
    const { gpu, cpu, programs } = pair();
    const exact = cpu.losses(programs, L2);
    const single = gpu.losses(programs, L2);
    for (const share of [0, 0.3, 0.5, 1]) {
      const losses = splitLosses(gpu, cpu, { share }, programs, L2);
      const first = Math.round(share * programs.length);
      expect([...losses.slice(0, first)]).toEqual([...single.slice(0, first)]);
      expect([...losses.slice(first)]).toEqual([...exact.slice(first)]);
    }
    expect(splitLosses(gpu, cpu, { share: 0.5 }, [], L2)).toHaveLength(0);
  });

  interface Speeds {
    /** Seconds of a program on all rows, and of the start of a dispatch. */
    readonly gpu: number;
    readonly cpu: number;
    readonly start?: number;
  }

  /** A calibration by a clock that the work itself moves, and the seconds that it took. */
  function calibrated({ gpu: gpuSeconds, cpu: cpuSeconds, start = 0 }: Speeds, limits: CalibrationLimits = {}) {
    const { gpu, cpu, programs } = pair();
    let time = 0;
    let onDevice = 0;
    const share = (rows: number | undefined): number => (limits.rows && rows ? rows / limits.rows : 1);
    const onGpu = (given: readonly Program[], rows?: number): number => start + gpuSeconds * given.length * share(rows);
    const within = (rows: number | undefined): number | undefined => (rows === undefined ? undefined : 1);
    const timedGpu = {
      ...gpu,
      losses: (given: readonly Program[], _: Loss, rows?: number) => {
        time += onGpu(given, rows);
        return gpu.losses(given, L2, within(rows));
      },
      begin: (given: readonly Program[], _: Loss, rows?: number) => {
        onDevice = time + onGpu(given, rows);
        const wait = gpu.begin(given, L2, within(rows));
        return () => {
          time = Math.max(time, onDevice);
          return wait();
        };
      },
    };
    const timedCpu = {
      losses: (given: readonly Program[], _: Loss, rows?: number) => {
        time += cpuSeconds * given.length * share(rows);
        return cpu.losses(given, L2, within(rows));
      },
    };
    const calibration = calibrate(timedGpu as never, timedCpu, programs, L2, () => time, limits);
    return { ...calibration, time, programs: programs.length };
  }
  const planWith = (gpu: number, cpu: number): number => calibrated({ gpu, cpu }).plan.share;

  it('goes where it is faster, and over both where both are fast', () => {
    expect(planWith(1, 0.001)).toBe(0);
    expect(planWith(0.001, 1)).toBeGreaterThan(0.95);
    const even = planWith(1, 1);
    expect(even).toBeCloseTo(0.5, 1);
    expect(planWith(1, 3)).toBeCloseTo(0.75, 1);
  });

  it('stays on the CPU where a device gains less than its twentieth part', () => {
    expect(planWith(30, 1)).toBe(0);
  });

  const ROWS = 1e6;

  it('finds out what is no gain on few of many rows', () => {
    // A graphics driver without graphics: the whole population would take it 156 times as long as the CPU.
    const { plan, time, programs, rows } = calibrated({ gpu: 156, cpu: 1, start: 0.5 }, { rows: ROWS });
    expect(plan.share).toBe(0);
    expect(rows).toBeLessThan(ROWS / 100);
    expect(time).toBeLessThan(programs * 156 * 0.05);
  });

  it('is not deceived by the start of a device that has too little to do', () => {
    // Its start takes as long as a tenth of the population on the CPU.
    const { plan, programs } = calibrated({ gpu: 0.01, cpu: 1, start: 4 }, { rows: ROWS });
    expect(plan.share).toBeGreaterThan(0.9);
    // Fewer programs than those that the CPU has done by then are left to it.
    expect(programs).toBe(40);
    expect(plan.least).toBe(5);
  });

  it('ends in the time that it is given', () => {
    const whole = calibrated({ gpu: 0.1, cpu: 1 }, { rows: ROWS });
    expect(whole.rows).toBe(ROWS);
    for (const mostSeconds of [20, 5, 1, 0.1]) {
      const { time, plan, rows } = calibrated({ gpu: 0.1, cpu: 1 }, { rows: ROWS, mostSeconds });
      expect(time).toBeLessThan(1.5 * mostSeconds);
      expect(plan.share === 0 || (rows as number) < ROWS).toBe(true);
    }
    const none = calibrated({ gpu: 0.1, cpu: 1 }, { rows: ROWS, mostSeconds: 0 });
    expect(none).toMatchObject({ plan: { share: 0 }, gpuSeconds: Infinity });
  });
});

it('few programs are left to the CPU by the plan', () => {
  const { gpu, cpu, programs } = pair();
  const plan = { share: 1, least: 10 };
  const [few, many] = [programs.slice(0, 9), programs.slice(0, 10)];
  expect(splitLosses(gpu, cpu, plan, few, L2)).toEqual(cpu.losses(few, L2));
  expect(splitLosses(gpu, cpu, plan, many, L2)).toEqual(gpu.losses(many, L2));
  expect(gpu.losses(many, L2)).not.toEqual(cpu.losses(many, L2));
});
