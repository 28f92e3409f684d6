// Draws the Pareto front of a real run into benchmarks/results/: node benchmarks/pictures/front.mjs [table] [target]
// Seeded and bounded by evaluations, so that the picture comes out the same again.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fit } from 'ansatz';
import { print } from 'ansatz/expressions';
import { readTable } from 'ansatz/io';
import drawing from '../../notebooks/draw.cjs';

const SEED = 1;
const MAX_EVALS = 50_000;
const MAX_SIZE = 20;
const [name = 'planets', target = 'period'] = process.argv.slice(2);

const table = await readTable(`data/${name}/${name}.csv`);
const model = await fit(table, { target, seed: SEED, maxEvals: MAX_EVALS, maxSize: MAX_SIZE, timeLimit: 3600 });

// A loss of exactly zero has no place on a logarithmic axis: it stands at the rounding error of the target.
const meanSquare = table.numbers(target).reduce((sum, value) => sum + value * value, 0) / table.rows;
const floor = meanSquare * Number.EPSILON ** 2;
// The chosen formula and those that gain much on the one before carry their text.
const GAIN = 3;
const points = model.front.map((entry, i) => {
  const chosen = entry.complexity === model.best.complexity;
  const gains = i === 0 || entry.loss * GAIN < model.front[i - 1].loss;
  const text = print(entry.tree, { digits: 4 });
  const label = text.length > 44 ? `${text.slice(0, 43)}…` : text;
  return {
    complexity: entry.complexity,
    loss: Math.max(entry.loss, floor),
    label: chosen || gains ? label : '',
    chosen,
  };
});
const longest = Math.max(...points.map((point) => point.complexity));

const INK = '#2b3a55';
const ACCENT = '#c8553d';
const svg = await drawing.draw({
  width: 760,
  height: 360,
  background: 'white',
  padding: 16,
  title: {
    text: `${target} of data/${name}: loss against complexity`,
    subtitle: `seed ${model.seed}, ${MAX_EVALS.toLocaleString('en')} evaluations at most, complexity up to ${MAX_SIZE}; chosen: ${target} = ${print(model.best.tree, { digits: 6 })}`,
    anchor: 'start',
    offset: 14,
  },
  data: { values: points },
  encoding: {
    x: {
      field: 'complexity',
      type: 'quantitative',
      scale: { domain: [0, longest * 1.1] },
      axis: { title: 'complexity', tickMinStep: 1, grid: false },
    },
    y: {
      field: 'loss',
      type: 'quantitative',
      scale: { type: 'log' },
      axis: { title: 'loss', format: '.0e', tickCount: 6, gridOpacity: 0.4 },
    },
  },
  layer: [
    { mark: { type: 'line', interpolate: 'step-after', color: INK, opacity: 0.5 } },
    {
      mark: { type: 'point', filled: true, opacity: 1 },
      encoding: {
        color: { condition: { test: 'datum.chosen', value: ACCENT }, value: INK },
        size: { condition: { test: 'datum.chosen', value: 160 }, value: 60 },
      },
    },
    {
      mark: {
        type: 'text',
        align: { expr: `datum.complexity > ${0.6 * longest} ? 'right' : 'left'` },
        dx: { expr: `datum.complexity > ${0.6 * longest} ? -9 : 9` },
        dy: { expr: `datum.complexity > ${0.6 * longest} ? 14 : -8` },
        font: 'monospace',
        fontSize: 11,
      },
      encoding: {
        text: { field: 'label', type: 'nominal' },
        color: { condition: { test: 'datum.chosen', value: ACCENT }, value: INK },
      },
    },
  ],
  config: { view: { stroke: null }, font: 'sans-serif' },
});

mkdirSync('benchmarks/results', { recursive: true });
const path = `benchmarks/results/pareto-${name}.svg`;
writeFileSync(path, `${svg}\n`);
console.log(`${path}: ${model.front.length} formulas, best ${print(model.best.tree, { digits: 6 })}`);
