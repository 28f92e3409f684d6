import { instantiateKernel, type KernelExports, wasmKernel } from './kernel-module.ts';

const PAGE = 65536;
/** Rows of the other matrix multiplied at once. */
const BLOCK = 64;

let kernel: KernelExports | undefined;
let loaded: MatrixProducts | undefined;

/**
 * Inner products of the rows of a matrix with rows of others, by the SIMD kernel.
 *
 * The matrix lies in the kernel's memory until that of another is asked for; that of one thread at a time.
 */
export class MatrixProducts {
  private readonly kernel: KernelExports;
  /** f64 from row to row: an even number. */
  private readonly stride: number;
  /** Bytes where the matrix, a block of rows and their products begin. */
  private readonly start: number;
  private readonly block: number;
  private readonly out: number;
  /** f64 from product row to product row. */
  private readonly pitch: number;

  /** @param matrix row-major, shape [rows][length]; not to change while products are taken */
  constructor(
    private readonly matrix: Float64Array,
    private readonly rows: number,
    private readonly length: number,
  ) {
    kernel ??= instantiateKernel(wasmKernel());
    this.kernel = kernel;
    this.stride = length + (length & 1);
    this.pitch = Math.ceil(rows / 4) * 4;
    this.start = kernel.heapBase();
    // Blocks of 2 by 4 reach past the last row.
    this.block = this.start + 8 * this.stride * (rows + 4);
    this.out = this.block + 8 * this.stride * (BLOCK + 2);
  }

  /**
   * out[i * rows + j] = other_i . matrix_j.
   *
   * @param other row-major, shape [otherRows][length]
   * @param out shape [otherRows][rows]
   */
  with(other: Float64Array, otherRows: number, out: Float64Array): void {
    this.load();
    for (let first = 0; first < otherRows; first += BLOCK) {
      const count = Math.min(BLOCK, otherRows - first);
      this.copy(other, first, count, this.block);
      this.multiply(this.block, count, this.rows, first, out);
    }
  }

  /** Inner products of the matrix with itself, of rows up to the diagonal's block; out has shape [rows][rows]. */
  gram(out: Float64Array): void {
    this.load();
    for (let first = 0; first < this.rows; first += BLOCK) {
      const count = Math.min(BLOCK, this.rows - first);
      this.multiply(this.start + 8 * this.stride * first, count, first + count, first, out);
    }
  }

  private multiply(at: number, count: number, columns: number, first: number, out: Float64Array): void {
    const { stride, rows, pitch } = this;
    this.kernel.innerProducts(at, count, this.start, columns, 8 * stride, this.out, 8 * pitch);
    const view = new Float64Array(this.kernel.memory.buffer, this.out, BLOCK * pitch);
    for (let i = 0; i < count; i++) {
      out.set(view.subarray(i * pitch, i * pitch + columns), (first + i) * rows);
    }
  }

  private load(): void {
    if (loaded === this) return;
    const { memory } = this.kernel;
    const bytes = this.out + 8 * this.pitch * (BLOCK + 2);
    if (bytes > memory.buffer.byteLength) memory.grow(Math.ceil((bytes - memory.buffer.byteLength) / PAGE));
    this.copy(this.matrix, 0, this.rows, this.start);
    loaded = this;
  }

  private copy(source: Float64Array, first: number, count: number, at: number): void {
    const { length, stride } = this;
    const view = new Float64Array(this.kernel.memory.buffer, at, stride * (count + 4));
    if (stride === length) {
      view.set(source.subarray(first * length, (first + count) * length));
      return;
    }
    for (let i = 0; i < count; i++) {
      view.set(source.subarray((first + i) * length, (first + i + 1) * length), i * stride);
      view[i * stride + length] = 0;
    }
  }
}
