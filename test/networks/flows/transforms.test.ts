import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  Coupling,
  createFlow,
  FLOW_LAYER_NAMES,
  Inverted,
  LinearLu,
  MaskedAutoregressive,
  Permutation,
  Standardization,
  type Transform,
} from '../../../src/networks/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';
import { determinant, jacobians, normal, shaken } from './probing.ts';

const INVERSE = 1e-4;
const JACOBIAN = 1e-3;
const DIMENSION = 4;
const CONTEXT = 3;
const ROWS = 24;

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

const random = () => new RandomStream(11);
const small = { dimension: DIMENSION, hidden: [12, 12], activation: 'tanh' } as const;
const [kept, order] = [
  [2, 0],
  [3, 1, 0, 2],
];

interface TransformCase {
  readonly name: string;
  readonly make: () => Transform;
  /** Half the length of the circle that numbers live on. */
  readonly circle?: number;
  /** Whether coordinate i of the result depends on coordinate j. */
  readonly depends: (i: number, j: number) => boolean;
}

const coupled = (i: number, j: number): boolean => i === j || (!kept.includes(i) && kept.includes(j));
const following = (i: number, j: number): boolean => order.indexOf(j) <= order.indexOf(i);
const everything = (): boolean => true;

/** Every transform, with the zeros that its Jacobian must have. A new transform is a new row. */
const TRANSFORMS: readonly TransformCase[] = [
  ...([0, CONTEXT] as const).flatMap((context): TransformCase[] => {
    const told = context > 0 ? ', with a context' : '';
    const own = { ...small, context };
    return [
      { name: `spline coupling${told}`, make: () => new Coupling({ ...own, kept }, random()), depends: coupled },
      {
        name: `affine coupling${told}`,
        make: () => new Coupling({ ...own, kept, map: 'affine' }, random()),
        depends: coupled,
      },
      {
        name: `circular coupling${told}`,
        make: () => new Coupling({ ...own, kept, map: 'circularSpline' }, random()),
        circle: Math.PI,
        depends: coupled,
      },
      {
        name: `masked autoregressive${told}`,
        make: () => new MaskedAutoregressive({ ...own, order }, random()),
        depends: following,
      },
      {
        name: `inverse autoregressive${told}`,
        make: () => new Inverted(new MaskedAutoregressive({ ...own, order }, random())),
        depends: following,
      },
      {
        name: `spline autoregressive${told}`,
        make: () => new MaskedAutoregressive({ ...own, order, map: 'spline', bins: 5 }, random()),
        depends: following,
      },
      {
        name: `circular autoregressive${told}`,
        make: () => new MaskedAutoregressive({ ...own, order, map: 'circularSpline', bound: 2 }, random()),
        circle: 2,
        depends: following,
      },
      {
        name: `flow${told}`,
        make: () => createFlow({ ...own, layers: 2, mixing: 'linear' }, random()),
        depends: everything,
      },
    ];
  }),
  { name: 'linear', make: () => new LinearLu(DIMENSION, random()), depends: everything },
  { name: 'permutation', make: () => new Permutation(order), depends: (i, j) => order[i] === j },
  {
    name: 'standardization',
    make: () => new Standardization([1, -2, 0, 3], [0.5, 2, 1, 0.1]),
    depends: (i, j) => i === j,
  },
];

function points(circle: number | undefined): tf.Tensor {
  const x = normal([ROWS, DIMENSION], 1);
  // On a circle away from the seam, where a point has two names.
  return circle ? tf.mul(tf.tanh(x), 0.95 * circle) : tf.mul(x, 1.5);
}

const contextFor = (transform: Transform, seed = 2): tf.Tensor | undefined =>
  transform.contextWidth > 0 ? normal([ROWS, transform.contextWidth], seed) : undefined;

const apart = (a: tf.Tensor, b: tf.Tensor): number => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0];

