import { afterAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
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

  /** Seconds of a program on each back-end, as a clock that the work itself moves. */
  function planWith(gpuSeconds: number, cpuSeconds: number): number {
    const { gpu, cpu, programs } = pair();
    let time = 0;
    let onDevice = 0;
    const timedGpu = {
      ...gpu,
      losses: (given: readonly Program[]) => {
        time += gpuSeconds * given.length;
        return gpu.losses(given, L2);
      },
      begin: (given: readonly Program[]) => {
        onDevice = time + gpuSeconds * given.length;
        const wait = gpu.begin(given, L2);
        return () => {
          time = Math.max(time, onDevice);
          return wait();
        };
      },
    };
    const timedCpu = {
      losses: (given: readonly Program[]) => {
        time += cpuSeconds * given.length;
        return cpu.losses(given, L2);
      },
    };
    return calibrate(timedGpu as never, timedCpu, programs, L2, () => time).plan.share;
  }

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
});
