import * as tf from '@tensorflow/tfjs';
import type { SplineResult, SplineSettings } from './spline.ts';

/** What depends on nothing: tfjs has no rule for comparisons, and the bin of an element has no slope. */
function constant(compute: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const operation = tf.customGrad((a, b) => {
    const shapes = [(a as tf.Tensor).shape, (b as tf.Tensor).shape];
    const gradFunc = () => shapes.map((shape) => tf.zeros(shape));
    return { value: compute(a as tf.Tensor, b as tf.Tensor), gradFunc };
  });
  return operation(x, y);
}

/**
 * The same spline from tfjs's own functions, for back-ends without our kernels: bins are chosen by masks.
 *
 * @see rationalQuadraticSpline
 */
export function plainSpline(given: tf.Tensor, parameters: tf.Tensor, settings: SplineSettings): SplineResult {
  const { bins, bound, minimum, shift, circular, inverse } = settings;
  const flat = tf.reshape(given, [-1, 1]);
  const turns = (x: tf.Tensor): tf.Tensor => tf.mul(tf.floor(tf.div(tf.add(x, bound), 2 * bound)), 2 * bound);
  const source = circular ? tf.sub(flat, constant(turns, flat, flat)) : flat;
  const inside = constant((x) => tf.cast(tf.lessEqual(tf.abs(x), bound), 'float32'), source, source);
  // Elements outside go through as 0, so that nothing overflows that is masked afterwards.
  const at = circular ? source : tf.mul(inside, tf.clipByValue(source, -bound, bound));
  const count = given.size;
  const raw = tf.reshape(parameters, [count, -1]);
  const [rawWidths, rawHeights, rawSlopes] = tf.split(raw, [bins, bins, raw.shape[1]! - 2 * bins], 1);
  const lengths = (x: tf.Tensor): tf.Tensor =>
    tf.mul(tf.add(tf.mul(tf.softmax(x), 1 - bins * minimum), minimum), 2 * bound);
  const [widths, heights] = [lengths(rawWidths), lengths(rawHeights)];
  const begins = (x: tf.Tensor): tf.Tensor => tf.sub(tf.cumsum(x, 1, true), bound);
  const [xs, ys] = [begins(widths), begins(heights)];
  const edge = circular ? tf.slice(rawSlopes, [0, 0], [count, 1]) : tf.zeros([count, 1]);
  const knots = tf.concat(circular ? [rawSlopes, edge] : [edge, rawSlopes, edge], 1);
  const slopes = tf.add(tf.softplus(tf.add(knots, shift)), minimum);
  const chosen = constant((x, edges) => ownBin(x, edges, bins), at, inverse ? ys : xs);
  const pick = (x: tf.Tensor): tf.Tensor => tf.sum(tf.mul(x, chosen), 1, true);
  const [x0, width, y0, height] = [xs, widths, ys, heights].map(pick);
  const [d0, d1] = [0, 1].map((k) => pick(tf.slice(slopes, [0, k], [count, bins])));
  const s = tf.div(height, width);
  const bend = tf.sub(tf.add(d0, d1), tf.mul(s, 2));
  const t = inverse ? shareAt(tf.sub(at, y0), height, s, d0, bend) : tf.div(tf.sub(at, x0), width);
  const u = tf.sub(1, t);
  const tu = tf.mul(t, u);
  const under = tf.add(s, tf.mul(bend, tu));
  const rise = tf.addN([tf.mul(d1, tf.square(t)), tf.mul(tf.mul(s, tu), 2), tf.mul(d0, tf.square(u))]);
  const log = tf.add(tf.mul(tf.log(tf.div(s, under)), 2), tf.log(rise));
  const over = tf.add(tf.mul(s, tf.square(t)), tf.mul(d0, tu));
  const mapped = inverse ? tf.add(x0, tf.mul(t, width)) : tf.add(y0, tf.mul(height, tf.div(over, under)));
  const outside = tf.sub(1, inside);
  const values = circular ? mapped : tf.add(tf.mul(inside, mapped), tf.mul(outside, source));
  const logs = tf.mul(inverse ? tf.neg(log) : log, inside);
  return { values: tf.reshape(values, given.shape), logDerivatives: tf.reshape(logs, given.shape) };
}

/** 1 for the last bin that begins at or before x, 0 for the others; the first bin for what is before all. */
function ownBin(x: tf.Tensor, edges: tf.Tensor, bins: number): tf.Tensor {
  const reached = tf.sum(tf.cast(tf.greaterEqual(x, edges), 'int32'), 1);
  const last = tf.maximum(tf.sub(reached, tf.scalar(1, 'int32')), tf.scalar(0, 'int32'));
  return tf.cast(tf.equal(tf.expandDims(last, 1), tf.range(0, bins, 1, 'int32')), 'float32');
}

/** Where in its bin the spline has risen by `up`: the root of a quadratic equation, in the form that does not cancel. */
function shareAt(up: tf.Tensor, height: tf.Tensor, s: tf.Tensor, d0: tf.Tensor, bend: tf.Tensor): tf.Tensor {
  const b = tf.sub(tf.mul(height, d0), tf.mul(up, bend));
  const a = tf.sub(tf.mul(height, s), b);
  const c = tf.mul(s, up);
  const root = tf.sqrt(tf.relu(tf.add(tf.square(b), tf.mul(tf.mul(a, c), 4))));
  return tf.div(tf.mul(c, 2), tf.add(b, root));
}
