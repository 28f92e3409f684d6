import { BackendError } from '../../core/index.ts';
import type {
  Capabilities,
  EvaluationData,
  Jacobian,
  LocalEvaluator,
  Loss,
  Losses,
  NormalEquations,
  Values,
} from '../contract.ts';
import { checkedRows, checkUpdate, missingTarget, prefixOf } from '../data.ts';
import { checkedDelta, LOSS_KINDS, LOSS_NAMES, LOSSES } from '../losses.ts';
import type { Program } from '../program.ts';
import { KernelMemory } from './kernel-memory.ts';
import { instantiateKernel, type KernelExports, wasmKernel } from './kernel-module.ts';

export interface WasmEvaluatorOptions {
  /**
   * 64 (default), or 32: `losses` and `values` in f32, about twice as fast. `loss`, `jacobian` and
   * `normalEquations` are in f64 at either precision, so that a fit converges.
   */
  readonly precision?: 32 | 64;
  /** A module from `loadWasmKernel`; compiled on the spot when absent. */
  readonly module?: WebAssembly.Module;
}

/** Bytes of a memory that is not kept for small data. */
const LARGE = 2 ** 26;
/** Rows of one values or Jacobian call into the kernel; a multiple of both tile heights. */
const CHUNK = 4096;

class WasmEvaluator implements LocalEvaluator {
  readonly capabilities: Capabilities;
  private readonly single: boolean;
  private readonly module: WebAssembly.Module;
  private kernel: KernelExports;
  private memory: KernelMemory;
  private rows = 0;
  private columnCount = 0;
  private hasTarget = false;
  private weights: Float64Array | undefined;
  private divisorRows = -1;
  private divisor = 0;

  constructor(options: WasmEvaluatorOptions) {
    this.single = options.precision === 32;
    this.capabilities = {
      name: 'wasm',
      precision: options.precision ?? 64,
      absent: new Set(),
      losses: LOSS_NAMES,
      maxRows: 2 ** 27,
      maxStackDepth: 4096,
      maxParameters: 1024,
      keepsSubnormals: true,
    };
    this.module = options.module ?? wasmKernel();
    this.kernel = instantiateKernel(this.module);
    this.memory = new KernelMemory(this.kernel, 'wasm');
  }

  setData(data: EvaluationData): void {
    const rows = checkedRows(data, this.capabilities);
    const cells = rows * (data.columns.length + 2);
    if (this.memory.f64.byteLength > LARGE && 16 * cells < this.memory.f64.byteLength / 4) this.dispose();
    this.memory.setData(data, rows, this.single);
    this.rows = rows;
    this.columnCount = data.columns.length;
    this.hasTarget = data.target !== undefined;
    this.weights = data.weights?.slice();
    this.divisorRows = -1;
  }

  updateColumn(index: number, values: Float64Array): void {
    checkUpdate(index, values, this.columnCount, this.rows);
    this.memory.updateColumn(index, values, this.rows, this.single);
  }

  losses(programs: readonly Program[], loss: Loss, rows?: number): Losses {
    const count = this.lossRows(rows);
    const delta = checkedDelta(loss);
    const divisor = this.divisorOf(loss, count);
    const kind = LOSS_KINDS[loss.name];
    const losses = new Float64Array(programs.length);
    const { memory } = this;
    for (let first = 0; first < programs.length; ) {
      let bytes = 0;
      let words = 0;
      let last = first;
      while (last < programs.length) {
        const size = 8 + KernelMemory.packedBytes(programs[last]);
        if (last > first && bytes + size > memory.fitsInOneCall) break;
        bytes += size;
        words = Math.max(words, this.checked(programs[last]).code.length);
        last++;
      }
      memory.ensure(bytes, this.kernel.planBytes(words));
      const out = memory.packed;
      const start = out + 8 * (last - first);
      let at = start;
      for (let i = first; i < last; i++) at = memory.pack(programs[i], programs[i].constants, at);
      const run = this.single ? this.kernel.losses32 : this.kernel.losses64;
      run(start, last - first, count, kind, delta, divisor, out);
      losses.set(memory.f64.subarray(out / 8, out / 8 + last - first), first);
      first = last;
    }
    return losses;
  }

  loss(program: Program, constants: Float64Array, loss: Loss, rows?: number): number {
    const count = this.lossRows(rows);
    const delta = checkedDelta(loss);
    const out = this.packOne(program, constants, 0, this.kernel.planBytes(program.code.length));
    this.kernel.losses64(out + 8, 1, count, LOSS_KINDS[loss.name], delta, this.divisorOf(loss, count), out);
    return finiteOrNaN(this.memory.f64[out / 8]);
  }

