import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../../src/cli/report/comparison.ts';
import { dataScript, escapeHtml, html } from '../../src/cli/report/html.ts';
import { createMathRenderer } from '../../src/cli/report/math.ts';
import { type Observations, observationsOf } from '../../src/cli/report/observations.ts';
import { loadPackages } from '../../src/cli/report/packages.ts';
import { counted, many, shown } from '../../src/cli/report/page-numbers.ts';
import { along, axisOver, wantsLog } from '../../src/cli/report/plots/axis.ts';
import { frontPlot } from '../../src/cli/report/plots/front-plot.ts';
import { histogram, normalCurve } from '../../src/cli/report/plots/histogram.ts';
import { lawPlot } from '../../src/cli/report/plots/law-plot.ts';
import { renderPlot } from '../../src/cli/report/plots/render-plot.ts';
import { residualPlots } from '../../src/cli/report/plots/residual-plots.ts';
import { textWidth } from '../../src/cli/report/plots/text-width.ts';
import type { SavedRun } from '../../src/cli/report/saved-run.ts';
import { thin } from '../../src/cli/report/thin.ts';
import { Table } from '../../src/core/index.ts';

/** Edges are a sum of steps. */
const ROUNDING = 1e-12;

const packages = await loadPackages();

function savedRun(changes: Partial<SavedRun> = {}): SavedRun {
  const entry = { complexity: 3, loss: 0.5, score: 0, expression: '2 * x', latex: '2 \\cdot x', constants: [2] };
  return {
    folder: '',
    running: false,
    target: 'y',
    inputs: ['x'],
    categories: {},
    notes: [],
    rivals: [],
    seconds: 1,
    evaluations: 1,
    best: entry,
    front: [entry, { ...entry, complexity: 5, loss: 0, expression: '2 * x + 0' }],
    table: undefined,
    options: undefined,
    files: undefined,
    version: undefined,
    ...changes,
  };
}

describe('html', () => {
  it('lets no text become markup, and loses none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const escaped = html`${text}`.text;
        expect(escaped).not.toMatch(/[<>"']/);
        const back = escaped
          .replace(/&lt;/g, '<')
          .replace(/&gt;/g, '>')
          .replace(/&quot;/g, '"')
          .replace(/&#39;/g, "'")
          .replace(/&amp;/g, '&');
        expect(back).toBe(text.replace(/[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu, '\ufffd'));
      }),
    );
  });

  it('keeps HTML, joins lists and leaves out what is not there', () => {
    expect(html`${html`<b>`}${['<', 1, undefined]}`.text).toBe('<b>&lt;1');
    expect(escapeHtml('a\u0000b\u202ec')).toBe('a\ufffdb\ufffdc');
  });

  it('data cannot close its script and reads back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('</script>', '<!--', '\u2028'), (value, harm) => {
        const { text } = dataScript('id', { value, harm });
        const inside = text.slice(text.indexOf('>') + 1, -'</script>'.length);
        expect(inside).not.toContain('<');
        expect(JSON.stringify(JSON.parse(inside))).toBe(JSON.stringify({ value, harm }));
      }),
    );
  });
});

describe('numbers', () => {
  it.each<[number | null | undefined, string]>([
    [0, '0'],
    [-1.5, '−1.5'],
    [1234567, '1.235 × 10⁶'],
    [-2e-10, '−2 × 10⁻¹⁰'],
    [1e-4, '10⁻⁴'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NaN, '–'],
    [null, '–'],
  ])('%s is shown as %s', (value, text) => expect(shown(value)).toBe(text));

  it('counts in groups of three', () => {
    expect([counted(1234567), many(1, 'row'), many(2000, 'row')]).toEqual(['1,234,567', '1 row', '2,000 rows']);
  });
});

describe('thin', () => {
  it('draws distinct rows in order, the same ones every time, evenly', () => {
    const rows = thin(10_000, 500);
    expect(rows.length).toBe(500);
    expect(new Set(rows).size).toBe(500);
    expect(Array.from(rows)).toEqual(Array.from(rows).sort((a, b) => a - b));
    expect(thin(10_000, 500)).toEqual(rows);
    // The mean of a uniform sample of 500 has a standard deviation of 129.
    expect(Math.abs(rows.reduce((sum, row) => sum + row / 500, 0) - 5000)).toBeLessThan(5 * 129);
    expect(Array.from(thin(3, 5))).toEqual([0, 1, 2]);
  });
});

