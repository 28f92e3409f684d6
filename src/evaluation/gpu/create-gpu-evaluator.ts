import { BackendError } from '../../core/index.ts';
import type {
  Capabilities,
  EvaluationData,
  Jacobian,
  LocalEvaluator,
  Loss,
  Losses,
  LossName,
  NormalEquations,
  Values,
} from '../contract.ts';
import { checkedRows, checkUpdate, missingTarget, prefixOf, unknownColumn } from '../data.ts';
import { checkedDelta, LOSS_NAMES, LOSSES } from '../losses.ts';
import type { Program } from '../program.ts';
import { createWasmEvaluator } from '../wasm/create-wasm-evaluator.ts';
import { dispatchesOf } from './dispatch.ts';
import { DECLINED, LARGEST } from './functions.ts';
import { type Instructions, instructionsOf } from './instructions.ts';
import { assertKernel, type GpuDevice, release } from './open-gpu.ts';

/** Indices into arrays are f32 on a device: beyond 2^24 they skip numbers. */
const MOST_CELLS = 2 ** 24;
/** Threads that share the rows of a program at most, and rows of one thread at least. */
const MOST_CHUNKS = 256;
const LEAST_CHUNK = 32;
/** Rows that a thread evaluates side by side. */
const LANES = 4;
/** Registers of the compiled kernels; a program for more of them goes to the CPU. */
const DEPTHS = [4, 8];
const LONGEST = 2048;
/** Numbers of the losses in the kernel. */
const KINDS: Readonly<Record<LossName, number>> = { L2: 0, chi2: 0, L1: 1, Huber: 2, 'log-cosh': 3 };

/** What the last call left to the CPU. */
export interface GpuCounts {
  /** Programs that the device evaluated to the end. */
  readonly device: number;
  /** Programs that it declined: a value outside of its range or precision, or a program too deep for it. */
  readonly declined: number;
}

/** The back-end of gpu.js. */
export interface GpuEvaluator extends LocalEvaluator {
  readonly device: GpuDevice;
  readonly counts: GpuCounts;
  /** Starts `losses` on the device, so that this thread can work meanwhile; the returned function waits for them. */
  begin(programs: readonly Program[], loss: Loss, rows?: number): () => Losses;
}

/** What the programs of one call have in common. */
interface Work {
  /** Rows of one thread. */
  readonly chunk: number;
  readonly rows: number;
  readonly kind: number;
  readonly delta: number;
}

class GpuEvaluatorOf implements GpuEvaluator {
  readonly capabilities: Capabilities;
  counts: GpuCounts = { device: 0, declined: 0 };
  /** Derivatives, and whatever the device declines. */
  private readonly cpu = createWasmEvaluator({ precision: 32 });
  private rows = 0;
  /** Rows of a column on the device. */
  private columnCount = 0;
  private hasTarget = false;
  private weights: Float64Array | undefined;
  /** Columns, target and weights, one after another. */
  private cells: Float32Array = new Float32Array(0);
  private resident: unknown;

  constructor(readonly device: GpuDevice) {
    const { maxStackDepth, maxParameters } = this.cpu.capabilities;
    this.capabilities = {
      name: `gpu (${device.mode})`,
      precision: 32,
      absent: new Set(),
      losses: LOSS_NAMES,
      maxRows: MOST_CELLS,
      maxStackDepth,
      maxParameters,
      keepsSubnormals: false,
    };
  }

  setData(data: EvaluationData): void {
    const rows = checkedRows(data, this.capabilities);
    const cells = (data.columns.length + 2) * rows;
    if (cells > Math.min(MOST_CELLS, this.device.maxTextureSize ** 2)) {
      throw new BackendError(
        'too-many-rows',
        this.capabilities.name,
        'maxRows',
        `${rows} rows of ${data.columns.length} columns are more numbers than the device can address (${MOST_CELLS})`,
        'use device "wasm", or sample the table',
      );
    }
    this.cpu.setData(data);
    this.rows = rows;
    this.columnCount = data.columns.length;
    this.hasTarget = data.target !== undefined;
    this.weights = data.weights?.slice();
    this.cells = new Float32Array(Math.max(1, cells));
    data.columns.forEach((column, k) => {
      this.store(column, k * rows);
    });
    if (data.target) this.store(data.target, data.columns.length * rows);
    if (data.weights) this.store(data.weights, (data.columns.length + 1) * rows);
    else this.cells.fill(1, (data.columns.length + 1) * rows);
    this.drop();
  }