  values(program: Program, rows?: number): Values {
    const count = prefixOf(rows, this.rows);
    const values = new Float64Array(count);
    const out = this.packOne(program, program.constants, 8 * CHUNK, this.kernel.planBytes(program.code.length));
    const { memory, kernel, single } = this;
    const buffer = out + 8 + KernelMemory.packedBytes(program);
    let finite = true;
    for (let row = 0; row < count; row += CHUNK) {
      const size = Math.min(CHUNK, count - row);
      const run = single ? kernel.values32 : kernel.values64;
      if (run(out + 8, row, size, buffer) === 0) finite = false;
      if (single) values.set(memory.f32.subarray(buffer / 4, buffer / 4 + size), row);
      else values.set(memory.f64.subarray(buffer / 8, buffer / 8 + size), row);
    }
    return { values, finite };
  }

  jacobian(program: Program, rows?: number): Jacobian {
    const count = prefixOf(rows, this.rows);
    const { parameters } = program;
    const values = new Float64Array(count);
    const jacobian = new Float64Array(parameters * count);
    const { memory, kernel } = this;
    const scratch = kernel.gradientBytes(program.code.length, parameters);
    const out = this.packOne(program, program.constants, 8 * CHUNK * (parameters + 1), scratch);
    const buffer = out + 8 + KernelMemory.packedBytes(program);
    const columns = buffer + 8 * CHUNK;
    let finite = true;
    for (let row = 0; row < count; row += CHUNK) {
      const size = Math.min(CHUNK, count - row);
      if (kernel.jacobian64(out + 8, row, size, buffer, columns, 8 * CHUNK) === 0) finite = false;
      values.set(memory.f64.subarray(buffer / 8, buffer / 8 + size), row);
      for (let k = 0; k < parameters; k++) {
        const start = columns / 8 + k * CHUNK;
        jacobian.set(memory.f64.subarray(start, start + size), k * count + row);
      }
    }
    return { values, finite, jacobian };
  }

  normalEquations(program: Program, constants: Float64Array, loss: Loss, out: NormalEquations, rows?: number): number {
    const count = this.lossRows(rows);
    const delta = checkedDelta(loss);
    const { parameters } = program;
    const { memory, kernel } = this;
    const squared = parameters * parameters;
    const scratch = kernel.gradientBytes(program.code.length, parameters);
    const start = this.packOne(program, constants, 8 * (squared + parameters), scratch);
    const hessian = start + 8 + KernelMemory.packedBytes(program);
    const gradient = hessian + 8 * squared;
    const sum = kernel.normal64(start + 8, count, LOSS_KINDS[loss.name], delta, hessian, gradient);
    const { f64 } = memory;
    for (let i = 0; i < squared; i++) out.hessian[i] = f64[hessian / 8 + i];
    for (let i = 0; i < parameters; i++) out.gradient[i] = f64[gradient / 8 + i];
    return finiteOrNaN(sum / this.divisorOf(loss, count));
  }

  /** A memory never shrinks: the instance is replaced by a small one. */
  dispose(): void {
    this.kernel = instantiateKernel(this.module);
    this.memory = new KernelMemory(this.kernel, 'wasm');
    this.rows = 0;
    this.columnCount = 0;
    this.hasTarget = false;
    this.weights = undefined;
    this.divisorRows = -1;
  }

  /** Packs one program after 8 bytes for a result, with `room` more bytes behind it. */
  private packOne(program: Program, constants: Float64Array, room: number, scratch: number): number {
    const { memory } = this;
    this.checked(program);
    memory.ensure(8 + KernelMemory.packedBytes(program) + room, scratch);
    memory.pack(program, constants, memory.packed + 8);
    return memory.packed;
  }

  private lossRows(rows: number | undefined): number {
    if (!this.hasTarget) missingTarget();
    return prefixOf(rows, this.rows);
  }

  /** Sum of the weights of the rows, or 1 for chi2. */
  private divisorOf(loss: Loss, rows: number): number {
    if (!LOSSES[loss.name].mean) return 1;
    if (!this.weights) return rows;
    if (this.divisorRows !== rows) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += this.weights[i];
      this.divisor = sum;
      this.divisorRows = rows;
    }
    return this.divisor;
  }

  private checked(program: Program): Program {
    const { maxStackDepth, maxParameters } = this.capabilities;
    if (program.stackDepth <= maxStackDepth && program.parameters <= maxParameters) return program;
    throw new BackendError(
      'program-too-large',
      'wasm',
      'maxStackDepth',
      `stack depth ${program.stackDepth} and ${program.parameters} parameters, the most are ${maxStackDepth} and ${maxParameters}`,
      'bound the size of expressions',
    );
  }
}

const finiteOrNaN = (x: number): number => (Number.isFinite(x) ? x : Number.NaN);

/**
 * The SIMD back-end: one WebAssembly instance with its own memory. Results are the same on every machine.
 *
 * @example createWasmEvaluator({ precision: 32 }).capabilities.precision // 32
 */
export function createWasmEvaluator(options: WasmEvaluatorOptions = {}): LocalEvaluator {
  return new WasmEvaluator(options);
}
