// Draws what decorrelation costs, from a recorded run, into benchmarks/results/decorrelation.svg:
// node benchmarks/pictures/decorrelation.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import drawing from '../../notebooks/draw.cjs';

const results = fileURLToPath(new URL('../results/', import.meta.url));
let recorded;
try {
  recorded = JSON.parse(readFileSync(`${results}decorrelation.json`, 'utf8'));
} catch {
  console.error('no result of npm run bench -- decorrelation to draw; run it first');
  process.exit(2);
}

const { points, truth, seeds, events } = recorded;
const keys = [...new Set(points.map(({ method, strength }) => JSON.stringify({ method, strength })))];
const values = keys.map((key) => {
  const { method, strength } = JSON.parse(key);
  const own = points.filter((point) => point.method === method && point.strength === strength);
  const mean = (name) => own.reduce((sum, point) => sum + point[name], 0) / own.length;
  return { method, strength, auc: mean('auc'), inverse: mean('inverseJsd') };
});

const x = { field: 'auc', type: 'quantitative', scale: { zero: false }, axis: { title: 'area under the curve' } };
const y = {
  field: 'inverse',
  type: 'quantitative',
  scale: { type: 'log' },
  axis: { title: '1 / JSD at half of the signal, 1/bit', gridOpacity: 0.4 },
};
const color = {
  field: 'method',
  type: 'nominal',
  sort: null,
  legend: { title: null },
  scale: { range: ['#b8c0cc', '#7f8a99', '#c8553d', '#2b3a55', '#6f93c4', '#d9a441'] },
};
const svg = await drawing.draw({
  width: 420,
  height: 320,
  background: 'white',
  padding: 16,
  title: {
    text: 'What it costs to keep a score from the mass',
    subtitle: [
      `means of ${seeds.length} trainings on ${events} events; upper right is better`,
      'dashed: the likelihood ratio at the true mass, which knows nothing else of it',
    ],
    anchor: 'start',
    offset: 14,
  },
  layer: [
    {
      data: { values: [{ auc: truth.auc }] },
      mark: { type: 'rule', color: '#2b3a55', strokeDash: [4, 4] },
      encoding: { x: { field: 'auc', type: 'quantitative' } },
    },
    {
      data: { values: [{ inverse: truth.inverseJsd }] },
      mark: { type: 'rule', color: '#2b3a55', strokeDash: [4, 4] },
      encoding: { y: { field: 'inverse', type: 'quantitative' } },
    },
    {
      data: { values },
      mark: { type: 'line', strokeWidth: 1.5 },
      encoding: { x, y, color, order: { field: 'strength' } },
    },
    { data: { values }, mark: { type: 'point', filled: true, size: 50, opacity: 1 }, encoding: { x, y, color } },
  ],
  config: { view: { stroke: null }, font: 'sans-serif' },
});
writeFileSync(`${results}decorrelation.svg`, `${svg}\n`);
console.log(`${results}decorrelation.svg: ${values.length} points`);
