import type * as tf from '@tensorflow/tfjs';
import { type KernelCall, type KernelRow, output, sizeOf } from './kernel-row.ts';

/** The attributes in the order of the kernel's arguments. */
function settings({ attrs }: KernelCall): [number, number, number, number, boolean, boolean] {
  const [bins, bound, minimum, shift] = ['bins', 'bound', 'minimum', 'shift'].map((name) => attrs[name] as number);
  return [bins, bound, minimum, shift, Boolean(attrs['circular']), Boolean(attrs['inverse'])];
}

function spline(call: KernelCall): tf.TensorInfo[] {
  const { kernels, inputs } = call;
  const { x, parameters } = inputs;
  const results = [output(call, x.shape), output(call, x.shape)];
  const [of, by, values, logs] = [x, parameters, ...results].map(kernels.at);
  kernels.exports.spline(sizeOf(x.shape), ...settings(call), of, by, values, logs, kernels.scratch);
  return results;
}

function splineGradient(call: KernelCall): tf.TensorInfo[] {
  const { kernels, inputs, attrs } = call;
  const { x, parameters, values, dvalues, dlogs } = inputs;
  const results = [output(call, x.shape), output(call, parameters.shape)];
  const source = attrs['inverse'] ? values : x;
  const [of, given, by, dv, dl, dx, dp] = [source, x, parameters, dvalues, dlogs, ...results].map(kernels.at);
  kernels.exports.splineGradient(sizeOf(x.shape), ...settings(call), of, given, by, dv, dl, dx, dp, kernels.scratch);
  return results;
}

/** Monotone splines, element by element. */
export const SPLINES: readonly KernelRow[] = [
  { name: 'AnsatzSpline', run: spline },
  { name: 'AnsatzSplineGradient', run: splineGradient },
];
