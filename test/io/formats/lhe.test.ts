import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventColumn } from '../../../src/io/formats/lhe-formula.ts';
import { type FinalState, PARTICLE_FUNCTIONS } from '../../../src/io/formats/particle-functions.ts';
import { type FileTable, readTable } from '../../../src/io/index.ts';
import { errorOf, fixture, readFixture } from './fixture.ts';

/** Relative rounding of a chain of some dozen operations in f64. */
const ROUNDING = 1e-12;
/** Boosts of up to gamma = 10 lose up to three digits to cancellation. */
const BOOST_TOLERANCE = 1e-8;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ansatz-lhe-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string | Uint8Array, columns?: Record<string, string>, name = 'events.lhe'): Promise<FileTable> {
  const path = join(folder, name);
  writeFileSync(path, text);
  return readTable(path, { columns });
}

const TWO_BODY = readFileSync(fixture('lhe/two-body.lhe'), 'utf8');

describe('Les Houches events', () => {
  test('without columns give weights and components', async () => {
    const table = await readFixture('lhe/two-body.lhe');
    expect(table.names).toEqual([
      'weight',
      ...['id1', 'px1', 'py1', 'pz1', 'e1', 'm1'],
      ...['id2', 'px2', 'py2', 'pz2', 'e2', 'm2'],
    ]);
    expect(table.numbers('weight')).toEqual(Float64Array.of(0.25, 0.5, 1));
    expect(table.numbers('id2')).toEqual(Float64Array.of(-13, -13, -13));
    // The second event is written with the exponents of Fortran.
    expect(table.numbers('py1')).toEqual(Float64Array.of(0, 5, 3.2));
  });

  test('two massless particles back to back', async () => {
    const columns = {
      m: 'm(1,2)',
      pt: 'pt(1)',
      eta: 'eta(1)',
      y: 'y(1)',
      phi: 'phi(1)',
      theta: 'theta(1)',
      dphi: 'dphi(1,2)',
      deta: 'deta(1,2)',
      dr: 'dr(1, 2)',
      total: 'pt(1,2)',
      id: 'id(1)',
      ratio: '2 * pt(1) / m(1,2)',
    };
    const table = await readFixture('lhe/two-body.lhe', { columns });
    const near = (name: string, values: readonly number[]): void => {
      expect([name, ...table.numbers(name)]).toEqual([name, ...values.map((value) => expect.closeTo(value, 12))]);
    };
    near('m', [10, 10, 10]);
    near('pt', [3, 5, 4]);
    // sinh(eta) = pz / pt, and artanh(cos theta) for a massless particle is the same.
    near('eta', [Math.asinh(4 / 3), 0, Math.asinh(-3 / 4)]);
    near('y', [Math.atanh(4 / 5), 0, Math.atanh(-3 / 5)]);
    near('phi', [0, Math.PI / 2, Math.atan2(3.2, -2.4)]);
    near('theta', [Math.acos(4 / 5), Math.PI / 2, Math.acos(-3 / 5)]);
    expect(Array.from(table.numbers('dphi'), Math.abs)).toEqual([0, 1, 2].map(() => expect.closeTo(Math.PI, 12)));
    near('deta', [2 * Math.asinh(4 / 3), 0, 2 * Math.asinh(-3 / 4)]);
    near('dr', [Math.hypot(Math.PI, 2 * Math.asinh(4 / 3)), Math.PI, Math.hypot(Math.PI, 2 * Math.asinh(3 / 4))]);
    near('total', [0, 0, 0]);
    near('id', [13, 13, 13]);
    near('ratio', [0.6, 1, 0.8]);
  });

  test('only final particles count', async () => {
    const table = await readFixture('lhe/radiation.lhe#mll=m(1,2),id(2)');
    expect(table.names).toEqual(['weight', 'mll', 'id(2)']);
    expect(table.numbers('weight')).toEqual(Float64Array.of(1, -0.5));
    // Back to back with 45.5 GeV each; then 50 against 25 GeV: sqrt(4 * 50 * 25).
    expect(Array.from(table.numbers('mll'))).toEqual([91, Math.sqrt(5000)].map((mass) => expect.closeTo(mass, 10)));
    expect(table.numbers('id(2)')).toEqual(Float64Array.of(-11, -11));
  });

  test('particles that an event lacks are named with event and line', async () => {
    const unequal = await errorOf(readFixture('lhe/radiation.lhe'));
    expect([unequal.code, unequal.data['line']]).toEqual(['unequal-events', 14]);
    const absent = await errorOf(readFixture('lhe/radiation.lhe#m(1,2,3)'));
    expect([absent.code, absent.data['line']]).toEqual(['absent-particle', 6]);
    expect(absent.message).toContain('event 1');
  });

  test('a gzipped file', async () => {
    const table = await read(gzipSync(TWO_BODY), { m: 'm(1,2)' }, 'events.lhe.gz');
    expect(table.rows).toBe(3);
  });

  test('a value that is not finite is named', async () => {
    const table = await readFixture('lhe/two-body.lhe', { columns: { bad: 'log(pz(1))' } });
    expect(() => table.numbers('bad')).toThrow(/"bad", row 2/);
  });

  test.each([
    ['cut in an event', TWO_BODY.slice(0, TWO_BODY.indexOf('0.50D+01')), 27],
    ['without its end', TWO_BODY.replace('</LesHouchesEvents>\n', ''), 0],
    ['with a word for a number', TWO_BODY.replace('-2.4  3.2', '-2.4  x'), 37],
    ['with too few particles', TWO_BODY.replace('  4  1  1.0', '  5  1  1.0'), 39],
    ['with a damaged first line', TWO_BODY.replace('  4  1  1.0', '  4  1'), 34],
    ['with an event in an event', TWO_BODY.replace('</event>\n<event id="2">', '<event id="2">'), 22],
  ])('a file %s is refused', async (_what, text, line) => {
    const error = await errorOf(read(text));
    expect([error.code, error.data['line']]).toEqual(['damaged-file', line]);
  });

  test('another text is refused', async () => {
    expect((await errorOf(read('x,y\n1,2\n'))).code).toBe('damaged-file');
    const elsewhere =
      '<LesHouchesEvents version="3.0">\n<init>\n<eventfile name="a.lhe"/>\n</init>\n</LesHouchesEvents>\n';
    expect((await errorOf(read(elsewhere))).message).toContain('a.lhe');
  });
});

