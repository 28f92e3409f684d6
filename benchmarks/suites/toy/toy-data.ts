import { RandomStream, Table } from '../../../src/core/index.ts';

/** y = 2.5382 cos(x3) + x0^2 - 0.5: the toy of PySR's documentation, here with five N(0, 1) inputs. */
export function toyTable(rows: number, seed: number): Table {
  const random = new RandomStream(seed).split(0x70f);
  const inputs = Array.from({ length: 5 }, () => Float64Array.from({ length: rows }, () => random.normal()));
  const y = Float64Array.from({ length: rows }, (_, i) => 2.5382 * Math.cos(inputs[3][i]) + inputs[0][i] ** 2 - 0.5);
  return Table.from({ ...Object.fromEntries(inputs.map((values, i) => [`x${i}`, values])), y });
}

/** Mean squared error over the variance of the target. */
export function normalisedError(predictions: Float64Array, target: Float64Array): number {
  const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
  let error = 0;
  let variance = 0;
  for (let i = 0; i < target.length; i++) {
    error += (predictions[i] - target[i]) ** 2;
    variance += (target[i] - mean) ** 2;
  }
  return error / variance;
}
