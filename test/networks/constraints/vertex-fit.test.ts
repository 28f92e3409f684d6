import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { fitVertex, trackModel } from '../../../src/networks/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';
import { slopes } from '../losses/gradient-check.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

/** Deviations of d0, z0 (mm), phi, theta, rho (1 / mm). */
const DEVIATIONS = [0.02, 0.05, 1e-3, 1e-3, 1e-6];
const TRACKS = 5;

interface Toy {
  readonly truth: number[];
  readonly tracks: number[];
  readonly precisions: number[];
}

/** Tracks from one vertex, each measured with a covariance of its own: deviations times a correlated, positive matrix. */
function toy(seed: number, noise = 1, scale = 1): Toy {
  const random = new RandomStream(seed);
  const truth = [0.8 * random.normal(), 0.8 * random.normal(), 20 * random.normal()];
  const [tracks, precisions]: [number[], number[]] = [[], []];
  for (let i = 0; i < TRACKS; i++) {
    const [phi, theta] = [2 * Math.PI * random.uniform(), Math.PI * (0.2 + 0.6 * random.uniform())];
    const rho = (random.uniform() < 0.5 ? 1 : -1) * 1e-3 * (0.2 + random.uniform());
    const exact = trackModel(truth[0], truth[1], truth[2], phi, theta, rho).values;
    // Noise of covariance L L^T, L lower with 0.3 below its diagonal; the precision is (L L^T)^-1 = U^T U, U = L^-1.
    const white = DEVIATIONS.map(() => random.normal());
    const below = 0.3;
    const inverse = DEVIATIONS.map((_, row) =>
      DEVIATIONS.map((__, column) =>
        column > row ? 0 : row === column ? 1 : -below * (1 - below) ** (row - column - 1),
      ),
    );
    DEVIATIONS.forEach((deviation, k) => {
      const mixed = white[k] + below * white.slice(0, k).reduce((sum, value) => sum + value, 0);
      tracks.push(exact[k] + noise * scale * deviation * mixed);
    });
    DEVIATIONS.forEach((a, k) => {
      DEVIATIONS.forEach((b, l) => {
        const sum = inverse.reduce((total, row) => total + row[k] * row[l], 0);
        precisions.push(sum / (a * b * scale * scale));
      });
    });
  }
  return { truth, tracks, precisions };
}

function tensors(toys: readonly Toy[]): [tf.Tensor, tf.Tensor, tf.Tensor] {
  const events = toys.length;
  return [
    tf.tensor3d(
      toys.flatMap(({ tracks }) => tracks),
      [events, TRACKS, 5],
    ),
    tf.tensor4d(
      toys.flatMap(({ precisions }) => precisions),
      [events, TRACKS, 5, 5],
    ),
    tf.ones([events, TRACKS]),
  ];
}

describe('the track model', () => {
  const at = [0.7, -0.4, 3, 2.1, 1.1, 2e-2];
  const model = (point: number[]) => {
    const [x, y, z, phi, theta, rho] = point;
    return trackModel(x, y, z, phi, theta, rho);
  };
  const moved = (k: number, by: number): number[] => at.map((value, i) => (i === k ? value + by : value));

  test('has the first and second derivatives of difference quotients', () => {
    const { jacobian, curvatures } = model(at);
    const h = 1e-5;
    for (let k = 0; k < 6; k++) {
      const [up, down] = [model(moved(k, h)), model(moved(k, -h))];
      for (let i = 0; i < 5; i++) {
        expect(jacobian[6 * i + k]).toBeCloseTo((up.values[i] - down.values[i]) / (2 * h), 7);
        for (let l = 0; l < 6; l++) {
          const quotient = (up.jacobian[6 * i + l] - down.jacobian[6 * i + l]) / (2 * h);
          expect(i < 3 ? curvatures[i][6 * k + l] : 0).toBeCloseTo(quotient, 7);
        }
      }
    }
  });

  test('a straight track has the textbook impact parameters', () => {
    const { values } = trackModel(1, 2, 3, 0, Math.PI / 4, 0);
    expect([...values]).toEqual([-2, expect.closeTo(2, 12), 0, Math.PI / 4, 0]);
  });
});

