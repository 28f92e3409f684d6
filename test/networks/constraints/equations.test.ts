import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  burgersSolution,
  Dense,
  derivatives,
  EQUATIONS,
  type EquationName,
  type EquationTerms,
  equationResidual,
  type Field,
  loss,
  Sequential,
} from '../../../src/networks/index.ts';
import { type Activation, chooseBackend } from '../../../src/tensors/index.ts';
import { normal } from '../losses/gradient-check.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

const column = (points: tf.Tensor, k: number): tf.Tensor => tf.reshape(tf.slice(points, [0, k], [-1, 1]), [-1]);
const NU = 0.1;
const AMPLITUDE = 0.8;

/** u of burgersSolution as a function of tensors. */
const burgers: Field = (points) => {
  const [x, t] = [tf.mul(Math.PI, column(points, 0)), column(points, 1)];
  const part = tf.mul(AMPLITUDE, tf.exp(tf.mul(-(Math.PI ** 2) * NU, t)));
  const top = tf.mul(2 * Math.PI * NU, tf.mul(part, tf.sin(x)));
  return tf.div(top, tf.add(1, tf.mul(part, tf.cos(x))));
};

interface Case {
  readonly name: EquationName;
  readonly what: string;
  readonly coordinates: number;
  readonly field: Field;
  readonly terms: EquationTerms;
}

/** Solutions in closed form. */
const CASES: readonly Case[] = [
  {
    name: 'poisson',
    what: 'sin x sin 2y with its source',
    coordinates: 2,
    field: (p) => tf.mul(tf.sin(column(p, 0)), tf.sin(tf.mul(2, column(p, 1)))),
    terms: { source: (p) => tf.mul(5, tf.mul(tf.sin(column(p, 0)), tf.sin(tf.mul(2, column(p, 1))))) },
  },
  {
    name: 'poisson',
    what: 'x^2 + y^2 - 2 z^2, harmonic in three dimensions',
    coordinates: 3,
    field: (p) => tf.sum(tf.mul(tf.square(p), tf.tensor1d([1, 1, -2])), 1),
    terms: {},
  },
  {
    name: 'heat',
    what: 'a decaying sine',
    coordinates: 2,
    field: (p) => tf.mul(tf.exp(tf.mul(-0.3 * 4, column(p, 1))), tf.sin(tf.mul(2, column(p, 0)))),
    terms: { diffusion: 0.3 },
  },
  { name: 'burgers', what: 'by Cole and Hopf', coordinates: 2, field: burgers, terms: { diffusion: NU } },
];

/** Times are not negative: phi of Burgers's solution has zeros before. */
const points = (coordinates: number): tf.Tensor => tf.abs(tf.mul(0.6, normal([40, coordinates], 3)));

describe('equations', () => {
  test('have a solution to be checked with', () => {
    expect([...new Set(CASES.map(({ name }) => name))].sort()).toEqual(Object.keys(EQUATIONS).sort());
  });

  test.each(CASES)('$name, $what: nothing is left over', ({ name, coordinates, field, terms }) => {
    tf.tidy(() => {
      const at = points(coordinates);
      const left = equationResidual(name, field, at, terms);
      expect(left.shape).toEqual([40]);
      expect(tf.max(tf.abs(left)).dataSync()[0]).toBeLessThan(2e-5);
      // Of a field that is no solution something is.
      const other: Field = (p) => tf.add(field(p), tf.pow(column(p, 0), 3));
      expect(tf.max(tf.abs(equationResidual(name, other, at, terms))).dataSync()[0]).toBeGreaterThan(0.1);
    });
  });

  test('the solution of Burgers is that of the tensors, and zero at both ends', () => {
    tf.tidy(() => {
      const found = burgers(tf.tensor2d([[0.3, 0.7]])).dataSync()[0];
      expect(burgersSolution(0.3, 0.7, NU, AMPLITUDE)).toBeCloseTo(found, 6);
      expect(burgersSolution(1, 0.2, NU, AMPLITUDE)).toBeCloseTo(0, 12);
      expect(burgersSolution(-1, 0.2, NU, AMPLITUDE)).toBeCloseTo(0, 12);
    });
  });

  test.each(['tanh', 'gelu', 'sigmoid'] as const)(
    'the loss of a network of %s has the slope of difference quotients along its parameters',
    (activation: Activation) => {
      const random = new RandomStream(4);
      const network = new Sequential([
        new Dense(2, 12, random, { activation }),
        new Dense(12, 12, random, { activation }),
        new Dense(12, 1, random),
      ]);
      tf.tidy(() => {
        const at = points(2);
        const value = (): tf.Scalar =>
          loss('residual', {
            residual: equationResidual('burgers', (p) => network.call(p), at, { diffusion: NU }),
          });
        const list = network.trainable();
        const { grads } = tf.variableGrads(value, list);
        const along = list.map(({ shape }, i) => normal(shape, 30 + i));
        const slope = list.reduce((sum, { name }, i) => sum + tf.sum(tf.mul(grads[name], along[i])).dataSync()[0], 0);
        const start = list.map((variable) => tf.clone(variable));
        const moved = (by: number): number => {
          list.forEach((variable, i) => {
            variable.assign(tf.add(start[i], tf.mul(along[i], by)));
          });
          return value().dataSync()[0];
        };
        const central = (h: number): number => (moved(h) - moved(-h)) / (2 * h);
        const quotient = (4 * central(2e-3) - central(4e-3)) / 3;
        expect(Math.abs(slope)).toBeGreaterThan(1e-3);
        expect(Math.abs(slope - quotient)).toBeLessThan(1e-2 * Math.abs(slope));
      });
      network.dispose();
    },
  );

  test('a second derivative along each coordinate alone', () => {
    tf.tidy(() => {
      const field: Field = (p) => tf.mul(tf.pow(column(p, 0), 3), tf.square(column(p, 1)));
      const u = derivatives(field, tf.tensor2d([[2, 3]]), [0, 1]);
      expect(u.value.dataSync()[0]).toBeCloseTo(72, 4);
      expect(u.first.map((one) => one.dataSync()[0])).toEqual([expect.closeTo(108, 3), expect.closeTo(48, 3)]);
      expect([...u.second.values()].map((one) => one.dataSync()[0])).toEqual([
        expect.closeTo(108, 3),
        expect.closeTo(16, 3),
      ]);
    });
  });

  test.each([
    ['an unknown equation', () => equationResidual('wave' as 'heat', burgers, tf.ones([2, 2])), 'equation'],
    ['points of three coordinates in time', () => equationResidual('heat', burgers, tf.ones([2, 3])), 'shape'],
    ['no diffusion', () => equationResidual('heat', burgers, tf.ones([2, 2]), { diffusion: 0 }), 'range'],
    ['a field of two values a point', () => equationResidual('poisson', (p) => p, tf.ones([2, 2])), 'shape'],
  ] as const)('refuses %s', (_what, call, code) => {
    tf.tidy(() => {
      expect(call).toThrow(expect.objectContaining({ code }));
    });
  });
});
