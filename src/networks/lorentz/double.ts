import type * as tf from '@tensorflow/tfjs';
import { ShapeError } from '../../core/index.ts';
import { erf } from '../../numerics/index.ts';
import type { Activation } from '../../tensors/index.ts';
import type { Arithmetic, Pointwise } from './arithmetic.ts';

/** Numbers in double precision, row by row. */
export interface DoubleArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Distance of neighbours along each axis. */
function strides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
}

/**
 * Where each entry of a result lies in an array.
 *
 * @param steps distance in the array of neighbours along each axis of the result; 0 where the array is shared
 */
function places(shape: readonly number[], steps: readonly number[], offset = 0): Int32Array {
  const out = new Int32Array(sizeOf(shape));
  out[0] = offset;
  let filled = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    for (let i = 1; i < shape[axis]; i++) {
      for (let k = 0; k < filled; k++) out[i * filled + k] = out[k] + i * steps[axis];
    }
    filled *= shape[axis];
  }
  return out;
}

function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [m, n] = [a, b].map((shape) => shape[axis - rank + shape.length] ?? 1);
    if (m !== n && m !== 1 && n !== 1) throw new ShapeError('shapes', 'equal lengths, or 1', `[${a}] and [${b}]`);
    return m === 1 ? n : m;
  });
}

function broadcastSteps(shape: readonly number[], to: readonly number[]): number[] {
  const own = strides(shape);
  const lead = to.length - shape.length;
  return to.map((_, axis) => (axis < lead || shape[axis - lead] === 1 ? 0 : own[axis - lead]));
}

function combine(a: DoubleArray, b: DoubleArray, by: (x: number, y: number) => number): DoubleArray {
  const shape = broadcastShape(a.shape, b.shape);
  const [atA, atB] = [a, b].map((of) => places(shape, broadcastSteps(of.shape, shape)));
  return { shape, values: Float64Array.from(atA, (place, i) => by(a.values[place], b.values[atB[i]])) };
}

function matMul(a: DoubleArray, b: DoubleArray, transposeB = false): DoubleArray {
  const [m, inner] = a.shape.slice(-2);
  const n = b.shape.at(transposeB ? -2 : -1)!;
  const lead = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const [fromA, fromB] = [a, b].map((of) => {
    const [rows, columns] = of.shape.slice(-2);
    return places(lead, broadcastSteps(of.shape.slice(0, -2), lead)).map((place) => place * rows * columns);
  });
  const values = new Float64Array(sizeOf(lead) * m * n);
  const [down, across] = transposeB ? [1, inner] : [n, 1];
  let place = 0;
  fromA.forEach((startA, batch) => {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) {
          sum += a.values[startA + i * inner + k] * b.values[fromB[batch] + k * down + j * across];
        }
        values[place++] = sum;
      }
    }
  });
  return { shape: [...lead, m, n], values };
}

function take(x: DoubleArray, shape: readonly number[], steps: readonly number[], offset = 0): DoubleArray {
  return { shape, values: Float64Array.from(places(shape, steps, offset), (place) => x.values[place]) };
}

const pointwise = (x: DoubleArray, by: (value: number) => number): DoubleArray => ({
  shape: x.shape,
  values: x.values.map(by),
});

const DOUBLE_POINTWISE: Readonly<Record<Pointwise | Activation, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => Math.max(x, 0),
  tanh: Math.tanh,
  gelu: (x) => (x * (1 + erf(x * Math.SQRT1_2))) / 2,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  sqrt: Math.sqrt,
  abs: Math.abs,
  signedLog: (x) => Math.sign(x) * Math.log1p(Math.abs(x)),
};

