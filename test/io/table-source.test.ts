import { expect, test } from 'vitest';
import { parseTableSource } from '../../src/io/index.ts';

test.each([
  ['data.csv', { path: 'data.csv' }],
  ['run#7.csv', { path: 'run#7.csv' }],
  ['data.h5#run/x', { path: 'data.h5', parts: ['run/x'] }],
  ['a#b/data.HDF5#x, y', { path: 'a#b/data.HDF5', parts: ['x', 'y'] }],
  ['x.npz#arr', { path: 'x.npz', parts: ['arr'] }],
  ['run.root#dir/Events,pt', { path: 'run.root', parts: ['dir/Events', 'pt'] }],
  ['t.yaml#Table 3', { path: 't.yaml', parts: ['Table 3'] }],
  ['wide.parquet#a,b', { path: 'wide.parquet', parts: ['a', 'b'] }],
  ['e.lhe.gz#mll=m(1,2),pt(1)', { path: 'e.lhe.gz', columns: { mll: 'm(1,2)', 'pt(1)': 'pt(1)' } }],
  ['data.h5#a#b', { path: 'data.h5', parts: ['a#b'] }],
])('%s', (text, expected) => {
  expect(parseTableSource(text)).toEqual(expected);
});

test.each(['data.h5#', 'data.h5#a,', 'e.lhe#=m(1)', 'e.lhe#m=', 'e.lhe#a=m(1),a=m(2)'])('%s is refused', (text) => {
  expect(() => parseTableSource(text)).toThrow(expect.objectContaining({ name: 'OptionError' }));
});