describe.each(TRANSFORMS)('$name', ({ make, circle, depends }) => {
  const within = (work: (transform: Transform, x: tf.Tensor, context: tf.Tensor | undefined) => void): void => {
    const before = tf.memory().numTensors;
    const transform = make();
    tf.tidy(() => {
      shaken(transform, 0.3);
      work(transform, points(circle), contextFor(transform));
    });
    transform.dispose();
    expect(tf.memory().numTensors).toBe(before);
  };

  test('goes there and back, and back and there', () => {
    within((transform, x, context) => {
      const there = transform.forward(x, context);
      const back = transform.inverse(there.values, context);
      expect(apart(there.values, x)).toBeGreaterThan(0.1);
      expect(apart(back.values, x)).toBeLessThan(INVERSE);
      expect(apart(back.logDeterminants, tf.neg(there.logDeterminants))).toBeLessThan(JACOBIAN);
      const z = transform.inverse(x, context);
      expect(apart(transform.forward(z.values, context).values, x)).toBeLessThan(INVERSE);
    });
  });

  test('has the determinant of its Jacobian, in both directions', () => {
    within((transform, x, context) => {
      for (const direction of ['forward', 'inverse'] as const) {
        const logs = transform[direction](x, context).logDeterminants;
        expect(logs.shape).toEqual([ROWS]);
        const expected = jacobians((at) => transform[direction](at, context).values, x).map((rows) =>
          Math.log(Math.abs(determinant(rows))),
        );
        const found = logs.dataSync();
        expected.forEach((log, row) => {
          expect(Math.abs(found[row] - log)).toBeLessThan(JACOBIAN);
        });
      }
    });
  });

  test('depends on the coordinates that it may, and on no others', () => {
    within((transform, x, context) => {
      const all = jacobians((at) => transform.forward(at, context).values, x);
      for (let i = 0; i < DIMENSION; i++) {
        for (let j = 0; j < DIMENSION; j++) {
          const largest = Math.max(...all.map((rows) => Math.abs(rows[i][j])));
          if (depends(i, j)) expect(largest).toBeGreaterThan(1e-4);
          else expect(largest).toBe(0);
        }
      }
    });
  });

  test('depends on its context, if it has one', () => {
    within((transform, x, context) => {
      const one = transform.forward(x, context).values;
      const other = transform.forward(x, contextFor(transform, 3)).values;
      if (context) expect(apart(one, other)).toBeGreaterThan(0.01);
      else expect(apart(one, other)).toBe(0);
    });
  });

  test('is saved and loaded', () => {
    within((transform, x, context) => {
      const copy = make();
      copy.load(transform.save());
      expect(copy.forward(x, context).values.dataSync()).toEqual(transform.forward(x, context).values.dataSync());
      copy.dispose();
    });
  });

  test('refuses other shapes, and names what does not fit', () => {
    within((transform, x, context) => {
      const wide = tf.zeros([ROWS, DIMENSION + 1]);
      expect(() => transform.forward(wide, context)).toThrow(`x: expected [batch, ${DIMENSION}], got [${ROWS}, 5]`);
      expect(() => transform.inverse(wide, context)).toThrow(expect.objectContaining({ code: 'shape' }));
      if (!context) return;
      expect(() => transform.forward(x)).toThrow(`context: expected [${ROWS}, ${CONTEXT}], got none`);
      expect(() => transform.forward(x, tf.zeros([2, CONTEXT]))).toThrow(expect.objectContaining({ code: 'shape' }));
    });
  });
});

test('every kind of layer of a flow is among them', () => {
  const kinds = TRANSFORMS.map(({ name }) => name);
  const spoken = (name: string): string => name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  for (const name of FLOW_LAYER_NAMES) expect(kinds).toContain(spoken(name));
});

test.each<[string, () => unknown, string]>([
  ['a coupling that keeps all', () => new Coupling({ dimension: 2, kept: [0, 1] }, random()), 'columns'],
  ['a coupling that keeps a column twice', () => new Coupling({ dimension: 3, kept: [0, 0] }, random()), 'columns'],
  ['no dimension', () => new Coupling({ dimension: 0 }, random()), 'size'],
  ['half a context', () => new MaskedAutoregressive({ dimension: 2, context: 0.5 }, random()), 'size'],
  ['an order with a gap', () => new MaskedAutoregressive({ dimension: 3, order: [0, 1, 3] }, random()), 'columns'],
  ['a permutation with a gap', () => new Permutation([0, 2]), 'columns'],
  ['a column that does not vary', () => new Standardization([0, 1], [1, 0]), 'deviation'],
  ['unequal lengths', () => new Standardization([0, 1], [1]), 'shape'],
])('refuses %s', (_, make, code) => {
  expect(make).toThrow(expect.objectContaining({ code }));
});

test('standardized data have mean 0 and deviation 1', () => {
  tf.tidy(() => {
    const x = tf.add(tf.mul(normal([500, 2], 4), [3, 0.1]), [10, -2]);
    const transform = Standardization.of(x);
    const { mean, variance } = tf.moments(transform.call(x), 0);
    for (const value of mean.dataSync()) expect(Math.abs(value)).toBeLessThan(1e-4);
    for (const value of variance.dataSync()) expect(value).toBeCloseTo(1, 3);
    expect(transform.trainable()).toEqual([]);
    transform.dispose();
  });
});
