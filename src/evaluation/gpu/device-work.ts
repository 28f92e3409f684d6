import { BackendError } from '../../core/index.ts';
import type { Capabilities, EvaluationData, Loss, Losses, Values } from '../contract.ts';
import { checkedRows, checkUpdate, missingTarget, prefixOf, unknownColumn } from '../data.ts';
import { checkedDelta, LOSS_KINDS, LOSS_NAMES, LOSSES } from '../losses.ts';
import type { Program } from '../program.ts';
import { createWasmEvaluator } from '../wasm/create-wasm-evaluator.ts';
import { dispatchesOf } from './dispatch.ts';
import { DECLINED, LARGEST } from './functions.ts';
import { type Instructions, instructionsOf } from './instructions.ts';
import { assertKernel, type GpuDevice, type Kernel, release } from './open-gpu.ts';
import type { Steps } from './steps.ts';

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

/** What the last call left to the CPU. */
export interface GpuCounts {
  /** Programs that the device evaluated to the end. */
  readonly device: number;
  /** Programs that it declined: a value outside of its range or precision, or a program too deep for it. */
  readonly declined: number;
}

/** Losses of a population that the device is at work on. */
export interface Started {
  readonly programs: readonly Program[];
  readonly loss: Loss;
  readonly rows: number;
  readonly batches: readonly { readonly indices: readonly number[]; readonly parts: unknown }[];
  /** Threads of a program. */
  readonly chunks: number;
  readonly divisor: number;
}

