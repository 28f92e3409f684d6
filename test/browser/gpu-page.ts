/** What the test of gpu.js in a browser runs inside the page. */
import { BackendError, RandomStream } from '../../src/core/index.ts';
import {
  createAsyncGpuEvaluator,
  createGpuEvaluator,
  createWasmEvaluator,
  type GpuDevice,
  type GpuMode,
  openGpu,
} from '../../src/evaluation/index.ts';
import { ALL_OPERATORS, operatorProgram, randomProgram } from '../evaluation/random-programs.ts';

const LAST_PLACES = 4;
const OPERATORS = ['add', 'sub', 'mul', 'div', 'sin', 'cos', 'exp', 'log', 'sqrt', 'square', 'tanh'];

const evaluatorOn = (device: GpuDevice) =>
  device.mode === 'webgpu' ? createAsyncGpuEvaluator(device) : createGpuEvaluator(device);

/** Opens devices one after another beside one that stays, more than a page may have at once; the losses that are wrong. */
export async function lives(mode: GpuMode, count: number): Promise<number> {
  const program = { ...operatorProgram('neg'), code: Int32Array.of(0) };
  const lossOn = async (device: GpuDevice, value: number): Promise<number> => {
    const evaluator = evaluatorOn(device);
    evaluator.setData({ columns: [Float64Array.of(value)], target: Float64Array.of(0) });
    const [loss] = await evaluator.losses([program], { name: 'L1' });
    evaluator.dispose();
    return loss;
  };
  const first = await openGpu({ mode });
  let wrong = 0;
  for (let life = 1; life <= count; life++) {
    const device = await openGpu({ mode });
    // To compile the kernels takes seconds in software.
    if (life === count && (await lossOn(device, life)) !== life) wrong++;
    device.dispose();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  if ((await lossOn(first, 3)) !== 3) wrong++;
  first.dispose();
  return wrong;
}

export async function judge(mode: GpuMode): Promise<object> {
  const device = await openGpu({ mode });
  const random = new RandomStream(1);
  const column = () => Float64Array.from({ length: 500 }, () => Math.fround(random.normal()));
  const data = { columns: [column(), column()], target: column() };
  const [gpu, cpu] = [evaluatorOn(device), createWasmEvaluator()];
  for (const each of [gpu, cpu]) each.setData(data);
  const batch = Array.from({ length: 400 }, () =>
    randomProgram(random, { nodes: 9, columns: 2, operators: OPERATORS }),
  );
  const expected = cpu.losses(batch, { name: 'L2' });
  const actual = await gpu.losses(batch, { name: 'L2' });
  const { declined } = gpu.counts;
  const finite = [...expected.keys()].filter((i) => Number.isFinite(expected[i]));
  const errors = finite.map((i) => Math.abs(actual[i] / expected[i] - 1)).sort((a, b) => a - b);
  const again = await gpu.losses(batch, { name: 'L2' });
  const operators: string[] = [];
  for (const name of ALL_OPERATORS) if (name !== 'mod' && (await worst(name)) > LAST_PLACES) operators.push(name);

  /** Largest difference of an operator's values from the CPU's, in last places of f32. */
  async function worst(name: string): Promise<number> {
    const program = operatorProgram(name);
    const exact = cpu.values(program).values;
    let error = 0;
    const { values } = await gpu.values(program);
    values.forEach((value, i) => {
      if (!Number.isFinite(exact[i]) || Math.abs(exact[i]) < 1.2e-38) return;
      error = Math.max(error, Math.abs(value - exact[i]) / 2 ** (Math.floor(Math.log2(Math.abs(exact[i]))) - 23));
    });
    return error;
  }

  // WebGPU cannot be asked to lose a device.
  if (mode === 'webgpu') device.dispose();
  else device.lose();
  let afterLoss = 'none';
  try {
    await gpu.losses(batch.slice(0, 5), { name: 'L2' });
  } catch (error) {
    afterLoss = error instanceof BackendError ? error.code : String(error);
  }
  device.dispose();
  const other = await openGpu({ mode });
  const fresh = evaluatorOn(other);
  fresh.setData({ columns: data.columns, target: data.columns[0] });
  const [zero] = await fresh.losses([{ ...operatorProgram('neg'), code: Int32Array.of(0) }], { name: 'L2' });
  other.dispose();
  return {
    mode: device.mode,
    renderer: device.renderer,
    medianError: errors[errors.length >> 1],
    finite: finite.length,
    differing: [...expected.keys()].filter((i) => Number.isFinite(expected[i]) !== Number.isFinite(actual[i])).length,
    declined,
    rerun: again.every((loss, i) => Object.is(loss, actual[i])),
    operators,
    afterLoss,
    reopened: zero,
  };
}
