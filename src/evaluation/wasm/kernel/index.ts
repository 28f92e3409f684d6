/** Entry points of the kernel. */
import { TILE, targetAddress, tileBytes, weightsAddress } from './memory';
import {
  afterProgram, execute, instructions, instructionsEnd, plan, resultAddress, resultStride,
} from './plan';
import { allFinite, tileLoss } from './losses';
import { buildBackwardTable } from './derivatives';
import { buildTable } from './tiles';

export { heapBase, setLayout } from './memory';
export { planBytes } from './plan';
export { innerProducts } from './inner-products';

buildTable();
buildBackwardTable();

/** Sum of w rho(r) of one program, or NaN. */
function loss<T>(program: usize, rows: i32, kind: i32, delta: f64): f64 {
  plan<T>(program);
  const tileRows: i32 = <i32>TILE / sizeof<T>();
  const target = targetAddress<T>();
  const weights = weightsAddress<T>();
  let sum: f64 = 0;
  let tile: u32 = 0;
  for (let row = 0; row < rows; row += tileRows) {
    const count = min(tileRows, rows - row);
    execute(instructions, instructionsEnd, tile, tileBytes<T>(count));
    const shift = <usize>tile * TILE;
    sum += tileLoss<T>(
      kind, resultAddress + tile * resultStride, target + shift, weights ? weights + shift : 0, count, delta,
    );
    // x - x is 0 for finite x only.
    if (sum - sum != 0) return NaN;
    tile++;
  }
  return sum;
}

/** Losses of packed programs, each divided by `divisor`. */
export function losses64(programs: usize, count: i32, rows: i32, kind: i32, delta: f64, divisor: f64, out: usize): void {
  for (let i = 0; i < count; i++) {
    store<f64>(out + 8 * <usize>i, loss<f64>(programs, rows, kind, delta) / divisor);
    programs = afterProgram(programs);
  }
}

/** In f32. A program without a finite loss is settled in f64, where less overflows. */
export function losses32(programs: usize, count: i32, rows: i32, kind: i32, delta: f64, divisor: f64, out: usize): void {
  for (let i = 0; i < count; i++) {
    let sum = loss<f32>(programs, rows, kind, delta);
    if (sum != sum) sum = loss<f64>(programs, rows, kind, delta);
    store<f64>(out + 8 * <usize>i, sum / divisor);
    programs = afterProgram(programs);
  }
}

/** Values of whole tiles from row `from`, a multiple of the tile; 1 when all are finite. */
function values<T>(program: usize, from: i32, rows: i32, out: usize): i32 {
  plan<T>(program);
  const tileRows: i32 = <i32>TILE / sizeof<T>();
  let finite = true;
  for (let row = 0; row < rows; row += tileRows) {
    const count = min(tileRows, rows - row);
    const tile: u32 = (from + row) / tileRows;
    execute(instructions, instructionsEnd, tile, tileBytes<T>(count));
    const result = resultAddress + tile * resultStride;
    finite = allFinite<T>(result, count) && finite;
    memory.copy(out + <usize>row * sizeof<T>(), result, <usize>count * sizeof<T>());
  }
  return finite;
}

export function values64(program: usize, from: i32, rows: i32, out: usize): i32 {
  return values<f64>(program, from, rows, out);
}

export function values32(program: usize, from: i32, rows: i32, out: usize): i32 {
  return values<f32>(program, from, rows, out);
}

export { gradientBytes } from './gradient';
export { jacobian64, normal64 } from './normal-equations';
