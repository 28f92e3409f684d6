import { BackendError } from '../../core/index.ts';
import type { EvaluationData } from '../contract.ts';
import { unknownColumn } from '../data.ts';
import type { Program } from '../program.ts';
import type { KernelExports } from './kernel-module.ts';

/** Tiles start on this boundary, and loops run in turns of this many bytes. */
const TURN = 64;
const PAGE = 65536;
const LARGEST = 4294901760;
/** Bytes of packed programs and results of one call into the kernel. */
const PACK_BYTES = 131072;

const roundUp = (bytes: number): number => Math.ceil(bytes / TURN) * TURN;

/**
 * The layout of one kernel's memory: data columns, then the packed programs, then the workspace.
 *
 * The views follow the memory as it grows.
 */
export class KernelMemory {
  f64 = new Float64Array(0);
  f32 = new Float32Array(0);
  i32 = new Int32Array(0);
  /** Byte offset of the packed programs. */
  packed = 0;
  private packCapacity = PACK_BYTES;
  private workspace = 0;
  private columnCount = 0;
  private layout: [number, number, number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0, 0, 0];

  constructor(
    private readonly kernel: KernelExports,
    private readonly device: string,
  ) {
    this.setData({ columns: [] }, 0, false);
  }

  /** Copies the columns in, in f64 and, when `single`, in f32 too. */
  setData(data: EvaluationData, rows: number, single: boolean): void {
    const stride64 = roundUp(8 * rows);
    const stride32 = single ? roundUp(4 * rows) : 0;
    const width = data.columns.length + 2;
    const columns64 = this.kernel.heapBase();
    const columns32 = columns64 + width * stride64;
    this.packed = columns32 + width * stride32;
    this.columnCount = data.columns.length;
    this.reserve(this.packed + this.packCapacity);
    const all = [...data.columns, data.target, data.weights];
    all.forEach((column, i) => {
      if (!column) return;
      const at = (columns64 + i * stride64) / 8;
      this.f64.set(column, at);
      // The padding repeats the last row: it is computed with, never counted.
      this.f64.fill(column[rows - 1], at + rows, at + stride64 / 8);
      if (!single) return;
      const at32 = (columns32 + i * stride32) / 4;
      this.f32.set(column, at32);
      this.f32.fill(column[rows - 1], at32 + rows, at32 + stride32 / 4);
    });
    const [target, weights] = [width - 2, width - 1];
    this.layout = [
      columns64,
      stride64,
      columns32,
      stride32,
      columns64 + target * stride64,
      columns32 + target * stride32,
      data.weights ? columns64 + weights * stride64 : 0,
      data.weights && single ? columns32 + weights * stride32 : 0,
    ];
    this.applyLayout();
  }

  /** Overwrites the first entries of a column; the padding follows when the last row is among them. */
  updateColumn(index: number, values: Float64Array, rows: number, single: boolean): void {
    const [columns64, stride64, columns32, stride32] = this.layout;
    const at = (columns64 + index * stride64) / 8;
    this.f64.set(values, at);
    const whole = values.length === rows && rows > 0;
    if (whole) this.f64.fill(values[rows - 1], at + rows, at + stride64 / 8);
    if (!single) return;
    const at32 = (columns32 + index * stride32) / 4;
    this.f32.set(values, at32);
    if (whole) this.f32.fill(values[rows - 1], at32 + rows, at32 + stride32 / 4);
  }

  /** Room for `pack` bytes of programs and results and `scratch` bytes of workspace. */
  ensure(pack: number, scratch: number): void {
    if (pack > this.packCapacity) {
      this.packCapacity = roundUp(pack);
      this.applyLayout();
    }
    const end = this.workspace + scratch;
    if (end > this.f64.byteLength) this.reserve(end);
  }

  /** Bytes of one packed program. */
  static packedBytes(program: Program): number {
    return 16 + 8 * program.constants.length + 8 * ((program.code.length + 1) >> 1);
  }

  /** Writes one program; the caller has made room. Returns the offset after it. */
  pack(program: Program, constants: Float64Array, at: number): number {
    const { code } = program;
    const count = program.constants.length;
    const { i32, f64, columnCount } = this;
    const head = at >> 2;
    i32[head] = code.length;
    i32[head + 1] = count;
    i32[head + 2] = program.parameters;
    const values = (at >>> 3) + 2;
    for (let i = 0; i < count; i++) f64[values + i] = i < constants.length ? constants[i] : program.constants[i];
    const words = (values + count) * 2;
    for (let i = 0; i < code.length; i++) {
      const word = code[i];
      if ((word & 255) === 0 && word >> 8 >= columnCount) unknownColumn(this.device, word >> 8, columnCount);
      i32[words + i] = word;
    }
    return (words + ((code.length + 1) & ~1)) * 4;
  }

  get fitsInOneCall(): number {
    return this.packCapacity;
  }

  private applyLayout(): void {
    this.workspace = this.packed + this.packCapacity;
    this.reserve(this.workspace);
    this.kernel.setLayout(...this.layout, this.workspace);
  }

  private reserve(bytes: number): void {
    const { memory } = this.kernel;
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) {
      if (bytes > LARGEST) this.outOfMemory(bytes);
      try {
        memory.grow(Math.ceil(missing / PAGE));
      } catch {
        this.outOfMemory(bytes);
      }
    }
    if (this.f64.buffer !== memory.buffer) {
      this.f64 = new Float64Array(memory.buffer);
      this.f32 = new Float32Array(memory.buffer);
      this.i32 = new Int32Array(memory.buffer);
    }
  }

  private outOfMemory(bytes: number): never {
    const megabytes = Math.ceil(bytes / 1048576);
    const message = `the data needs ${megabytes} MB in one memory of at most 4096 MB`;
    throw new BackendError('too-many-rows', this.device, 'memory', message, 'sample the table or split it');
  }
}
