import { afterAll, describe, expect, it, vi } from 'vitest';
import { BackendError, RandomStream } from '../../../src/core/index.ts';
import { assertKernel } from '../../../src/evaluation/gpu/open-gpu.ts';
import {
  compile,
  createGpuEvaluator,
  createWasmEvaluator,
  GPU_MODES,
  type GpuDevice,
  openGpu,
} from '../../../src/evaluation/index.ts';
import { parse } from '../../../src/expressions/index.ts';
import { operatorProgram, randomProgram } from '../random-programs.ts';

const SEED = 7;
const COLUMNS = new Map([
  ['x', 0],
  ['y', 1],
]);
const program = (text: string) => compile(parse(text), COLUMNS);

function contextOf(device: GpuDevice): WebGLRenderingContext {
  return (device as unknown as { gpu: { context: WebGLRenderingContext } }).gpu.context;
}

async function devices(): Promise<GpuDevice[]> {
  const open: GpuDevice[] = [];
  for (const { mode, isGraphics } of GPU_MODES) {
    try {
      open.push(await openGpu({ mode }));
    } catch (error) {
      if (!isGraphics) throw error;
    }
  }
  return open;
}

const DEVICES = await devices();
afterAll(() => {
  for (const device of DEVICES) device.dispose();
});

function table(rows: number) {
  const random = new RandomStream(SEED);
  const column = () => Float64Array.from({ length: rows }, () => random.normal());
  return { columns: [column(), column()], target: column() };
}

it('a device of CI has the graphics that CI asked for', () => {
  if (process.env.ANSATZ_GL) expect(DEVICES.map(({ mode }) => mode)).toContain('headlessgl');
});

