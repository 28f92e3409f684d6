import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { type CovariantModule, evaluateInDouble } from '../../../src/networks/index.ts';
import {
  boost,
  compose,
  inRestFrame,
  type LorentzTransform,
  PARITY,
  randomDirection,
  randomLorentz,
  randomRotation,
  rotation,
} from '../../../src/physics/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';
import { BATCH, BLOCKS, type BlockRow, inputOf, PARTICLES, reordered, turned, type Values } from './blocks.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

/** What formulas are held to in double precision, up to a Lorentz factor of 100. */
const EXACT = 1e-9;
/** Single precision, where no boost makes momenta large. */
const SINGLE = 1e-5;
/** Single precision at a Lorentz factor gamma: the products of rounded momenta are off by gamma^2 roundings. */
const single = (gamma: number): number => SINGLE * gamma * gamma;
/** What a broken symmetry changes at least, and what a mirror does, which networks see in products of four momenta alone. */
const BROKEN = 1e-3;
const ODD = 1e-6;

const inDouble = (network: CovariantModule, { values, shape }: Values): Values =>
  evaluateInDouble(network, values, shape);

function inSingle(network: CovariantModule, { values, shape }: Values): Values {
  const out = tf.tidy(() => network.call(tf.tensor(Float32Array.from(values), [...shape])));
  const found = { shape: out.shape, values: Float64Array.from(out.dataSync()) };
  out.dispose();
  return found;
}

/** The largest difference, relative to the largest value. */
function distance(a: Values, b: Values): number {
  expect(a.shape).toEqual(b.shape);
  const scale = b.values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  return a.values.reduce((top, value, i) => Math.max(top, Math.abs(value - b.values[i])), 0) / scale;
}

/** Transform, then apply, against apply, then transform. */
function violation(row: BlockRow, by: LorentzTransform, evaluate: typeof inDouble): number {
  const network = row.make();
  const input = inputOf(row);
  const found = evaluate(network, turned(row.from, by, input));
  const expected = turned(row.to, by, evaluate(network, input));
  network.dispose();
  return distance(found, expected);
}

const stream = (seed: number) => new RandomStream(seed);
/** A mirror turned at random, so that none of its planes is that of an axis. */
const mirror = (): LorentzTransform => compose(PARITY, randomRotation(stream(4)));
const axial = (): LorentzTransform => rotation([0, 0, 1], 1.1);
const rotations = (): LorentzTransform => randomRotation(stream(5));

const named = BLOCKS.map((row) => [row.name, row] as const);
const withSymmetry = (...kinds: BlockRow['symmetry'][]) => named.filter(([, { symmetry }]) => kinds.includes(symmetry));

describe.each(withSymmetry('lorentz'))('%s turns with its input', (_name, row) => {
  test.each([1.5, 10, 100])('at a Lorentz factor of %d', (gamma) => {
    for (const seed of [1, 2]) {
      const by = randomLorentz(stream(seed), gamma);
      expect(violation(row, by, inDouble)).toBeLessThan(EXACT);
      expect(violation(row, by, inSingle)).toBeLessThan(single(gamma));
    }
  });

  test('under rotations', () => {
    expect(violation(row, rotations(), inDouble)).toBeLessThan(EXACT);
    expect(violation(row, rotations(), inSingle)).toBeLessThan(SINGLE);
  });
});

describe.each(withSymmetry('lorentz').filter(([, { from }]) => from === 'particles'))('%s', (_name, row) => {
  test.runIf(row.to === 'invariants')('keeps single precision at any Lorentz factor, once events are at rest', () => {
    const network = row.make();
    const input = inputOf(row);
    const wide = input.shape[2];
    const momentaOf = (of: Values) => Float64Array.from(of.values.filter((_, i) => i % wide < 4));
    const expected = inSingle(network, input);
    for (const gamma of [3, 10, 100]) {
      const moving = turned('particles', randomLorentz(stream(3), gamma), input);
      const resting = inRestFrame(momentaOf(moving), input.shape[1]);
      const values = moving.values.map((value, i) =>
        i % wide < 4 ? resting[4 * Math.floor(i / wide) + (i % wide)] : value,
      );
      expect(distance(inSingle(network, { shape: input.shape, values }), expected)).toBeLessThan(SINGLE);
    }
    network.dispose();
  });
});

