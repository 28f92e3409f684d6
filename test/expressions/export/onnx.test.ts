import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportFormula, parse } from '../../../src/expressions/index.ts';
import { allCases, type Case, expectAgreement, operatorCases, VARIABLES } from './sample.ts';

/** Single precision carries 24 bits; a formula of depth 5 loses some. */
const SINGLE_TOLERANCE = 1e-5;

beforeAll(() => {
  ort.env.wasm.numThreads = 1;
});

async function run(cases: readonly Case[], precision: 'float64' | 'float32'): Promise<number[][]> {
  const rows: number[][] = [];
  for (const { tree, points } of cases) {
    const model = exportFormula(tree, 'onnx', { variables: VARIABLES, precision });
    const session = await ort.InferenceSession.create(model, { graphOptimizationLevel: 'disabled' });
    expect(session.outputNames).toEqual(['f']);
    const feeds = Object.fromEntries(
      VARIABLES.map((name, i) => {
        const column = points.map((point) => point[i]);
        const data = precision === 'float64' ? Float64Array.from(column) : Float32Array.from(column);
        return [name, new ort.Tensor(precision, data, [points.length])];
      }),
    );
    const inputs = Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]]));
    const { f } = await session.run(inputs);
    const values = Array.from(f.data as Float64Array);
    rows.push(f.dims.length === 0 ? points.map(() => values[0]) : values);
    await session.release();
  }
  return rows;
}

describe('ONNX', () => {
  test('in double precision ONNX Runtime finds our values', async () => {
    const cases = allCases(['gamma', 'erf'], 100);
    expect(expectAgreement(cases, await run(cases, 'float64'))).toBeGreaterThan(2500);
  });

  test('in single precision every operator agrees as far as it goes', async () => {
    // At points that single precision holds exactly, and where no operator is steep.
    const cases = operatorCases(['gamma']).map(({ tree, points }) => ({
      tree,
      points: points.filter((point) => point.every((v) => Math.fround(v) === v && Math.abs(v) <= 8)),
    }));
    const values = await run(cases, 'float32');
    expect(expectAgreement(cases, values, { tolerance: SINGLE_TOLERANCE })).toBeGreaterThan(600);
  });

  test('refuses what the standard lacks, and constants that single precision cannot hold', () => {
    expect(() => exportFormula(parse('gamma(x)'), 'onnx')).toThrow(/no gamma function/);
    expect(() => exportFormula(parse('1e300 * x'), 'onnx', { precision: 'float32' })).toThrow(
      expect.objectContaining({ code: 'out-of-range' }),
    );
  });

  test('a model of shared subtrees stays small', async () => {
    let tree = parse('x + y');
    for (let i = 0; i < 60; i++) tree = { ...tree, arguments: [tree, tree] } as typeof tree;
    const model = exportFormula(tree, 'onnx');
    expect(model.length).toBeLessThan(3000);
    const session = await ort.InferenceSession.create(model);
    const one = new ort.Tensor('float64', Float64Array.of(1), [1]);
    expect(Array.from((await session.run({ x: one, y: one })).f.data as Float64Array)).toEqual([2 ** 61]);
  });

  test('carries any column name as data', async () => {
    const name = 'a"\n\u0000\ud800 b`*/';
    const tree = parse('x + 1');
    const model = exportFormula(
      {
        ...tree,
        arguments: [
          { kind: 'variable', name },
          { kind: 'constant', value: 1 },
        ],
      } as typeof tree,
      'onnx',
    );
    const session = await ort.InferenceSession.create(model);
    expect(session.inputNames).toEqual(['a_b']);
    expect(new TextDecoder().decode(model)).toContain('a"\n\u0000\ufffd b`*/');
  });
});