function sum(x: DoubleArray, axis: number, keep = false): DoubleArray {
  const at = axis < 0 ? axis + x.shape.length : axis;
  const [length, inner] = [x.shape[at], sizeOf(x.shape.slice(at + 1))];
  const values = new Float64Array(x.values.length / length);
  for (let i = 0; i < x.values.length; i++) {
    values[Math.floor(i / (inner * length)) * inner + (i % inner)] += x.values[i];
  }
  const shape = keep ? x.shape.map((size, i) => (i === at ? 1 : size)) : x.shape.filter((_, i) => i !== at);
  return { shape, values };
}

function concat(parts: readonly DoubleArray[], axis: number): DoubleArray {
  const at = axis < 0 ? axis + parts[0].shape.length : axis;
  const outer = sizeOf(parts[0].shape.slice(0, at));
  const rows = parts.map(({ shape }) => sizeOf(shape.slice(at)));
  const values = new Float64Array(outer * rows.reduce((total, row) => total + row, 0));
  let place = 0;
  for (let i = 0; i < outer; i++) {
    parts.forEach((part, k) => {
      values.set(part.values.subarray(i * rows[k], (i + 1) * rows[k]), place);
      place += rows[k];
    });
  }
  const length = parts.reduce((total, { shape }) => total + shape[at], 0);
  return { shape: parts[0].shape.map((size, i) => (i === at ? length : size)), values };
}

const parameter = (variable: tf.Variable): DoubleArray => ({
  shape: variable.shape,
  values: Float64Array.from(variable.dataSync()),
});

/** Arrays in double precision, by plain loops. */
export const DOUBLE: Arithmetic<DoubleArray> = {
  shape: (x) => [...x.shape],
  parameter,
  constant: (values, shape) => ({ shape, values: Float64Array.from(values) }),
  reshape: ({ values, shape: own }, shape) => {
    const rest = -values.length / sizeOf(shape);
    const full = shape.map((length) => (length === -1 ? rest : length));
    if (sizeOf(full) !== values.length) throw new ShapeError('x', `the size of [${full}]`, `[${own}]`);
    return { shape: full, values };
  },
  transpose: (x, order) => {
    const own = strides(x.shape);
    return take(
      x,
      order.map((axis) => x.shape[axis]),
      order.map((axis) => own[axis]),
    );
  },
  add: (a, b) => combine(a, b, (x, y) => x + y),
  subtract: (a, b) => combine(a, b, (x, y) => x - y),
  multiply: (a, b) => combine(a, b, (x, y) => x * y),
  divide: (a, b) => combine(a, b, (x, y) => x / y),
  scale: (x, factor) => pointwise(x, (value) => value * factor),
  matMul,
  sum,
  concat,
  slice: (x, begin, size) => {
    const shape = size.map((length, axis) => (length === -1 ? x.shape[axis] - begin[axis] : length));
    const own = strides(x.shape);
    return take(
      x,
      shape,
      own,
      begin.reduce((offset, at, axis) => offset + at * own[axis], 0),
    );
  },
  map: (x, by) => pointwise(x, DOUBLE_POINTWISE[by]),
  softmax: (x) => {
    const columns = x.shape.at(-1)!;
    const values = new Float64Array(x.values.length);
    for (let row = 0; row < values.length; row += columns) {
      const own = x.values.subarray(row, row + columns);
      const top = Math.max(...own);
      const powers = own.map((value) => Math.exp(value - top));
      const total = powers.reduce((all, value) => all + value, 0);
      values.set(
        powers.map((value) => value / total),
        row,
      );
    }
    return { shape: x.shape, values };
  },
  dense: ({ weight, bias, activation }, x) => {
    const rows: DoubleArray = { shape: [x.values.length / x.shape.at(-1)!, x.shape.at(-1)!], values: x.values };
    const product = matMul(rows, parameter(weight));
    const shifted = bias ? combine(product, parameter(bias), (a, b) => a + b) : product;
    const { values } = pointwise(shifted, DOUBLE_POINTWISE[activation]);
    return { shape: [...x.shape.slice(0, -1), weight.shape[1]!], values };
  },
};