  updateColumn(index: number, values: Float64Array): void {
    checkUpdate(index, values, this.columnCount, this.rows);
    this.cpu.updateColumn(index, values);
    this.store(values, index * this.rows);
    this.drop();
  }

  losses(programs: readonly Program[], loss: Loss, rows?: number): Losses {
    return this.begin(programs, loss, rows)();
  }

  begin(programs: readonly Program[], loss: Loss, rows?: number): () => Losses {
    const count = this.lossRows(rows);
    const delta = checkedDelta(loss);
    const divisor = LOSSES[loss.name].mean ? this.sumOfWeights(count) : 1;
    const work: Work = { chunk: chunkOf(count), rows: count, kind: KINDS[loss.name], delta };
    const instructions = programs.map((program) => this.instructionsOf(program));
    const begun: { readonly batch: readonly number[]; readonly read: () => Float32Array }[] = [];
    let shallower = 0;
    for (const depth of count > 0 ? DEPTHS : []) {
      const suited = instructions.flatMap((one, i) => (one && one.depth > shallower && one.depth <= depth ? i : []));
      const chunks = Math.ceil(count / work.chunk);
      for (const batch of dispatchesOf(suited, instructions as Instructions[], chunks, count)) {
        const chosen = batch.map((i) => instructions[i] as Instructions);
        begun.push({ batch, read: this.sums(chosen, depth, work) });
      }
      shallower = depth;
    }
    return () => {
      const losses = new Float64Array(programs.length).fill(Number.NaN);
      for (const { batch, read } of begun) {
        const sums = read();
        batch.forEach((index, i) => {
          if (sums[i] < LARGEST) losses[index] = sums[i] / divisor;
        });
      }
      this.settle(programs, losses, loss, rows);
      return losses;
    };
  }

  loss(program: Program, constants: Float64Array, loss: Loss, rows?: number): number {
    return this.cpu.loss(program, constants, loss, rows);
  }

  values(program: Program, rows?: number): Values {
    const count = prefixOf(rows, this.rows);
    const instructions = count > 0 ? this.instructionsOf(program) : undefined;
    const depth = DEPTHS.find((registers) => instructions && instructions.depth <= registers);
    if (!instructions || depth === undefined) return this.onCpu(program, rows);
    this.device.check();
    const kernel = this.device.values({ depth, lanes: 1 });
    const single = kernel.setOutput([count])(instructions.pairs, this.data(), instructions.length, this.rows, 1);
    assertKernel(kernel, this.device.mode);
    const values = Float64Array.from(single as unknown as Float32Array);
    if (values.every((value) => Math.abs(value) < LARGEST)) {
      this.counts = { device: 1, declined: 0 };
      return { values, finite: true };
    }
    // The CPU's values at the rows that the device declined.
    const settled = this.onCpu(program, rows);
    for (let i = 0; i < count; i++) if (!(Math.abs(values[i]) < LARGEST)) values[i] = settled.values[i];
    return { values, finite: settled.finite };
  }

  jacobian(program: Program, rows?: number): Jacobian {
    return this.cpu.jacobian(program, rows);
  }

  normalEquations(program: Program, constants: Float64Array, loss: Loss, out: NormalEquations, rows?: number): number {
    return this.cpu.normalEquations(program, constants, loss, out, rows);
  }

  /** Frees what it holds on the device; the device stays open for others. */
  dispose(): void {
    this.drop();
    this.cpu.dispose();
    this.cells = new Float32Array(0);
    this.rows = 0;
    this.columnCount = 0;
    this.hasTarget = false;
    this.weights = undefined;
  }

