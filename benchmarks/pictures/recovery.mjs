// Draws recorded success rates beside published ones into benchmarks/results/recovery.svg:
// node benchmarks/pictures/recovery.mjs [label of the results]
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';
import drawing from '../../notebooks/draw.cjs';

register();
const { PUBLISHED } = await import('../recovery/published.ts');

const TITLES = {
  empirical: 'EmpiricalBench',
  fastsrb: 'FastSRB',
  feynman: 'Feynman',
  nguyen: 'Nguyen and Livermore',
  random: 'random laws',
};
const results = fileURLToPath(new URL('../results/', import.meta.url));
const [label] = process.argv.slice(2);
const pattern = new RegExp(`^recovery-(\\w+)${label === undefined ? '(?:-[\\w.-]+)?' : `-${label}`}\\.json$`);

/** What a recorded run was made with. */
function conditions({ settings, summary }) {
  const parts = [`${settings.seconds} s`, `${settings.threads} ${settings.threads === 1 ? 'thread' : 'threads'}`];
  if (settings.noise !== undefined) parts.push(`noise ${settings.noise}`);
  if (settings.units) parts.push('units');
  if (settings.constants) parts.push('constants by name');
  if (settings.half !== 'all') parts.push(`${settings.half} half`);
  parts.push(`${summary.all.best.trials} trials`);
  return parts.join(', ');
}

const recorded = readdirSync(results).flatMap((file) => {
  if (!pattern.test(file) || file.endsWith('.quick.json')) return [];
  const result = JSON.parse(readFileSync(`${results}${file}`, 'utf8'));
  return result.finished ? [result] : [];
});
if (recorded.length === 0) {
  console.error('no finished result of npm run bench -- recovery to draw; run it first');
  process.exit(2);
}

const rows = [];
const suites = [...Object.keys(TITLES), ...recorded.map(({ recovered }) => recovered)];
for (const suite of new Set(suites)) {
  const title = TITLES[suite] ?? suite;
  const own = recorded.filter(({ recovered }) => recovered === suite);
  if (own.length === 0) continue;
  const add = (name, percent, more) => rows.push({ suite: title, place: rows.length, name, percent, ...more });
  for (const result of own) {
    const { best, front } = result.summary.all;
    const name = `Ansatz${result.label === '' ? '' : ` (${result.label})`}`;
    const front100 = (100 * front.successes) / front.trials;
    const interval = { low: 100 * best.low, high: 100 * best.high };
    add(name, 100 * best.rate, { kind: 'ansatz', front: front100, ...interval, note: conditions(result) });
  }
  for (const { method, percent, conditions } of PUBLISHED[suite] ?? []) {
    add(method, percent, { kind: 'published', note: `published: ${conditions}` });
  }
}
const values = rows.map((row) => ({ ...row, text: `${row.percent.toFixed(1)}%  ${row.note}` }));

const INK = '#2b3a55';
const ACCENT = '#c8553d';
const y = {
  field: 'place',
  type: 'ordinal',
  axis: {
    title: null,
    labelExpr: `[${values.map(({ suite, name }) => JSON.stringify(`${suite}: ${name}`)).join(', ')}][datum.value]`,
    labelLimit: 320,
    ticks: false,
    domain: false,
  },
};
const x = (field) => ({ field, type: 'quantitative', scale: { domain: [0, 100] }, axis: { title: null } });
const ours = { filter: "datum.kind === 'ansatz'" };
const svg = await drawing.draw({
  width: 420,
  height: { step: 26 },
  background: 'white',
  padding: 16,
  autosize: { type: 'pad' },
  title: {
    text: 'Laws recovered, in percent',
    subtitle:
      'bars: the law is selected as best, with its 95% interval; points: it is on the front. Published rates have criteria of their own.',
    anchor: 'start',
    offset: 14,
  },
  data: { values },
  layer: [
    {
      mark: { type: 'bar', height: 14 },
      encoding: {
        y,
        x: { ...x('percent'), axis: { title: 'percent', grid: true, gridOpacity: 0.4 } },
        color: { condition: { test: "datum.kind === 'ansatz'", value: ACCENT }, value: '#b8c0cc' },
      },
    },
    {
      transform: [ours],
      mark: { type: 'rule', color: INK, strokeWidth: 1.5 },
      encoding: { y, x: x('low'), x2: { field: 'high' } },
    },
    { transform: [ours], mark: { type: 'point', filled: true, color: INK, size: 36 }, encoding: { y, x: x('front') } },
    {
      mark: { type: 'text', align: 'left', dx: 10, fontSize: 10, clip: false, color: INK },
      encoding: { y, x: { datum: 100, type: 'quantitative' }, text: { field: 'text', type: 'nominal' } },
    },
  ],
  config: { view: { stroke: null }, font: 'sans-serif' },
});

const path = `${results}recovery${label === undefined ? '' : `-${label}`}.svg`;
writeFileSync(path, `${svg}\n`);
console.log(`${path}: ${values.length} bars, ${existsSync(path) ? svg.length : 0} characters`);
