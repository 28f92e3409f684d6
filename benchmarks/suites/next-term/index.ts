/**
 * What a small transformer learns of integer sequences: the next term modulo 97 from the eleven before, for laws whose
 * coefficients it has never seen, beside what needs no network. The shortest recurrence, by Berlekamp and Massey, is exact
 * on every family with constant coefficients: nothing can be better there, and a reference is its share. The curves of every
 * seed go into the JSON; `node benchmarks/pictures/next-term.mjs` draws them. `--quick` is one seed and too little training
 * to learn much.
 */
import { now } from '../../../src/core/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';
import type { Row } from '../../row.ts';
import { BASELINES, shareRight } from './baselines.ts';
import { type Data, drawData } from './data.ts';
import { FAMILIES, type Family } from './families.ts';
import { type Learned, type LearnerSettings, learn, mean } from './learner.ts';

/** What is to be learned at once, and what it takes. */
interface Task {
  readonly name: string;
  readonly families: readonly Family[];
  /** Sequences of every family. */
  readonly train: number;
  readonly settings: Omit<LearnerSettings, 'seed' | 'modulus'>;
}

const [MODULUS, COUNT, TEST] = [97, 12, 300];
const NETWORK = { layers: 2, width: 48, heads: 4, batchSize: 64, learningRate: 5e-3 };

const TASKS: readonly Task[] = [
  {
    name: 'lines',
    families: FAMILIES.filter(({ name }) => name === 'polynomials of degree 1'),
    train: 10_000,
    // Without decay the network learns its sequences by heart, and nothing of others.
    settings: { ...NETWORK, epochs: 16, weightDecay: 0.7 },
  },
  { name: 'all', families: FAMILIES, train: 3000, settings: { ...NETWORK, epochs: 7, weightDecay: 0.3 } },
];

/** A training with what came of it, as it is recorded. */
interface Run extends Learned {
  readonly task: string;
  readonly seed: number;
  readonly sequences: number;
  readonly settings: LearnerSettings;
  readonly cpuSeconds: number;
}

/** Runs the suite. */
export async function run({ quick, log }: { quick: boolean; log: (text: string) => void }): Promise<{
  rows: Row[];
  seconds: number;
  runs: Run[];
}> {
  const started = now();
  await chooseBackend({ backend: 'wasm' });
  const rows: Row[] = [];
  const runs: Run[] = [];
  for (const task of TASKS) {
    const [train, epochs] = quick ? [task.train / 10, 3] : [task.train, task.settings.epochs];
    const data: Data[] = [];
    const first = runs.length;
    for (const seed of quick ? [1] : [1, 2, 3]) {
      const drawn = drawData(task.families, { modulus: MODULUS, count: COUNT, train, test: TEST, seed });
      data.push(drawn);
      const settings = { ...task.settings, epochs, modulus: MODULUS, seed };
      const before = process.cpuUsage();
      const learned = await learn(drawn, settings, (text) => log(`${task.name}: ${text}`));
      const { user, system } = process.cpuUsage(before);
      const sequences = train * task.families.length;
      runs.push({ task: task.name, seed, sequences, settings, cpuSeconds: (user + system) / 1e6, ...learned });
    }
    rows.push(...rowsOf(task, data, runs.slice(first)));
  }
  return { rows, seconds: now() - started, runs };
}

function rowsOf({ name: task, families }: Task, data: readonly Data[], runs: readonly Run[]): Row[] {
  const row = (name: string, value: number, unit: string, reference: number | null = null): Row => ({
    name: `${task}, ${name}`,
    value,
    unit,
    reference,
    ratio: reference === null ? null : value / reference,
  });
  const over = (values: readonly number[]): number =>
    (100 * values.reduce((sum, value) => sum + value, 0)) / values.length;
  const exact = data.map(({ train, newLaws }) => shareRight(BASELINES.at(-1)!.open(train, MODULUS), newLaws));
  const rows = families.flatMap(({ name, isLinear }) => {
    const reference = isLinear ? over(exact.map((shares) => shares[name])) : null;
    return [
      row(`new laws: ${name}`, over(runs.map(({ newLaws }) => newLaws[name])), '%', reference),
      row(`laws seen: ${name}`, over(runs.map(({ seenLaws }) => seenLaws[name])), '%'),
    ];
  });
  rows.push(row('new laws: network', over(runs.map(({ newLaws }) => mean(newLaws))), '%'));
  for (const { name, open } of BASELINES) {
    const shares = data.map(({ train, newLaws }) => mean(shareRight(open(train, MODULUS), newLaws)));
    rows.push(row(`new laws: ${name}`, over(shares), '%'));
  }
  const seconds = runs.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  rows.push(row('parameters', runs[0].parameters, ''), row('training of all seeds', seconds, 'CPU s'));
  return rows;
}