  /** Undefined for a program that is too long. */
  private instructionsOf(program: Program): Instructions | undefined {
    for (const word of program.code) {
      if ((word & 0xff) === 0 && word >> 8 >= this.columnCount) {
        unknownColumn(this.capabilities.name, word >> 8, this.columnCount);
      }
    }
    return program.code.length <= LONGEST ? instructionsOf(program) : undefined;
  }

  private onCpu(program: Program, rows: number | undefined): Values {
    this.counts = { device: 0, declined: 1 };
    return this.cpu.values(program, rows);
  }

  /** Losses that the device has not found, by the CPU. */
  private settle(programs: readonly Program[], losses: Float64Array, loss: Loss, rows: number | undefined): void {
    const rest = programs.flatMap((_, i) => (Number.isNaN(losses[i]) ? i : []));
    this.counts = { device: programs.length - rest.length, declined: rest.length };
    if (rest.length === 0) return;
    const settled = this.cpu.losses(
      rest.map((i) => programs[i]),
      loss,
      rows,
    );
    rest.forEach((index, i) => {
      losses[index] = settled[i];
    });
  }

  /** Starts the sums of weighted losses of a batch, shape [batch], and returns what waits for them. */
  private sums(batch: readonly Instructions[], depth: number, work: Work): () => Float32Array {
    const { device } = this;
    device.check();
    const width = 2 * Math.max(...batch.map(({ length }) => length));
    const packed = new Float32Array(batch.length * width);
    batch.forEach(({ pairs }, i) => {
      packed.set(pairs, i * width);
    });
    const lengths = Float32Array.from(batch, ({ length }) => length);
    const chunks = Math.ceil(work.rows / work.chunk);
    const { rows, chunk, kind, delta } = work;
    const kernel = device.losses({ depth, lanes: LANES });
    const run = kernel.setOutput([chunks, batch.length]);
    const parts = run(packed, this.data(), lengths, width, this.rows, rows, chunk, this.columnCount, kind, delta, 1);
    assertKernel(kernel, device.mode);
    return () => {
      device.check();
      const reduce = device.reduce();
      const sums = reduce.setOutput([batch.length])(parts, chunks, 1);
      release(parts);
      assertKernel(reduce, device.mode);
      return sums as unknown as Float32Array;
    };
  }

  /** The data on the device; uploaded when it has changed. */
  private data(): never {
    if (this.resident === undefined) {
      const upload = this.device.upload();
      this.resident = upload.setOutput([this.cells.length])(this.cells);
      assertKernel(upload, this.device.mode);
      this.device.checkMemory();
    }
    return this.resident as never;
  }

  private drop(): void {
    release(this.resident);
    this.resident = undefined;
  }

  /** What is no number in f32 is one that every kernel declines. */
  private store(values: Float64Array, at: number): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      this.cells[at + i] = Math.abs(value) < LARGEST ? value : DECLINED;
    }
  }

  private lossRows(rows: number | undefined): number {
    if (!this.hasTarget) missingTarget();
    return prefixOf(rows, this.rows);
  }

  private sumOfWeights(rows: number): number {
    if (!this.weights) return rows;
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += this.weights[i];
    return sum;
  }
}

/** Rows of one thread: whole groups of lanes. A function of the rows alone, so that sums do not depend on the batch. */
function chunkOf(rows: number): number {
  const least = Math.max(LEAST_CHUNK, Math.ceil(rows / MOST_CHUNKS));
  return Math.ceil(least / LANES) * LANES;
}

/**
 * The back-end of gpu.js: losses and values on an open device in f32, derivatives on the CPU in f64.
 *
 * A program that is not finite on the device, or that it cannot compute to the last places of f32, is settled on the
 * CPU by the rules of the operator table. Equal programs have equal losses on one device, in any batch.
 *
 * @example createGpuEvaluator(await openGpu({ mode: 'cpu' })).capabilities.name // 'gpu (cpu)'
 */
export function createGpuEvaluator(device: GpuDevice): GpuEvaluator {
  return new GpuEvaluatorOf(device);
}
