import { describe, expect, it } from 'vitest';
import { RandomStream, Table } from '../../../src/core/index.ts';
import { fit } from '../../../src/search/index.ts';

const ROWS = 200;

/** m r v sin(theta), no law of the first phases, so that what these leave is their own error. */
function momentum(errorOf: (value: number, random: RandomStream) => number): Table {
  const random = new RandomStream(5);
  const column = () => Array.from({ length: ROWS }, () => 1 + 4 * random.uniform());
  const [m, r, v, theta] = [column(), column(), column(), column()];
  const y = m.map((mass, i) => mass * r[i] * v[i] * Math.sin(theta[i]));
  return Table.from({ m, r, v, theta, y: y.map((value) => value + errorOf(value, random)) });
}

const OPTIONS = {
  target: 'y',
  seed: 1,
  threads: 1,
  xUnits: { m: 'kg', r: 'm', v: 'm/s', theta: 'rad' },
  yUnits: 'kg m^2/s',
  unaryOperators: ['sin', 'cos', 'exp', 'log', 'sqrt'],
  maxEvals: 20_000,
};

describe('the noise model', () => {
  it('that an early law suggested is given up for the one that the law asks for', async () => {
    const model = await fit(
      momentum((_, random) => 0.2 * random.normal()),
      OPTIONS,
    );
    expect(model.best.expression).toBe('m * r * v * sin(theta)');
    expect(model.notes.join('\n')).toMatch(/noise: additive .*shorter than with relative noise/);
  });

  it('stays relative where the errors are', async () => {
    const model = await fit(
      momentum((value, random) => 0.01 * value * random.normal()),
      OPTIONS,
    );
    expect(model.best.expression).toBe('m * r * v * sin(theta)');
    expect(model.notes.join('\n')).toMatch(/noise: relative .*shorter than with additive noise/);
  });
});
