import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  evaluateInDouble,
  LorentzGroupBlock,
  multivectorTransform,
  PelicanBlock,
} from '../../../src/networks/index.ts';
import { GEOMETRIC_PRODUCT, GRADES, SIGNATURE } from '../../../src/networks/lorentz/clifford.ts';
import { compose, PARITY, randomLorentz } from '../../../src/physics/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

/** Complex matrices of 4 by 4: real parts, then imaginary ones. */
type Matrix = Float64Array;

function times(a: Matrix, b: Matrix): Matrix {
  const out = new Float64Array(32);
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) {
      for (let k = 0; k < 4; k++) {
        const [x, y, u, v] = [a[4 * i + k], a[16 + 4 * i + k], b[4 * k + j], b[16 + 4 * k + j]];
        out[4 * i + j] += x * u - y * v;
        out[16 + 4 * i + j] += x * v + y * u;
      }
    }
  }
  return out;
}

/** Dirac's matrices, as [row, column, real, imaginary] of what is not 0. */
const DIRAC: readonly (readonly (readonly number[])[])[] = [
  [
    [0, 0, 1, 0],
    [1, 1, 1, 0],
    [2, 2, -1, 0],
    [3, 3, -1, 0],
  ],
  [
    [0, 3, 1, 0],
    [1, 2, 1, 0],
    [2, 1, -1, 0],
    [3, 0, -1, 0],
  ],
  [
    [0, 3, 0, -1],
    [1, 2, 0, 1],
    [2, 1, 0, 1],
    [3, 0, 0, -1],
  ],
  [
    [0, 2, 1, 0],
    [1, 3, -1, 0],
    [2, 0, -1, 0],
    [3, 1, 1, 0],
  ],
];

const gamma = DIRAC.map((entries) => {
  const matrix = new Float64Array(32);
  for (const [i, j, real, imaginary] of entries) [matrix[4 * i + j], matrix[16 + 4 * i + j]] = [real, imaginary];
  return matrix;
});
const one = Float64Array.from({ length: 32 }, (_, i) => (i < 16 && i % 5 === 0 ? 1 : 0));
/** The factors of the blades in the order of a multivector. */
const BLADE_FACTORS = ['', '0', '1', '2', '3', '01', '02', '03', '12', '13', '23', '012', '013', '023', '123', '0123'];
const blades = BLADE_FACTORS.map((factors) =>
  [...factors].reduce<Matrix>((product, i) => times(product, gamma[Number(i)]), one),
);

const normals = (count: number, seed: number): Float64Array => {
  const stream = new RandomStream(seed);
  return Float64Array.from({ length: count }, () => stream.normal());
};

describe('multivectors', () => {
  const product = (a: ArrayLike<number>, b: ArrayLike<number>): Float64Array =>
    Float64Array.from({ length: 16 }, (_, k) => {
      let sum = 0;
      for (let i = 0; i < 16; i++)
        for (let j = 0; j < 16; j++) sum += a[i] * b[j] * GEOMETRIC_PRODUCT[256 * i + 16 * j + k];
      return sum;
    });

  test('multiply as the matrices of Dirac do', () => {
    const matrixOf = (x: ArrayLike<number>): Matrix =>
      blades[0].map((_, place) => blades.reduce((sum, blade, i) => sum + x[i] * blade[place], 0));
    const [a, b] = [normals(16, 1), normals(16, 2)];
    const expected = times(matrixOf(a), matrixOf(b));
    matrixOf(product(a, b)).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 12);
    });
  });

  test('have the grades and signs of their blades', () => {
    expect(GRADES).toEqual(BLADE_FACTORS.map(({ length }) => length));
    BLADE_FACTORS.forEach((factors, i) => {
      const reversed = [...factors].reverse().reduce<Matrix>((value, k) => times(value, gamma[Number(k)]), one);
      expect(times(reversed, blades[i])[0]).toBe(SIGNATURE[i]);
    });
  });

  test('turn with their products, in a mirror too', () => {
    for (const by of [randomLorentz(new RandomStream(3), 2), compose(PARITY, randomLorentz(new RandomStream(4), 2))]) {
      const matrix = multivectorTransform(by);
      const turn = (x: ArrayLike<number>): Float64Array =>
        Float64Array.from({ length: 16 }, (_, i) => {
          let sum = 0;
          for (let k = 0; k < 16; k++) sum += matrix[16 * i + k] * x[k];
          return sum;
        });
      const [a, b] = [normals(16, 1), normals(16, 2)];
      const expected = turn(product(a, b));
      product(turn(a), turn(b)).forEach((value, i) => {
        expect(Math.abs(value - expected[i])).toBeLessThan(1e-10);
      });
    }
    expect(() => multivectorTransform(new Float64Array(9))).toThrow(expect.objectContaining({ code: 'shape' }));
  });
});

const gelu = (x: number): number => {
  // Phi by Simpson's rule, far beyond what the comparison asks.
  const steps = 2000;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const t = (x * i) / steps;
    sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp((-t * t) / 2);
  }
  return x * (0.5 + (sum * x) / (3 * steps) / Math.sqrt(2 * Math.PI));
};