describe('formulas of events', () => {
  test.each([
    ['mt(1)', 'position 1'],
    ['pt(1) +', 'position 8'],
    ['pt(1) * x', 'position 9'],
    ['2', 'names no particle'],
    ['id(1,2)', 'takes one particle'],
    ['dr(1)', 'takes two particles'],
    ['pt(0)', 'no such particle'],
    ['m(1,1)', 'twice'],
    ['pt(1.5)', 'position 1'],
    ['', 'position 1'],
  ])('%j is refused', (formula, word) => {
    expect(() => eventColumn('c', formula)).toThrow(expect.objectContaining({ code: 'invalid-formula' }));
    expect(() => eventColumn('c', formula)).toThrow(word);
  });

  test('a name that ends in a function is not one', () => {
    expect(() => eventColumn('c', 'expt(1)')).toThrow('position 1');
    expect(eventColumn('c', 'exp(pt(2) / 10) + sqrt(m(1, 2))').particles).toBe(2);
  });
});

describe('kinematics', () => {
  const momentum = fc.tuple(
    fc.double({ min: -100, max: 100, noNaN: true }),
    fc.double({ min: -100, max: 100, noNaN: true }),
    fc.double({ min: -100, max: 100, noNaN: true }),
    fc.double({ min: 0, max: 50, noNaN: true }),
  );
  const pair = fc.tuple(momentum, momentum).filter((all) => all.every(([px, py]) => Math.hypot(px, py) > 1));
  type Momentum = readonly [px: number, py: number, pz: number, mass: number];

  /** The particles boosted along z and turned around it. */
  function eventOf(particles: readonly Momentum[], rapidity = 0, angle = 0): FinalState {
    const momenta = particles.flatMap(([px, py, pz, mass]) => {
      const energy = Math.hypot(px, py, pz, mass);
      return [
        Math.cosh(rapidity) * energy + Math.sinh(rapidity) * pz,
        Math.cos(angle) * px - Math.sin(angle) * py,
        Math.sin(angle) * px + Math.cos(angle) * py,
        Math.cosh(rapidity) * pz + Math.sinh(rapidity) * energy,
      ];
    });
    return {
      momenta: Float64Array.from(momenta),
      masses: Float64Array.from(particles, ([, , , mass]) => mass),
      ids: new Float64Array(particles.length),
    };
  }

  const value = (name: string, event: FinalState, ...particles: number[]): number =>
    PARTICLE_FUNCTIONS.find((row) => row.name === name)!.apply(event, particles);

  test('masses and transverse momenta do not see a boost along the beam, rapidities are shifted', () => {
    fc.assert(
      fc.property(pair, fc.double({ min: -3, max: 3, noNaN: true }), (particles, boost) => {
        const [rest, moved] = [eventOf(particles), eventOf(particles, boost)];
        const scale = value('e', moved, 0, 1) + value('e', rest, 0, 1);
        const square = (event: FinalState): number => value('m', event, 0, 1) ** 2;
        expect(Math.abs(square(moved) - square(rest))).toBeLessThan(BOOST_TOLERANCE * scale ** 2);
        expect(value('pt', moved, 0, 1)).toBe(value('pt', rest, 0, 1));
        expect(Math.abs(value('y', moved, 0) - value('y', rest, 0) - boost)).toBeLessThan(BOOST_TOLERANCE);
      }),
    );
  });

  test('distances of massless particles do not see a boost along the beam or a turn around it', () => {
    const turn = fc.double({ min: -4, max: 4, noNaN: true });
    fc.assert(
      fc.property(pair, fc.double({ min: -3, max: 3, noNaN: true }), turn, (particles, boost, angle) => {
        const massless = particles.map(([px, py, pz]) => [px, py, pz, 0] as const);
        const [rest, moved] = [eventOf(massless), eventOf(massless, boost, angle)];
        expect(Math.abs(value('deta', moved, 0, 1) - value('deta', rest, 0, 1))).toBeLessThan(BOOST_TOLERANCE);
        // An angle near pi may come back with the other sign; its size does not.
        const size = (event: FinalState): number => Math.abs(value('dphi', event, 0, 1));
        expect(Math.abs(size(moved) - size(rest))).toBeLessThan(BOOST_TOLERANCE);
        expect(Math.abs(value('dr', moved, 0, 1) - value('dr', rest, 0, 1))).toBeLessThan(BOOST_TOLERANCE);
      }),
    );
  });

  test('the definitions hold: E^2 = m^2 + p^2, pz = pt sinh eta = mT sinh y, tan theta = pt / pz', () => {
    fc.assert(
      fc.property(momentum, ([px, py, pz, mass]) => {
        fc.pre(Math.hypot(px, py) > 1);
        const event = eventOf([[px, py, pz, mass]]);
        const scale = value('e', event, 0);
        const pt = value('pt', event, 0);
        expect(Math.abs(pt * Math.sinh(value('eta', event, 0)) - pz)).toBeLessThan(ROUNDING * scale);
        expect(Math.abs(Math.hypot(pt, mass) * Math.sinh(value('y', event, 0)) - pz)).toBeLessThan(ROUNDING * scale);
        expect(Math.abs(scale * 0 + Math.hypot(pt, pz) * Math.cos(value('theta', event, 0)) - pz)).toBeLessThan(
          ROUNDING * scale,
        );
        expect(value('m', event, 0)).toBeCloseTo(mass, 12);
      }),
    );
  });
});