describe('the vertex fit', () => {
  test('finds the vertex of exact tracks', () => {
    tf.tidy(() => {
      const toys = [1, 2, 3].map((seed) => toy(seed, 0));
      const { vertex, chi2 } = fitVertex(...tensors(toys));
      vertex.dataSync().forEach((value, i) => {
        expect(value).toBeCloseTo(toys[Math.floor(i / 3)].truth[i % 3], 3);
      });
      expect(Math.max(...chi2.dataSync())).toBeLessThan(1e-2);
    });
  });

  test('has pulls of width 1 along every axis, and a chi^2 of as many degrees of freedom', () => {
    const events = 600;
    tf.tidy(() => {
      const toys = Array.from({ length: events }, (_, i) => toy(100 + i));
      const fit = fitVertex(...tensors(toys));
      const [vertex, covariance, chi2] = [fit.vertex, fit.covariance, fit.chi2].map((tensor) => tensor.dataSync());
      const squares = [0, 0, 0];
      const sums = [0, 0, 0];
      toys.forEach(({ truth }, event) => {
        for (let k = 0; k < 3; k++) {
          const pull = (vertex[3 * event + k] - truth[k]) / Math.sqrt(covariance[9 * event + 4 * k]);
          squares[k] += pull ** 2;
          sums[k] += pull;
        }
      });
      // Of a width and of a mean over 600 events, four standard deviations.
      for (let k = 0; k < 3; k++) {
        expect(Math.abs(Math.sqrt(squares[k] / events) - 1)).toBeLessThan(4 / Math.sqrt(2 * events));
        expect(Math.abs(sums[k] / events)).toBeLessThan(4 / Math.sqrt(events));
      }
      const freedom = 5 * TRACKS - 3 * TRACKS - 3;
      const mean = Array.from(chi2).reduce((sum, value) => sum + value, 0) / events;
      expect(Math.abs(mean - freedom)).toBeLessThan(4 * Math.sqrt((2 * freedom) / events));
    });
  });

  test('has the gradient of difference quotients along tracks, precisions and weights', () => {
    tf.tidy(() => {
      // Noise far beyond that of the pulls, so that the second derivatives of the model count, and units near 1.
      const one = toy(7, 3, 10);
      const [tracks, precisions] = tensors([one]);
      const weights = tf.tensor2d([[1, 0.4, 0.8, 1.5, 0.2]]);
      const size = tf.tensor1d(DEVIATIONS);
      const along = tf.tensor2d([[1.3, -0.7, 0.4]]);
      // Steps are in deviations, and in shares of the precision.
      const inputs = { tracks: tf.zeros([1, TRACKS, 5]), precisions: tf.zeros([1, TRACKS, 5, 5]), weights };
      const f = (given: Record<string, tf.Tensor>): tf.Scalar => {
        const q = tf.add(tracks, tf.mul(tf.mul(given['tracks'], size), 10));
        const v = tf.mul(precisions, tf.add(1, tf.mul(0.1, given['precisions'])));
        const { vertex } = fitVertex(q, v, given['weights'], { tolerance: 1e-16 });
        return tf.sum(tf.mul(vertex, along)) as tf.Scalar;
      };
      for (const { name, slope, quotient } of slopes(f, inputs, Object.keys(inputs), 0.02)) {
        expect(Math.abs(slope), name).toBeGreaterThan(1e-3);
        expect(Math.abs(slope - quotient), `${name}: ${slope}, ${quotient}`).toBeLessThan(1e-2 * Math.abs(slope));
      }
    });
  });

  test('a track of weight 0 does not count, and pulls when its weight grows', () => {
    tf.tidy(() => {
      const [tracks, precisions] = tensors([toy(9)]);
      const bent = tf.add(
        tracks,
        tf.mul(
          tf
            .oneHot(tf.tensor1d([0, 1, 2, 3, 4], 'int32'), 5)
            .slice([0, 0], [5, 1])
            .reshape([1, 5, 1]),
          5,
        ),
      );
      const weights = tf.tensor2d([[0, 1, 1, 1, 1]]);
      const [plain, other] = [tracks, bent].map((q) => fitVertex(q, precisions, weights).vertex.dataSync());
      plain.forEach((value, k) => {
        expect(other[k]).toBeCloseTo(value, 5);
      });
      const slope = tf
        .grad((w: tf.Tensor) => tf.sum(fitVertex(bent, precisions, w).vertex))(weights)
        .dataSync();
      expect(Math.abs(slope[0])).toBeGreaterThan(1e-3);
    });
  });

  test.each([
    ['tracks of four numbers', () => fitVertex(tf.ones([1, 5, 4]), tf.ones([1, 5, 5, 5]), tf.ones([1, 5])), 'shape'],
    [
      'too few weights',
      () => fitVertex(...(tensors([toy(1)]).slice(0, 2) as [tf.Tensor, tf.Tensor]), tf.ones([1, 4])),
      'shape',
    ],
    [
      'a single track that counts',
      () => fitVertex(...(tensors([toy(1)]).slice(0, 2) as [tf.Tensor, tf.Tensor]), tf.tensor2d([[1, 0, 0, 0, 0]])),
      'singular',
    ],
    [
      'no track that counts',
      () => fitVertex(...(tensors([toy(1)]).slice(0, 2) as [tf.Tensor, tf.Tensor]), tf.zeros([1, 5])),
      'singular',
    ],
    [
      'a precision of zeros',
      () => fitVertex(tensors([toy(1)])[0], tf.zeros([1, 5, 5, 5]), tf.ones([1, 5])),
      'singular',
    ],
    [
      'tracks that are no numbers',
      () => fitVertex(tf.fill([1, 5, 5], Number.NaN), tensors([toy(1)])[1], tf.ones([1, 5])),
      'singular',
    ],
    ['no steps', () => fitVertex(...tensors([toy(1)]), { iterations: 0 }), 'range'],
    ['one step where more are needed', () => fitVertex(...tensors([toy(1)]), { iterations: 1 }), 'convergence'],
  ] as const)('refuses %s', (_what, call, code) => {
    tf.tidy(() => {
      expect(call).toThrow(expect.objectContaining({ code }));
    });
  });

  test('leaves no tensors behind', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const [tracks, precisions, weights] = tensors([toy(1)]);
      tf.grad((w: tf.Tensor) => tf.sum(fitVertex(tracks, precisions, w).vertex))(weights).dataSync();
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
