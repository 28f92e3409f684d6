import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Adam, chooseBackend } from '../../src/tensors/index.ts';
import { hasTool, PYTHON } from '../tools.ts';
import { distance, OPERATIONS, torchFixture, valuesAndGradients, WAYS } from './fixture.ts';

const SINGLE_PRECISION = 3e-6;
/** A spline adds up the lengths of its bins and divides by that of one. */
const SPLINE = 5e-5;
const { cases: operations, splines, adam } = torchFixture();
const cases = [...operations, ...splines];

describe.each(WAYS)('on %s, as in PyTorch,', (_name, options) => {
  beforeAll(async () => {
    await chooseBackend(options);
  });
  let before = 0;
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => expect(tf.memory().numTensors).toBe(before));

  test.each(cases)('$name', ({ operation, attributes, inputs, weights, values, gradients }) => {
    const found = valuesAndGradients((given) => OPERATIONS[operation](given, attributes), inputs, weights);
    const tolerance = operation === 'spline' ? SPLINE : SINGLE_PRECISION;
    expect(found.shape).toEqual(values.shape);
    expect(distance(found.values, values.values)).toBeLessThan(tolerance);
    for (const [name, { values: expected }] of Object.entries(gradients)) {
      expect(distance(found.gradients[name], expected), name).toBeLessThan(tolerance);
    }
  });

  test('Adam with decay and clipping', () => {
    const variable = tf.tidy(() => tf.variable(tf.tensor1d(adam.start)));
    const optimiser = new Adam({
      learningRate: 0.05,
      beta1: 0.8,
      beta2: 0.95,
      epsilon: 1e-6,
      weightDecay: 0.1,
      clipNorm: 2,
    });
    adam.gradients.forEach((gradient, step) => {
      const norm = tf.tidy(() => optimiser.step([[variable, tf.tensor1d(gradient)]]));
      expect(norm).toBeCloseTo(Math.hypot(...gradient), 5);
      expect(distance([...variable.dataSync()], adam.path[step])).toBeLessThan(SINGLE_PRECISION);
    });
    expect(optimiser.stepCount).toBe(adam.path.length);
    variable.dispose();
    optimiser.dispose();
  });
});

describe.runIf(hasTool('torch'))('the PyTorch that is here', () => {
  test('writes the fixture again', () => {
    const script = fileURLToPath(new URL('../fixtures/torch/operations.py', import.meta.url));
    const now = torchFixture(execFileSync(PYTHON, [script], { encoding: 'utf8', maxBuffer: 2 ** 24 }));
    const again = [...now.cases, ...now.splines];
    expect(again.map(({ name }) => name)).toEqual(cases.map(({ name }) => name));
    again.forEach(({ inputs, values, gradients }, i) => {
      expect(inputs).toEqual(cases[i].inputs);
      expect(distance(values.values, cases[i].values.values)).toBeLessThan(1e-8);
      for (const [name, { values: slopes }] of Object.entries(gradients)) {
        expect(distance(slopes, cases[i].gradients[name].values)).toBeLessThan(1e-8);
      }
    });
    expect(distance(now.adam.path.flat(), adam.path.flat())).toBeLessThan(1e-8);
  });
});