describe('histogram', () => {
  it('counts every finite value once', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 200 }), (values) => {
        const finite = values.filter((value) => Math.abs(value) < 1e150);
        const { counts, edges, total } = histogram([...finite, Number.NaN]);
        expect(total).toBe(finite.length);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(finite.length);
        expect(edges.length).toBe(counts.length + 1);
        if (total > 0) {
          const size = Math.max(...finite.map(Math.abs), 1e-290);
          expect(edges[0]).toBeLessThanOrEqual(Math.min(...finite));
          expect(edges[edges.length - 1]).toBeGreaterThanOrEqual(Math.max(...finite) - ROUNDING * size);
          expect(edges.every((edge, i) => i === 0 || edge > edges[i - 1])).toBe(true);
        }
      }),
    );
  });

  it('a normal curve holds as many rows as the histogram', () => {
    const bins = histogram(Array.from({ length: 100 }, (_, i) => -5 + i / 10));
    const curve = normalCurve(bins);
    const step = curve[1].x! - curve[0].x!;
    const area = curve.reduce((sum, point) => sum + point.y * step, 0) / (bins.edges[1] - bins.edges[0]);
    expect(area).toBeCloseTo(100, 1);
  });
});

describe('comparison', () => {
  const table = Table.from({ x: [1, 2, 3, 4], y: [2.5, 3.5, 6.5, 7.5], dy: [0.5, 0.5, 0.25, 0.25] });

  it('by hand, without errors', () => {
    const { goodness, residuals, kind } = compare(observationsOf(table, savedRun(), {}), '2 * x', 1, false);
    expect(kind).toBe('difference');
    expect(Array.from(residuals)).toEqual([0.5, -0.5, 0.5, -0.5]);
    // Squares of the residuals: 4 * 0.25; about the mean 5: 6.25 + 2.25 + 2.25 + 6.25.
    expect(goodness).toMatchObject({ rows: 4, undefinedRows: 0, rms: 0.5, largest: 0.5 });
    expect(goodness.r2).toBeCloseTo(1 - 1 / 17, 14);
    expect(goodness.test).toBeUndefined();
  });

  it('by hand, with errors: chi2 = 1 + 1 + 4 + 4 over 3 degrees of freedom', () => {
    const { goodness, residuals } = compare(observationsOf(table, savedRun(), { sigma: 'dy' }), '2 * x', 1, false);
    expect(Array.from(residuals)).toEqual([1, -1, 2, -2]);
    expect(goodness.test).toMatchObject({ statistic: 'chi2', value: 10, ndf: 3 });
    // scipy.stats.chi2.sf(10, 3)
    expect(goodness.test?.pValue).toBeCloseTo(0.01856613546304325, 12);
  });

  it('asymmetric errors count by the side of the law', () => {
    const sides = Table.from({ x: [1, 2], y: [3, 3], up: [0.5, 0.5], down: [0.25, 0.25] });
    const data = observationsOf(sides, savedRun(), { sigmaUp: 'up', sigmaDown: 'down' });
    const { residuals, goodness } = compare(data, '2 * x', 1, false);
    expect(Array.from(residuals)).toEqual([4, -2]);
    expect(goodness.test?.value).toBe(20);
  });

  it('a covariance matrix gives r C^-1 r', () => {
    const pair = Table.from({ x: [1, 2], y: [3, 5] });
    const data = observationsOf(pair, savedRun(), {
      covariance: [
        [2, 1],
        [1, 2],
      ],
    });
    // r = (1, 1), C^-1 = [[2, -1], [-1, 2]] / 3.
    expect(compare(data, '2 * x', 1, false).goodness.test?.value).toBeCloseTo(2 / 3, 13);
  });

  it('bins hold the integral of the law', () => {
    const bins = Table.from({ low: [0, 1, 3], high: [1, 3, 4], n: [10, 5, 2] });
    const options = { likelihood: 'poisson', binLow: 'low', binHigh: 'high', binVariable: 'm', nodesPerBin: 8 };
    const data = observationsOf(bins, savedRun({ target: 'n', inputs: ['m'] }), options);
    const integral = (a: number, b: number): number => 20 * (Math.exp(-a) - Math.exp(-b));
    const expected = data.expect('20 * exp(-m)');
    for (const [i, [a, b]] of [
      [0, 1],
      [1, 3],
      [3, 4],
    ].entries())
      expect(expected[i]).toBeCloseTo(integral(a, b), 9);
    expect(Array.from(data.inputs[0].values)).toEqual([0.5, 2, 3.5]);
  });

  it('relative residuals are shares of the law; undefined rows are left out', () => {
    const { residuals, kind, goodness } = compare(observationsOf(table, savedRun(), {}), '1 / (x - 1)', 1, true);
    expect(kind).toBe('relative');
    expect(residuals[1]).toBeCloseTo(2.5, 14);
    expect(goodness).toMatchObject({ rows: 3, undefinedRows: 1 });
  });

  it('reads categories by their labels', () => {
    const labelled = Table.from({ d: ['b', 'a', 'new'], y: [1, 2, 3] });
    const data = observationsOf(labelled, savedRun({ inputs: ['d'], categories: { d: ['a', 'b'] } }), {});
    expect(Array.from(data.expect('10 * d'))).toEqual([20, 10, Number.NaN]);
  });
});

