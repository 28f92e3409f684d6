import { describe, expect, it } from 'vitest';
import { nearest, Table } from '../../src/core/index.ts';

describe('Table', () => {
  const table = Table.from({ x: [1, 2], name: ['a', 'b'] });

  it('keeps columns in order and tells numbers from text', () => {
    expect(table.names).toEqual(['x', 'name']);
    expect(table.rows).toBe(2);
    expect([...table.numbers('x')]).toEqual([1, 2]);
    expect(() => table.numbers('name')).toThrow(/holds text/);
  });

  it('suggests the nearest column', () => {
    expect(() => Table.from({ period: [1], axis: [2] }).column('perod')).toThrow('did you mean "period"?');
  });

  it('refuses ragged and doubled columns', () => {
    expect(() => Table.from({ x: [1, 2], y: [1] })).toThrow(/1 rows, "x" has 2/);
    const column = { name: 'x', kind: 'number', values: Float64Array.of(1) } as const;
    expect(() => new Table([column, column])).toThrow(/appears twice/);
  });
});

describe('nearest', () => {
  it('finds near names and stays silent about far ones', () => {
    expect(nearest('sine', ['sin', 'cos', 'tan'])).toBe('sin');
    expect(nearest('lgo', ['log', 'exp'])).toBe('log');
    expect(nearest('zzzzzzzz', ['sin', 'cos'])).toBeUndefined();
  });
});