describe.each(withSymmetry('rotations', 'axial'))('%s keeps what its fixed vectors leave', (_name, row) => {
  test('and no more', () => {
    const kept = row.symmetry === 'axial' ? axial() : rotations();
    expect(violation(row, kept, inDouble)).toBeLessThan(EXACT);
    expect(violation(row, kept, inSingle)).toBeLessThan(SINGLE);
    expect(violation(row, boost(randomDirection(stream(6)), 1.5), inDouble)).toBeGreaterThan(BROKEN);
    if (row.symmetry === 'axial') expect(violation(row, rotations(), inDouble)).toBeGreaterThan(BROKEN);
  });
});

describe.each(withSymmetry('lorentz', 'rotations', 'axial'))('%s in a mirror', (_name, row) => {
  test(row.parity ? 'is the same' : 'is another', () => {
    const found = violation(row, mirror(), inDouble);
    if (!row.parity) return expect(found).toBeGreaterThan(ODD);
    expect(found).toBeLessThan(EXACT);
    expect(violation(row, mirror(), inSingle)).toBeLessThan(SINGLE);
  });
});

describe.each(named)('%s', (_name, row) => {
  test('follows a permutation of the particles', () => {
    const network = row.make();
    const input = inputOf(row);
    const order = [2, 0, 3, 1];
    for (const [evaluate, tolerance] of [
      [inDouble, EXACT],
      [inSingle, SINGLE],
    ] as const) {
      const expected = reordered(row.to, order, evaluate(network, input));
      expect(distance(evaluate(network, reordered(row.from, order, input)), expected)).toBeLessThan(tolerance);
    }
    network.dispose();
  });

  test('says the same in single and in double precision', () => {
    const network = row.make();
    const input = inputOf(row);
    expect(distance(inSingle(network, input), inDouble(network, input))).toBeLessThan(SINGLE);
    network.dispose();
  });

  test.runIf(row.mixes)('looks at other particles, and never at padding', () => {
    const network = row.make();
    const input = inputOf(row);
    const others = inputOf(row, 77);
    const mask = Float64Array.from({ length: BATCH * PARTICLES }, (_, i) => (i % PARTICLES < 3 ? 1 : 0));
    // The last particle of every event, and its pairs, are others: what is said of the first may change only without a mask.
    const isLast = (i: number): boolean => {
      const inner = input.values.length / (BATCH * PARTICLES);
      const column = row.from === 'pairs' ? Math.floor(i / input.shape[3]) % PARTICLES : 0;
      return Math.floor(i / inner) % PARTICLES === 3 || column === 3;
    };
    const changed = {
      shape: input.shape,
      values: input.values.map((value, i) => (isLast(i) ? others.values[i] : value)),
    };
    const first = (of: Values): Values => {
      if (row.to === 'invariants') return of;
      const inner = of.values.length / (BATCH * PARTICLES);
      const own = row.to === 'pairs' ? of.shape[3] : inner;
      const values = of.values.filter((_, i) => i % (inner * PARTICLES) < own);
      return { shape: [values.length], values };
    };
    const masked = (of: Values): Values => first(evaluateInDouble(network, of.values, of.shape, mask));
    expect(distance(masked(changed), masked(input))).toBeLessThan(EXACT);
    expect(distance(first(inDouble(network, changed)), first(inDouble(network, input)))).toBeGreaterThan(1e-5);
    const inTensors = tf.tidy(() => {
      const tensor = (values: Float64Array, shape: readonly number[]) =>
        tf.tensor(Float32Array.from(values), [...shape]);
      return network.call(tensor(changed.values, changed.shape), tensor(mask, [BATCH, PARTICLES]));
    });
    const single = first({ shape: inTensors.shape, values: Float64Array.from(inTensors.dataSync()) });
    expect(distance(single, masked(input))).toBeLessThan(SINGLE);
    inTensors.dispose();
    network.dispose();
  });
});