describe('axes', () => {
  it('are logarithmic over decades of positive values alone', () => {
    expect(wantsLog([1, 2, 1000])).toBe(true);
    expect(wantsLog([0, 2, 1000])).toBe(false);
    expect(wantsLog([1, 2, 10])).toBe(false);
    expect(wantsLog(Array.from({ length: 1000 }, (_, i) => i + 1))).toBe(false);
  });

  it.each([
    [1, 1e5],
    [3e-12, 4e30],
    [1.1, 7],
    [2e-300, 3e-300],
    [0.2, 0.2],
  ])('ticks from %s to %s lie inside and are few', (low, high) => {
    const axis = axisOver('a', [low, high], true);
    const { values } = along(axis, 'x')['axis'] as { values: number[] };
    expect(values.length).toBeGreaterThan(0);
    expect(values.length).toBeLessThan(10);
    for (const value of values) expect(value).toSatisfy((each: number) => each >= axis.low && each <= axis.high);
  });

  it('a text is never narrower than a browser draws it, by class of characters', () => {
    expect(textWidth({ fontSize: 10 }, 'WWW')).toBeGreaterThan(29);
    expect(textWidth({ fontSize: 10 }, '漢字')).toBeGreaterThanOrEqual(20);
    expect(textWidth({ fontSize: 10, limit: 12 }, 'WWW')).toBe(12);
  });
});

describe('figures', () => {
  const odd: [string, Observations, string][] = [
    ['one row', observationsOf(Table.from({ x: [1], y: [2] }), savedRun(), {}), '2 * x'],
    ['a constant input', observationsOf(Table.from({ x: [1, 1], y: [2, 3] }), savedRun(), {}), '2 * x'],
    ['a pole', observationsOf(Table.from({ x: [-1, 0, 1], y: [2, 3, 4] }), savedRun(), {}), '1 / x'],
    ['nowhere defined', observationsOf(Table.from({ x: [-2, -1], y: [2, 3] }), savedRun(), {}), 'log(x)'],
    ['no input', observationsOf(Table.from({ y: [2, 3] }), savedRun({ inputs: [] }), {}), '2.5'],
    ['huge numbers', observationsOf(Table.from({ x: [1e-300, 1e300], y: [1e300, -1e300] }), savedRun(), {}), 'x'],
  ];

  it.each(odd)('%s is drawn without complaint', async (_, data, formula) => {
    const complaints: string[] = [];
    const comparison = compare(data, formula, 1, false);
    const rows = thin(data.rows, 100);
    const plots = [
      lawPlot('law', data, formula, comparison, rows),
      ...residualPlots(data, comparison, data.inputs, rows),
    ];
    for (const { spec } of plots) {
      const svg = await renderPlot(packages, 'a', spec, (message) => complaints.push(message));
      expect(svg).toMatch(/^<svg/);
      expect(/NaN|undefined|Infinity/.exec(svg)).toBeNull();
    }
    expect(complaints).toEqual([]);
  });

  it('a front with a loss of zero keeps a logarithmic axis and says so', async () => {
    const plot = frontPlot(savedRun());
    expect(plot.caption).toContain('A loss of 0');
    expect(/NaN|Infinity/.exec(await renderPlot(packages, 'a', plot.spec))).toBeNull();
  });

  it('one entry makes a front', async () => {
    const { best } = savedRun();
    expect(await renderPlot(packages, 'a', frontPlot(savedRun({ front: [best] })).spec)).toMatch(/^<svg/);
  });

  it('a specification cannot be built that vega refuses in silence', async () => {
    const spec = {
      ...frontPlot(savedRun()).spec,
      mark: 'none',
      encoding: { x: { field: 'x', type: 'odd' } },
      layer: undefined,
    };
    const complaints: string[] = [];
    const outcome = await renderPlot(packages, 'a', spec, (message) => complaints.push(message)).catch(() => 'refused');
    expect(outcome === 'refused' || complaints.length > 0).toBe(true);
  });
});

describe('packages', () => {
  it('name what is missing and the command that installs it', async () => {
    const missing = (): never => {
      throw Object.assign(new Error('none'), { code: 'ERR_MODULE_NOT_FOUND' });
    };
    const broken = {
      vega: async () => missing(),
      'vega-lite': () => import('vega-lite'),
      katex: async () => missing(),
    };
    await expect(loadPackages(broken)).rejects.toMatchObject({
      code: 'missing-package',
      message: 'a report takes the packages vega, katex, which are not installed (npm install vega katex)',
    });
  });

  it('LaTeX that KaTeX refuses stays text; fonts are inside', async () => {
    const math = createMathRenderer(packages);
    expect(math.render('\\frac{1}{').text).toBe('<code>\\frac{1}{</code>');
    expect(math.render('\\href{javascript:alert(1)}{x}').text).not.toContain('<a ');
    expect(math.render('x^2').text).toContain('x^2</annotation>');
    const styles = await math.styles();
    expect(styles.match(/@font-face/g)?.length).toBe(2);
    expect(styles).not.toMatch(/url\((?!data:)/);
  });
});
