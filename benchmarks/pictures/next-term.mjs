// Draws the curves of npm run bench -- next-term into benchmarks/results/next-term.svg: node benchmarks/pictures/next-term.mjs
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import drawing from '../../notebooks/draw.cjs';

const TITLES = { lines: 'lines alone', all: 'nine families at once' };
const PARTS = ['laws seen', 'new laws'];
const [ACCENT, INK] = ['#c8553d', '#2b3a55'];

const results = fileURLToPath(new URL('../results/', import.meta.url));
const from = `${results}next-term.json`;
if (!existsSync(from)) {
  console.error('no result of npm run bench -- next-term to draw; run it first');
  process.exit(2);
}
const { runs, rows } = JSON.parse(readFileSync(from, 'utf8'));

const color = { field: 'part', type: 'nominal', title: null, scale: { domain: PARTS, range: [INK, ACCENT] } };
const x = { field: 'epoch', type: 'quantitative' };
const line = { mark: { type: 'line', strokeWidth: 1.4 }, encoding: { x, color, detail: { field: 'seed' } } };

/** Loss and share of right terms of a task, side by side; a line a seed. */
function panels(task) {
  const points = runs
    .filter((run) => run.task === task)
    .flatMap(({ seed, curve }) =>
      curve.flatMap(({ epoch, loss, newLawsLoss, seenLaws, newLaws }) => [
        { seed, epoch, part: PARTS[0], loss, right: 100 * seenLaws },
        { seed, epoch, part: PARTS[1], loss: newLawsLoss, right: 100 * newLaws },
      ]),
    );
  const of = (name) => rows.find((row) => row.name === `${task}, new laws: ${name}`).value;
  const others = [
    { way: 'shortest recurrence', right: of('shortest recurrence') },
    { way: 'last term again', right: of('last term again') },
  ];
  const y = (field, title) => ({ field, type: 'quantitative', axis: { title }, scale: { zero: true } });
  const panel = { width: 280, height: 180 };
  return {
    hconcat: [
      {
        ...panel,
        title: `${TITLES[task] ?? task}: loss`,
        data: { values: points },
        ...line,
        encoding: { ...line.encoding, y: y('loss', 'nats a term') },
      },
      {
        ...panel,
        title: 'last terms that are right',
        layer: [
          { data: { values: points }, ...line },
          { data: { values: others }, mark: { type: 'rule', strokeDash: [4, 3], color: '#8a8f98' } },
          {
            data: { values: others },
            mark: { type: 'text', align: 'left', dx: 4, dy: -6, fontSize: 10, color: '#5a5f68' },
            encoding: { x: { datum: 0, type: 'quantitative' }, text: { field: 'way', type: 'nominal' } },
          },
        ],
        encoding: { y: { ...y('right', 'percent'), scale: { domain: [0, 108] } } },
      },
    ],
  };
}

const tasks = [...new Set(runs.map(({ task }) => task))];
const seeds = new Set(runs.map(({ seed }) => seed)).size;
const svg = await drawing.draw({
  background: 'white',
  padding: 16,
  title: {
    text: 'A small transformer and the next term modulo 97',
    subtitle: `${runs[0].parameters} parameters, two layers; a line for each of ${seeds} seeds. Loss of laws seen: the mean over the epoch, in training.`,
    anchor: 'start',
    offset: 14,
  },
  vconcat: tasks.map(panels),
  config: { view: { stroke: null }, font: 'sans-serif' },
});
const path = `${results}next-term.svg`;
writeFileSync(path, `${svg}\n`);
console.log(`${path}: ${runs.length} trainings`);
