import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Provenance {
  table: string;
  source: string;
  citation: string;
  licence: string;
  retrieved: string;
  columns: { name: string; unit: string; description: string }[];
  rows: number;
  sha256: string;
  notes: string;
}

type Row = Record<string, string>;

const DATA = new URL('../../data/', import.meta.url);
const SETS = readdirSync(DATA, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

const EXPECTED_SETS = ['hubble-1929', 'hydrogen-lines', 'leavitt-1912', 'planets', 'regge', 'solar-system'];

const path = (name: string) => new URL(name, DATA);
const text = (name: string) => readFileSync(path(name), 'utf8');
const provenanceOf = (set: string) => JSON.parse(text(`${set}/provenance.json`)) as Provenance;

function linesOf(set: string): string[][] {
  return text(`${set}/${set}.csv`)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
}

function rowsOf(set: string): Row[] {
  const [header, ...lines] = linesOf(set);
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i]])));
}

const numbers = (rows: Row[], column: string) => rows.map((row) => Number(row[column]));
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

function leastSquares(x: number[], y: number[]): { slope: number; intercept: number; r2: number } {
  const meanX = sum(x) / x.length;
  const meanY = sum(y) / y.length;
  const xx = sum(x.map((value) => (value - meanX) ** 2));
  const yy = sum(y.map((value) => (value - meanY) ** 2));
  const xy = sum(x.map((value, i) => (value - meanX) * (y[i] - meanY)));
  const slope = xy / xx;
  return { slope, intercept: meanY - slope * meanX, r2: xy ** 2 / (xx * yy) };
}

it('lists every set in the index', () => {
  expect(SETS).toEqual(EXPECTED_SETS);
  const index = text('README.md');
  for (const set of SETS) {
    expect(index).toContain(`npx ansatz fit data/${set}/${set}.csv --target `);
    const row = index.split('\n').find((line) => line.includes(`(${set}/README.md)`));
    expect(row?.split('|')[2].trim()).toBe(String(provenanceOf(set).rows));
    const target = row?.match(/--target (\w+)/)?.[1];
    expect(linesOf(set)[0]).toContain(target);
  }
});

describe.each(SETS)('data/%s', (set) => {
  it('states where it comes from', () => {
    const provenance = provenanceOf(set);
    for (const field of ['source', 'citation', 'licence', 'notes'] as const) {
      expect(provenance[field], field).toMatch(/\S/);
    }
    expect(provenance.retrieved).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(provenance.table).toBe(`${set}.csv`);
    expect(existsSync(path(`${set}/README.md`))).toBe(true);
    const readme = text(`${set}/README.md`);
    for (const heading of ['- Source: ', '- Licence: ', `- Date: ${provenance.retrieved}`]) {
      expect(readme).toContain(heading);
    }
    for (const column of provenance.columns) {
      expect(readme).toMatch(new RegExp(`^\\| \`${column.name}\` +\\|`, 'm'));
    }
  });

  it('has the table that the sha256 was taken from', () => {
    const bytes = readFileSync(path(`${set}/${set}.csv`));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(provenanceOf(set).sha256);
  });

  it('has the rows and columns that it states', () => {
    const [header, ...lines] = linesOf(set);
    const { rows, columns } = provenanceOf(set);
    expect(header).toEqual(columns.map((column) => column.name));
    expect(lines).toHaveLength(rows);
    for (const column of columns) {
      expect(column.name).toMatch(/^[a-z]\w*$/);
      expect(typeof column.unit).toBe('string');
      expect(column.description).toMatch(/\S/);
    }
    for (const cells of lines) {
      expect(cells).toHaveLength(header.length);
      for (const cell of cells) expect(cell).toMatch(/\S/);
    }
  });

  it('is plain text with LF line ends and no row twice', () => {
    const table = text(`${set}/${set}.csv`);
    expect(table).toMatch(/^[\x20-\x7e\n]+\n$/);
    expect(table).not.toContain('"');
    const lines = table.trimEnd().split('\n');
    expect(new Set(lines).size).toBe(lines.length);
  });
});

describe('planets', () => {
  const KEPLER_CONSTANT = 365.2; // d AU^-3/2
  const PERTURBATION_TOLERANCE = 1e-3;

  it('obey the third law', () => {
    const rows = rowsOf('planets');
    expect(rows).toHaveLength(8);
    const axes = numbers(rows, 'semi_major_axis');
    for (const [i, period] of numbers(rows, 'period').entries()) {
      const constant = period / axes[i] ** 1.5;
      expect(Math.abs(constant / KEPLER_CONSTANT - 1), rows[i]['planet']).toBeLessThan(PERTURBATION_TOLERANCE);
    }
  });
});

describe('solar system', () => {
  const NEWTON = 6.6743e-11; // m^3 kg^-1 s^-2
  const MEAN_ELEMENTS_TOLERANCE = 7e-3;

  it('obeys the third law with the constant of Newton, around the Sun and around planets', () => {
    for (const row of rowsOf('solar-system')) {
      const axis = Number(row['semi_major_axis']) * 1e9;
      const masses = (Number(row['parent_mass']) + Number(row['mass'])) * 1e24;
      const days = (2 * Math.PI * Math.sqrt(axis ** 3 / (NEWTON * masses))) / 86400;
      expect(Math.abs(days / Number(row['period']) - 1), row['body']).toBeLessThan(MEAN_ELEMENTS_TOLERANCE);
    }
  });

  it('gives a parent the mass that it has in its own row', () => {
    const rows = rowsOf('solar-system');
    for (const { parent, parent_mass } of rows) {
      const own = rows.find(({ body }) => body === parent);
      expect(Number(parent_mass)).toBe(Number(own?.['mass'] ?? 1988400));
    }
  });
});