/** Dense layers by their names. */
function layersOf(network: { parameters(): ReadonlyMap<string, tf.Variable> }) {
  const numbers = new Map(
    [...network.parameters()].map(([name, of]) => [name, { shape: of.shape, values: of.dataSync() }]),
  );
  return (name: string, x: readonly number[]): number[] => {
    const { shape, values } = numbers.get(`${name}.weight`)!;
    const bias = numbers.get(`${name}.bias`)?.values;
    expect(x.length).toBe(shape[0]);
    return Array.from({ length: shape[1]! }, (_, k) =>
      x.reduce((sum, value, i) => sum + value * values[i * shape[1]! + k], bias?.[k] ?? 0),
    );
  };
}

/** Parameters other than those that a network begins with: its shifts are 0 then. */
function disturb(network: { trainable(): tf.Variable[] }): void {
  network.trainable().forEach((variable, k) => {
    const noise = Float32Array.from(normals(variable.size, 50 + k));
    tf.tidy(() => variable.assign(tf.add(variable, tf.mul(0.1, tf.tensor(noise, variable.shape)))));
  });
}

test('a PELICAN block is its 15 maps, written out', () => {
  const [n, channels, outputs] = [4, 2, 3];
  const block = new PelicanBlock(channels, outputs, new RandomStream(1));
  disturb(block);
  const x = normals(n * n * channels, 4);
  const layer = layersOf(block);
  const present = [0, 1, 2];
  const table = present.map((i) =>
    present.map((j) => layer('message', [...x.subarray((i * n + j) * channels, (i * n + j + 1) * channels)]).map(gelu)),
  );
  const each = (by: (c: number) => number): number[] => Array.from({ length: channels }, (_, c) => by(c));
  const mean = (by: (k: number) => number): number => present.reduce((sum, k) => sum + by(k), 0) / present.length;
  const ofParticle = present.map((i) => [
    ...each((c) => table[i][i][c]),
    ...each((c) => mean((k) => table[i][k][c])),
    ...each((c) => mean((k) => table[k][i][c])),
  ]);
  const ofEvent = [
    ...each((c) => mean((i) => mean((j) => table[i][j][c]))),
    ...each((c) => mean((i) => table[i][i][c])),
  ];
  const mask = Float64Array.of(1, 1, 1, 0);
  const found = evaluateInDouble(block, x, [1, n, n, channels], mask).values;
  for (const i of present) {
    for (const j of present) {
      const parts = [
        layer('pairs', [...table[i][j], ...table[j][i]]),
        layer('rows', ofParticle[i]),
        layer('columns', ofParticle[j]),
        layer('everywhere', ofEvent),
        ...(i === j ? [layer('diagonal', ofParticle[i]), layer('wholeDiagonal', ofEvent)] : []),
      ];
      for (let k = 0; k < outputs; k++) {
        const value = gelu(parts.reduce((sum, part) => sum + part[k], 0));
        expect(Math.abs(found[(i * n + j) * outputs + k] - value)).toBeLessThan(1e-9);
      }
    }
  }
  block.dispose();
});

test('a block of LorentzNet is its formula, written out', () => {
  const [n, width] = [3, 2];
  const block = new LorentzGroupBlock(width, new RandomStream(1));
  disturb(block);
  const x = normals(n * (4 + width), 6);
  const layer = layersOf(block);
  const rows = Array.from({ length: n }, (_, i) => [...x.subarray(i * (4 + width), (i + 1) * (4 + width))]);
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3];
  const psi = (z: number): number => Math.sign(z) * Math.log(1 + Math.abs(z));
  const found = evaluateInDouble(block, x, [1, n, 4 + width]).values;
  rows.forEach((own, i) => {
    const [momentum, h] = [own.slice(0, 4), own.slice(4)];
    const [moved, gathered] = [[...momentum], Array<number>(width).fill(0)];
    for (const other of rows) {
      const apart = momentum.map((value, k) => value - other[k]);
      const parts = [
        layer('receiver', h),
        layer('sender', other.slice(4)),
        layer('distance', [psi(dot(apart, apart))]),
        layer('product', [psi(dot(momentum, other))]),
      ];
      const first = parts[0].map((_, k) => gelu(parts.reduce((sum, part) => sum + part[k], 0)));
      const message = layer('message', first).map(gelu);
      const weight = 1 / (1 + Math.exp(-layer('weight', message)[0]));
      const share = layer('momentum.1', layer('momentum.0', message).map(gelu))[0];
      for (let k = 0; k < 4; k++) moved[k] += 5e-3 * share * other[k];
      for (let k = 0; k < width; k++) gathered[k] += weight * message[k];
    }
    const change = layer('update.1', layer('update.0', [...h, ...gathered]).map(gelu));
    [...moved, ...h.map((value, k) => value + change[k])].forEach((value, k) => {
      expect(Math.abs(found[i * (4 + width) + k] - value)).toBeLessThan(1e-9);
    });
  });
  block.dispose();
});