describe.each(DEVICES.map((device) => [device.mode, device] as const))('on %s', (mode, device) => {
  it('reports the mode that was asked for and what runs it', () => {
    expect(device.mode).toBe(mode);
    expect(device.renderer).not.toBe('');
    expect(createGpuEvaluator(device).capabilities.name).toBe(`gpu (${mode})`);
  });

  it('evaluates what is in its range itself, and leaves the rest to the CPU', () => {
    const evaluator = createGpuEvaluator(device);
    evaluator.setData(table(500));
    const usual = ['x * y + 2', 'sin(3 * x) / (2 + cos(y))', 'exp(-(x^2)) * tanh(y)', 'sqrt(1 + x^2)', 'log(x^2 + 1)'];
    const losses = evaluator.losses(usual.map(program), { name: 'L2' });
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(evaluator.counts).toEqual({ device: usual.length, declined: 0 });
    const odd = ['log(x)', '1 / (x - x)', 'gamma(1 + x^2)', '1 / exp(200 + x)'];
    const settled = evaluator.losses(odd.map(program), { name: 'L2' });
    expect(evaluator.counts).toEqual({ device: 0, declined: odd.length });
    expect([...settled].map(Number.isFinite)).toEqual([false, false, true, true]);
  });

  it('never calls finite what is not, at any row of a long table', () => {
    const rows = 1201;
    const evaluator = createGpuEvaluator(device);
    for (const bad of [0, 3, 31, 32, 599, 1199, 1200]) {
      const x = Float64Array.from({ length: rows }, (_, i) => (i === bad ? 0 : 1 + (i % 7)));
      evaluator.setData({ columns: [x, x], target: x });
      const inverse = program('1 / x + 1 / (1 / y)');
      expect(evaluator.losses([inverse], { name: 'L2' })[0]).toBeNaN();
      expect(evaluator.values(inverse).finite).toBe(false);
      expect(Number.isFinite(evaluator.losses([inverse], { name: 'L2' }, bad)[0])).toBe(bad > 0);
    }
  });

  it('adds small losses to large ones: the sum of many like terms has the last places of f32', () => {
    const rows = 200_000;
    const x = new Float64Array(rows).fill(0.1);
    const evaluator = createGpuEvaluator(device);
    evaluator.setData({ columns: [x, x], target: new Float64Array(rows) });
    const loss = evaluator.losses([program('x')], { name: 'L1' })[0];
    expect(Math.abs(loss / Math.fround(0.1) - 1)).toBeLessThan(2 ** -23);
  });

  it('keeps its data on the device, and compiles nothing for a formula', () => {
    const evaluator = createGpuEvaluator(device);
    evaluator.setData(table(100));
    evaluator.losses([program('x'), program('sin(x)')], { name: 'L2' });
    const upload = vi.spyOn(device, 'upload');
    const compiled = device.isGraphics ? vi.spyOn(contextOf(device), 'createProgram') : undefined;
    for (const text of ['x + y', 'x * y - 0.5', 'cos(x) / (2 + y^2)', 'tanh(x * y)']) {
      evaluator.losses([program(text)], { name: 'L1' });
      evaluator.losses([program(text), program('y')], { name: 'Huber' }, 50);
    }
    expect(upload).toHaveBeenCalledTimes(0);
    expect(compiled?.mock.calls ?? []).toEqual([]);
    evaluator.updateColumn(0, new Float64Array(100));
    for (let i = 0; i < 3; i++) evaluator.losses([program('x')], { name: 'L2' });
    expect(upload).toHaveBeenCalledTimes(1);
    upload.mockRestore();
    compiled?.mockRestore();
    evaluator.dispose();
  });

  it('two evaluators at once keep their own data', () => {
    const [one, two] = [createGpuEvaluator(device), createGpuEvaluator(device)];
    const constant = (value: number, rows: number) => new Float64Array(rows).fill(value);
    one.setData({ columns: [constant(1, 10), constant(2, 10)], target: constant(0, 10) });
    two.setData({ columns: [constant(3, 50), constant(4, 50)], target: constant(0, 50) });
    for (let i = 0; i < 3; i++) {
      expect(one.losses([program('x + y')], { name: 'L2' })[0]).toBe(9);
      expect(two.losses([program('x + y')], { name: 'L2' })[0]).toBe(49);
    }
    one.dispose();
    expect(two.losses([program('x * y')], { name: 'L2' })[0]).toBe(144);
  });

  it('gives the same losses in any batch and in every run', () => {
    const random = new RandomStream(SEED);
    const operators = ['add', 'sub', 'mul', 'sin', 'exp', 'square', 'div'];
    const batch = Array.from({ length: 200 }, () => randomProgram(random, { nodes: 11, columns: 2, operators }));
    const run = (programs: typeof batch): Float64Array => {
      const evaluator = createGpuEvaluator(device);
      evaluator.setData(table(333));
      return evaluator.losses(programs, { name: 'L2' });
    };
    const losses = run(batch);
    expect(run(batch)).toEqual(losses);
    expect(run([...batch].reverse()).reverse()).toEqual(losses);
    expect(run(batch.slice(60, 61))[0]).toEqual(losses[60]);
  });

  it('agrees with the CPU within the rounding of f32', () => {
    const random = new RandomStream(SEED);
    const operators = ['add', 'sub', 'mul', 'sin', 'cos', 'tanh', 'exp', 'square', 'atan'];
    const batch = Array.from({ length: 300 }, () => randomProgram(random, { nodes: 9, columns: 2, operators }));
    const [gpu, cpu] = [createGpuEvaluator(device), createWasmEvaluator()];
    for (const each of [gpu, cpu]) each.setData(table(400));
    const expected = cpu.losses(batch, { name: 'L2' });
    const actual = gpu.losses(batch, { name: 'L2' });
    const errors = Array.from(expected, (value, i) => Math.abs(actual[i] / value - 1)).filter(Number.isFinite);
    errors.sort((a, b) => a - b);
    expect(errors.length).toBeGreaterThan(200);
    expect(errors[errors.length >> 1]).toBeLessThan(1e-6);
    expect(errors[Math.floor(0.9 * errors.length)]).toBeLessThan(1e-4);
  });

  it('refuses a table that it cannot address, by name', () => {
    const evaluator = createGpuEvaluator(device);
    const rows = 2 ** 22;
    const column = new Float64Array(rows);
    const error = (() => {
      try {
        evaluator.setData({ columns: [column, column, column], target: column });
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(BackendError);
    expect((error as BackendError).code).toBe('too-many-rows');
    expect((error as BackendError).hint).toContain('wasm');
    // The largest table that it takes is read to its last row.
    const most = 2 ** 22 - 1;
    const x = new Float64Array(most);
    x[most - 1] = 1;
    evaluator.setData({ columns: [x, new Float64Array(most)], target: new Float64Array(most) });
    expect(evaluator.losses([program('x')], { name: 'chi2' })[0]).toBe(1);
    evaluator.dispose();
  });

  it('takes programs deeper and longer than its kernels', () => {
    const deep = (levels: number): string =>
      levels === 0 ? 'sin(x * y)' : `(${deep(levels - 1)} - ${deep(levels - 1)} * 0.5)`;
    const [gpu, cpu] = [createGpuEvaluator(device), createWasmEvaluator()];
    for (const each of [gpu, cpu]) each.setData(table(20));
    const programs = [3, 6, 8].map((levels) => program(deep(levels)));
    const expected = cpu.losses(programs, { name: 'L2' });
    gpu.losses(programs, { name: 'L2' }).forEach((loss, i) => {
      expect(Math.abs(loss / expected[i] - 1)).toBeLessThan(1e-4);
    });
    expect(gpu.counts.device).toBe(2);
  });

  it('opens and closes again and again', async () => {
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 12; i++) {
      const other = await openGpu({ mode: device.mode });
      const evaluator = createGpuEvaluator(other);
      evaluator.setData({ columns: [Float64Array.of(i)], target: Float64Array.of(i + 1) });
      expect(evaluator.losses([operatorProgram('neg')], { name: 'L2' })[0]).toBe((2 * i + 1) ** 2);
      evaluator.dispose();
      other.dispose();
      expect(() => other.check()).toThrow(BackendError);
    }
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(400);
  });

  it('says so when the device is gone', async () => {
    const other = await openGpu({ mode: device.mode });
    const evaluator = createGpuEvaluator(other);
    evaluator.setData(table(10));
    other.dispose();
    expect(() => evaluator.losses([program('x')], { name: 'L2' })).toThrow(/disposed/);
  });

  it('says so when the driver took the device away', async () => {
    if (!device.isGraphics) return;
    const other = await openGpu({ mode: device.mode });
    const evaluator = createGpuEvaluator(other);
    evaluator.setData(table(10));
    expect(evaluator.losses([program('x')], { name: 'L2' })[0]).toBeGreaterThan(0);
    const lost = vi.spyOn(contextOf(other), 'isContextLost').mockReturnValue(true);
    for (const call of [
      () => evaluator.losses([program('x')], { name: 'L2' }),
      () => evaluator.values(program('x + y')),
    ]) {
      expect(call).toThrow(expect.objectContaining({ code: 'context-lost', message: expect.stringMatching(/took/) }));
    }
    // The CPU has the data still, and so has every other device.
    expect(evaluator.loss(program('x'), new Float64Array(0), { name: 'L2' })).toBeGreaterThan(0);
    lost.mockRestore();
    other.dispose();
  });

  it('says so when the data do not fit, or what is made of them', async () => {
    if (!device.isGraphics) return;
    const other = await openGpu({ mode: device.mode });
    const context = contextOf(other);
    const error = vi.spyOn(context, 'getError').mockReturnValue(context.OUT_OF_MEMORY);
    const evaluator = createGpuEvaluator(other);
    evaluator.setData(table(10));
    const call = () => evaluator.losses([program('x')], { name: 'L2' });
    expect(call).toThrow(/do not fit into the memory of the GPU/);
    error.mockRestore();
    const expected = call();
    const later = vi.spyOn(context, 'getError').mockReturnValue(context.OUT_OF_MEMORY);
    for (const each of [call, () => evaluator.values(program('x'))]) {
      expect(each).toThrow(expect.objectContaining({ code: 'out-of-memory' }));
    }
    later.mockRestore();
    expect(call()).toEqual(expected);
    other.dispose();
  });

  it('evaluates more programs than a texture has columns, and a table wider than that', () => {
    const count = 16_384 + 3;
    const [gpu, cpu] = [createGpuEvaluator(device), createWasmEvaluator()];
    for (const each of [gpu, cpu]) each.setData(table(3));
    const some = ['x', 'x + y', 'x * y', 'x - 2 * y'].map(program);
    const many = Array.from({ length: count }, (_, i) => some[i % some.length]);
    const losses = gpu.losses(many, { name: 'L2' });
    expect(gpu.counts.device).toBe(count);
    const expected = cpu.losses(some, { name: 'L2' });
    const errors = losses.map((loss, i) => Math.abs(loss / expected[i % some.length] - 1));
    expect(Math.max(...errors)).toBeLessThan(1e-6);
    const columns = Array.from({ length: count }, (_, i) => Float64Array.of(i));
    gpu.setData({ columns, target: Float64Array.of(0) });
    const last = { ...program('x'), code: Int32Array.of((count - 1) << 8) };
    expect(gpu.losses([last], { name: 'L1' })[0]).toBe(count - 1);
    gpu.dispose();
  });

  it('is out of use once gpu.js has failed in the midst of a run', async () => {
    const other = await openGpu({ mode: device.mode });
    const evaluator = createGpuEvaluator(other);
    evaluator.setData(table(10));
    const call = () => evaluator.losses([program('x')], { name: 'L2' });
    expect(call()[0]).toBeGreaterThan(0);
    const reduce = vi.spyOn(other, 'reduce').mockReturnValue({
      setOutput: () => () => {
        throw new Error('no such texture');
      },
    } as never);
    expect(call).toThrow(
      expect.objectContaining({ code: 'device-failed', message: expect.stringContaining('no such texture') }),
    );
    reduce.mockRestore();
    // What was left in its kernels could pass for an answer.
    expect(call).toThrow(expect.objectContaining({ code: 'device-failed' }));
    other.dispose();
  });

  it('keeps to the textures of a small device', () => {
    const small = createGpuEvaluator(
      new Proxy(device, {
        get: (target, key) => {
          const value = key === 'maxTextureSize' ? 64 : Reflect.get(target, key, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      }),
    );
    expect(() => small.setData(table(1025))).toThrow(/1025 rows of 2 columns .*\(4096\)/);
    small.setData(table(1024));
    expect(small.losses([program('x + y')], { name: 'L2' })[0]).toBeGreaterThan(0);
    small.dispose();
  });

  it('takes no other kernel than that of its mode', () => {
    const impostor = { kernel: { constructor: { name: 'OtherKernel' }, fallbackReason: 'no context' } };
    expect(() => assertKernel(impostor as never, device.mode)).toThrow(/fell back from .* to OtherKernel: no context/);
  });
});

describe('a device that is not here', () => {
  it('is an error that names the reason and the mend', async () => {
    await expect(openGpu({ mode: 'webgl2' })).rejects.toMatchObject({
      code: 'missing-device',
      message: expect.stringContaining('webgl2'),
      hint: expect.stringContaining('wasm'),
    });
  });

  it('is an error where gpu.js is not installed', async () => {
    vi.resetModules();
    vi.doMock('gpu.js', () => {
      throw new Error("Cannot find package 'gpu.js'");
    });
    const { loadGpuLibrary } = await import('../../../src/evaluation/gpu/load-gpu.ts');
    await expect(loadGpuLibrary()).rejects.toMatchObject({
      code: 'missing-package',
      hint: 'npm install gpu.js@2.24.1',
    });
    vi.doUnmock('gpu.js');
  });
});