describe('hydrogen lines', () => {
  const RYDBERG_HYDROGEN = 10967758.3e-9; // nm^-1
  const FINE_STRUCTURE_TOLERANCE = 6.5e-5; // half a unit of the fifth figure, and 1.2e-5 of real shifts
  // Ritz wavelengths in vacuum as the NIST Atomic Spectra Database prints them, fine structure unresolved, nm.
  const NIST_RITZ = { '2-3': 656.4632, '4-5': 4052.269, '5-7': 4653.773, '6-9': 5908.22, '6-10': 5128.662 };
  const FIFTH_FIGURE = 5.01e-5; // relative
  const rows = rowsOf('hydrogen-lines');
  const wavelengths = numbers(rows, 'wavelength');

  it('lie within fine structure of the Rydberg formula in vacuum', () => {
    const lower = numbers(rows, 'n_lower');
    const upper = numbers(rows, 'n_upper');
    for (const [i, wavelength] of wavelengths.entries()) {
      const constant = 1 / (wavelength * (1 / lower[i] ** 2 - 1 / upper[i] ** 2));
      const line = `${lower[i]}-${upper[i]}`;
      expect(Math.abs(constant / RYDBERG_HYDROGEN - 1), line).toBeLessThan(FINE_STRUCTURE_TOLERANCE);
    }
  });

  it('are the wavelengths that the database prints', () => {
    for (const [line, printed] of Object.entries(NIST_RITZ)) {
      const row = rows.findIndex((candidate) => `${candidate['n_lower']}-${candidate['n_upper']}` === line);
      expect(Math.abs(wavelengths[row] / printed - 1), line).toBeLessThan(FIFTH_FIGURE);
    }
  });

  it('come out of the committed script', async () => {
    const script = (await import(/* @vite-ignore */ fileURLToPath(path('hydrogen-lines/ritz.mjs')))) as {
      ritzTable(): string;
    };
    expect(script.ritzTable()).toBe(text('hydrogen-lines/hydrogen-lines.csv'));
  });
});

describe('regge', () => {
  const SLOPE_RANGE = [0.7, 1.0]; // GeV^-2
  const LEAST_R2 = 0.98;
  const STRANGE_QUARKS: Record<string, number> = { 'rho-a': 0, 'omega-f': 0, 'K*': 1, phi: 2 };

  it.each(Object.keys(STRANGE_QUARKS))('%s is a straight trajectory', (trajectory) => {
    const rows = rowsOf('regge').filter((row) => row['trajectory'] === trajectory);
    const spins = numbers(rows, 'spin');
    expect(spins).toEqual(spins.map((_, i) => i + 1));
    expect(new Set(numbers(rows, 'strange_quarks'))).toEqual(new Set([STRANGE_QUARKS[trajectory]]));
    const { slope, r2 } = leastSquares(
      numbers(rows, 'mass').map((mass) => (mass / 1000) ** 2),
      spins,
    );
    expect(slope).toBeGreaterThan(SLOPE_RANGE[0]);
    expect(slope).toBeLessThan(SLOPE_RANGE[1]);
    expect(r2).toBeGreaterThan(LEAST_R2);
  });

  it('has no row outside the four trajectories', () => {
    for (const row of rowsOf('regge')) expect(Object.keys(STRANGE_QUARKS)).toContain(row['trajectory']);
    for (const error of numbers(rowsOf('regge'), 'mass_error')) expect(error).toBeGreaterThan(0);
  });
});

describe('hubble 1929', () => {
  const SLOPE_RANGE = [400, 450]; // km/s/Mpc, uncorrected for the motion of the sun

  it('recede in proportion to distance', () => {
    const rows = rowsOf('hubble-1929');
    expect(rows).toHaveLength(24);
    const distance = numbers(rows, 'distance');
    const velocity = numbers(rows, 'velocity');
    const slope = sum(distance.map((d, i) => d * velocity[i])) / sum(distance.map((d) => d * d));
    expect(slope).toBeGreaterThan(SLOPE_RANGE[0]);
    expect(slope).toBeLessThan(SLOPE_RANGE[1]);
  });
});

describe('leavitt 1912', () => {
  it('has the mean of the published extrema', () => {
    const [header, ...lines] = text('leavitt-1912/extrema.csv').trimEnd().split('\n');
    expect(header).toBe('star,period,maximum,minimum');
    const digest = createHash('sha256').update(text('leavitt-1912/extrema.csv')).digest('hex');
    expect(digest).toBe((provenanceOf('leavitt-1912') as unknown as { extrema_sha256: string }).extrema_sha256);
    rowsOf('leavitt-1912').forEach((row, i) => {
      const [star, period, maximum, minimum] = lines[i].split(',');
      expect([star, period]).toEqual([row['star'], row['period']]);
      expect(Number(row['magnitude'])).toBeCloseTo((Number(maximum) + Number(minimum)) / 2, 9);
    });
  });

  const SLOPE_RANGE = [-2.3, -1.8]; // mag per decade of period

  it('brighten with the logarithm of the period', () => {
    const rows = rowsOf('leavitt-1912');
    expect(rows).toHaveLength(25);
    const { slope } = leastSquares(
      numbers(rows, 'period').map((period) => Math.log10(period)),
      numbers(rows, 'magnitude'),
    );
    expect(slope).toBeGreaterThan(SLOPE_RANGE[0]);
    expect(slope).toBeLessThan(SLOPE_RANGE[1]);
  });
});