/** The data of an evaluator on a device, and what is done with them there. */
export class DeviceWork {
  readonly capabilities: Capabilities;
  counts: GpuCounts = { device: 0, declined: 0 };
  /** Derivatives, and whatever the device declines. */
  readonly cpu = createWasmEvaluator({ precision: 32 });
  private rows = 0;
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
    const most = Math.min(MOST_CELLS, this.device.maxTextureSize ** 2);
    if (cells > most) {
      throw new BackendError(
        'too-many-rows',
        this.capabilities.name,
        'maxRows',
        `${rows} rows of ${data.columns.length} columns are more numbers than the device can address (${most})`,
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

  /** Sets the device to work on the losses of a population. */
  *start(programs: readonly Program[], loss: Loss, given?: number): Steps<Started> {
    if (!this.hasTarget) missingTarget();
    const rows = prefixOf(given, this.rows);
    const divisor = LOSSES[loss.name].mean ? this.sumOfWeights(rows) : 1;
    const delta = checkedDelta(loss);
    const chunk = chunkOf(rows);
    const chunks = Math.ceil(rows / chunk);
    const instructions = programs.map((program) => this.instructionsOf(program));
    const batches: { indices: readonly number[]; parts: unknown }[] = [];
    const { maxTextureSize } = this.device;
    let shallower = 0;
    for (const depth of rows > 0 ? DEPTHS : []) {
      const suited = instructions.flatMap((one, i) => (one && one.depth > shallower && one.depth <= depth ? i : []));
      for (const indices of dispatchesOf(suited, instructions as Instructions[], chunks, rows, maxTextureSize)) {
        this.device.check();
        const data = yield* this.data();
        const { packed, lengths, width } = pack(indices.map((i) => instructions[i] as Instructions));
        const kernel = this.device.losses({ depth, lanes: LANES });
        const kind = LOSS_KINDS[loss.name];
        const { columnCount } = this;
        const parts = yield this.run(
          kernel,
          [chunks, indices.length],
          packed,
          data,
          lengths,
          width,
          this.rows,
          rows,
          chunk,
          columnCount,
          kind,
          delta,
          1,
        );
        assertKernel(kernel, this.device.mode);
        batches.push({ indices, parts });
      }
      shallower = depth;
    }
    return { programs, loss, rows, batches, chunks, divisor };
  }

  /** Waits for the device; what it declined is evaluated on the CPU. */
  *finish({ programs, loss, rows, batches, chunks, divisor }: Started): Steps<Losses> {
    const losses = new Float64Array(programs.length).fill(Number.NaN);
    for (const { indices, parts } of batches) {
      this.device.check();
      const reduce = this.device.reduce();
      const sums = (yield this.run(reduce, [indices.length], parts, chunks, 1)) as Float32Array;
      release(parts);
      assertKernel(reduce, this.device.mode);
      // Where there was no room for them, the sums are those of nothing.
      this.device.checkMemory();
      indices.forEach((index, i) => {
        if (sums[i] < LARGEST) losses[index] = sums[i] / divisor;
      });
    }
    const rest = programs.flatMap((_, i) => (Number.isNaN(losses[i]) ? i : []));
    this.counts = { device: programs.length - rest.length, declined: rest.length };
    if (rest.length > 0) {
      const left = rest.map((i) => programs[i]);
      this.cpu.losses(left, loss, rows).forEach((value, i) => {
        losses[rest[i]] = value;
      });
    }
    return losses;
  }

  /** Values of one program; those of rows that the device declined by the CPU. */
  *values(program: Program, given?: number): Steps<Values> {
    const rows = prefixOf(given, this.rows);
    const instructions = rows > 0 ? this.instructionsOf(program) : undefined;
    const depth = DEPTHS.find((registers) => instructions && instructions.depth <= registers);
    if (!instructions || depth === undefined) return this.valuesOnCpu(program, rows);
    this.device.check();
    const data = yield* this.data();
    const kernel = this.device.values({ depth, lanes: 1 });
    const single = (yield this.run(
      kernel,
      [rows],
      instructions.pairs,
      data,
      instructions.length,
      this.rows,
      1,
    )) as Float32Array;
    assertKernel(kernel, this.device.mode);
    this.device.checkMemory();
    const values = Float64Array.from(single);
    if (values.every((value) => Math.abs(value) < LARGEST)) {
      this.counts = { device: 1, declined: 0 };
      return { values, finite: true };
    }
    const settled = this.valuesOnCpu(program, rows);
    for (let i = 0; i < rows; i++) if (!(Math.abs(values[i]) < LARGEST)) values[i] = settled.values[i];
    return { values, finite: settled.finite };
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

  private valuesOnCpu(program: Program, rows: number): Values {
    this.counts = { device: 0, declined: 1 };
    return this.cpu.values(program, rows);
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

  /** The data on the device; uploaded when they have changed. */
  private *data(): Steps<unknown> {
    if (this.resident === undefined) {
      const upload = this.device.upload();
      this.resident = yield this.run(upload, [this.cells.length], this.cells);
      assertKernel(upload, this.device.mode);
      this.device.checkMemory();
    }
    return this.resident;
  }

  /** Runs a kernel for an output of a shape; the result, or a promise of it. */
  private run(kernel: Kernel, output: number[], ...given: readonly unknown[]): unknown {
    const { device } = this;
    try {
      const result = (kernel.setOutput(output) as unknown as (...values: readonly unknown[]) => unknown)(...given);
      return result instanceof Promise ? result.catch((error: Error) => device.fail(error)) : result;
    } catch (error) {
      return device.fail(error as Error);
    }
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

  private sumOfWeights(rows: number): number {
    if (!this.weights) return rows;
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += this.weights[i];
    return sum;
  }
}

/** Programs side by side, each in as many words as the longest takes. */
function pack(batch: readonly Instructions[]): { packed: Float32Array; lengths: Float32Array; width: number } {
  const width = 2 * batch.reduce((longest, { length }) => Math.max(longest, length), 0);
  const packed = new Float32Array(batch.length * width);
  batch.forEach(({ pairs }, i) => {
    packed.set(pairs, i * width);
  });
  return { packed, lengths: Float32Array.from(batch, ({ length }) => length), width };
}

/** Rows of one thread: whole groups of lanes. A function of the rows alone, so that sums do not depend on the batch. */
function chunkOf(rows: number): number {
  const least = Math.max(LEAST_CHUNK, Math.ceil(rows / MOST_CHUNKS));
  return Math.ceil(least / LANES) * LANES;
}
