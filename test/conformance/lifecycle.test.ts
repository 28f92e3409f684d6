import { describe, expect, it } from 'vitest';
import { BackendError, RandomStream, ShapeError } from '../../src/core/index.ts';
import { operatorProgram, randomProgram } from '../evaluation/random-programs.ts';
import { BACKENDS, reference } from './backends.ts';

describe.each(BACKENDS)('life of $name', ({ name, create, epsilon }) => {
  it('rejects ragged data, a missing target and rows out of range', () => {
    const evaluator = create();
    const three = Float64Array.of(1, 2, 3);
    const two = Float64Array.of(1, 2);
    expect(() => evaluator.setData({ columns: [three, two] })).toThrow(ShapeError);
    expect(() => evaluator.setData({ columns: [three], target: two })).toThrow(ShapeError);
    expect(() => evaluator.setData({ columns: [three], target: three, weights: two })).toThrow(ShapeError);
    evaluator.setData({ columns: [three] });
    expect(() => evaluator.losses([operatorProgram('neg')], { name: 'L2' })).toThrow(ShapeError);
    expect(() => evaluator.values(operatorProgram('neg'), 4)).toThrow(ShapeError);
    expect(evaluator.values(operatorProgram('neg')).values).toEqual(Float64Array.of(-1, -2, -3));
  });

  it('rejects columns that the data lacks', () => {
    if (name === 'reference') return;
    const evaluator = create();
    evaluator.setData({ columns: [Float64Array.of(1)] });
    expect(() => evaluator.values(operatorProgram('add'))).toThrow(BackendError);
  });

  it('copies its data', () => {
    const evaluator = create();
    const column = Float64Array.of(1, 2, 3);
    evaluator.setData({ columns: [column] });
    column.fill(9);
    expect(evaluator.values(operatorProgram('square')).values).toEqual(Float64Array.of(1, 4, 9));
  });

  it('overwrites a column, whole or in part', () => {
    const evaluator = create();
    const column = Float64Array.from({ length: 19 }, (_, i) => i + 1);
    evaluator.setData({ columns: [Float64Array.from({ length: 19 }, () => 0), column], target: column });
    const second = { ...operatorProgram('neg'), code: Int32Array.of(1 << 8) };
    const changed = column.map((x) => -x);
    evaluator.updateColumn(1, changed);
    expect(evaluator.values(second).values).toEqual(changed);
    changed.fill(9);
    evaluator.updateColumn(1, changed.subarray(0, 7));
    expect(Array.from(evaluator.values(second).values, Math.abs)).toEqual([...Array(7).fill(9), ...column.slice(7)]);
    evaluator.updateColumn(1, column);
    expect(evaluator.losses([second], { name: 'L1' })[0]).toBe(0);
    expect(() => evaluator.updateColumn(2, column)).toThrow(ShapeError);
    expect(() => evaluator.updateColumn(0, new Float64Array(20))).toThrow(ShapeError);
    evaluator.dispose();
    expect(() => evaluator.updateColumn(0, column)).toThrow(ShapeError);
  });

  it('takes data again and again, larger and smaller', () => {
    const evaluator = create();
    for (const rows of [10, 100_000, 3, 20_001, 1]) {
      const x = Float64Array.from({ length: rows }, (_, i) => i);
      evaluator.setData({ columns: [x], target: x });
      expect(evaluator.losses([{ ...operatorProgram('neg'), code: Int32Array.of(0) }], { name: 'L2' })[0]).toBe(0);
      expect(evaluator.values(operatorProgram('abs')).values).toEqual(x);
    }
  });

  it('lives a thousand lives', () => {
    for (let i = 0; i < 1000; i++) {
      const evaluator = create();
      evaluator.setData({ columns: [Float64Array.of(i)], target: Float64Array.of(i + 1) });
      expect(evaluator.losses([{ ...operatorProgram('neg'), code: Int32Array.of(0) }], { name: 'L2' })[0]).toBe(1);
      evaluator.dispose();
    }
  });

  it('takes large programs and large batches', () => {
    const random = new RandomStream(3);
    const column = Float64Array.from({ length: 600 }, () => random.normal());
    const [evaluator, oracle] = [create(), reference()];
    for (const each of [evaluator, oracle]) each.setData({ columns: [column], target: column });
    const operators = ['add', 'sub', 'sin', 'tanh'];
    const large = randomProgram(random, { nodes: 1500, columns: 1, operators });
    const expected = oracle.losses([large], { name: 'L2' }, 50)[0];
    expect(Math.abs(evaluator.losses([large], { name: 'L2' }, 50)[0] / expected - 1)).toBeLessThan(1e6 * epsilon);
    const batch = Array.from({ length: 3000 }, () => randomProgram(random, { nodes: 9, columns: 1, operators }));
    const together = evaluator.losses(batch, { name: 'L1' }, 40);
    expect(together.length).toBe(3000);
    expect(together[2999]).toBe(evaluator.losses([batch[2999]], { name: 'L1' }, 40)[0]);
    expect(evaluator.losses([], { name: 'L1' })).toEqual(new Float64Array(0));
  });
});
