/**
 * What can be had from symbols without learning: shares of the test that simple guesses get right, and ceilings, beside
 * those that a program in Python measured, which shares nothing with this one. `--quick` takes fewer splits and leaves
 * six loops out.
 */
import {
  admissibleExamples,
  bootstrapSymbol,
  leakedWords,
  orbitSplit,
  type PolylogSymbol,
  randomSplit,
  STRIKE_OUT_BASELINES,
  strikeOutExamples,
  valueExamples,
  WORD_BASELINES,
  type WordExamples,
} from '../../../src/amplitudes/index.ts';
import { now, RandomStream } from '../../../src/core/index.ts';
import type { Row } from '../../row.ts';

/** Percent of the test, at five loops unless it says six. */
const REFERENCES: Readonly<Record<string, number>> = {
  'zero: majority': 55.4,
  'zero: suffix 4': 90.8,
  'zero: prefix 3 and suffix 4': 94.3,
  'value: majority': 4.25,
  'value: Hamming-1 vote': 4.4,
  'strike-out: pairs': 39_453,
  'strike-out: ceiling': 98.88,
  'strike-out: ceiling, sorted': 92.99,
  'strike-out: nearest neighbour, value': 55.4,
  'strike-out: nearest neighbour, sign': 86.8,
  'strike-out at six loops: pairs': 782_500,
  'strike-out at six loops: ceiling': 99.9987,
};

/** Kept for the test. */
const [OF_ORBITS, OF_PAIRS] = [0.1, 0.05];

function row(name: string, value: number, unit: string): Row {
  const reference = REFERENCES[name] ?? null;
  return { name, value, unit, reference, ratio: reference === null ? null : value / reference };
}

/** Points of a hundred by which a share may differ from its reference. */
const [POINTS, QUICK_POINTS] = [0.5, 2];

/** Runs the suite. @throws Error when a share is not what was measured elsewhere */
export async function run(options: { quick: boolean; log: (text: string) => void }): Promise<Row[]> {
  const rows = await measured(options);
  const most = options.quick ? QUICK_POINTS : POINTS;
  const wrong = rows.filter(({ unit, value, reference }) => {
    return reference !== null && Math.abs(value - reference) > (unit === '%' ? most : 0);
  });
  if (wrong.length > 0) throw new Error(`not as measured elsewhere: ${wrong.map(({ name }) => name).join('; ')}`);
  return rows;
}

async function measured({ quick, log }: { quick: boolean; log: (text: string) => void }): Promise<Row[]> {
  const splits = quick ? 2 : 20;
  const lower = (await bootstrapSymbol(4)).symbol;
  const { symbol } = await bootstrapSymbol(5);
  const rows = [
    ...wordRows('zero', admissibleExamples(symbol), splits),
    ...wordRows('value', valueExamples(symbol), splits),
    leakRow(symbol),
  ];
  log('striking letters out, from four loops to five');
  rows.push(...strikeOutRows('strike-out', symbol, lower, splits));
  if (quick) return rows;
  log('six loops');
  rows.push(...strikeOutRows('strike-out at six loops', (await bootstrapSymbol(6)).symbol, symbol, 1));
  return rows;
}

function wordRows(task: string, examples: WordExamples, splits: number): Row[] {
  const baselines = WORD_BASELINES.filter((baseline) => baseline.task === task);
  const sums = new Map(baselines.map(({ name }) => [name, 0]));
  for (let seed = 1; seed <= splits; seed++) {
    const isTest = orbitSplit(examples, OF_ORBITS, new RandomStream(seed));
    for (const { name, score } of baselines) sums.set(name, sums.get(name)! + score(examples, isTest));
  }
  return [...sums].map(([name, sum]) => row(`${task}: ${name}`, (100 * sum) / splits, '%'));
}

function leakRow(symbol: PolylogSymbol): Row {
  const examples = valueExamples(symbol);
  const isTest = randomSplit(examples.keys.length, OF_ORBITS, new RandomStream(1));
  const kept = isTest.reduce((sum, one) => sum + one, 0);
  return row('value: leaked by a split word by word', (100 * leakedWords(examples, isTest)) / kept, '%');
}

function strikeOutRows(task: string, symbol: PolylogSymbol, lower: PolylogSymbol, splits: number): Row[] {
  const began = now();
  const examples = strikeOutExamples(symbol, lower);
  const rows = [row(`${task}: pairs`, examples.count, ''), row(`${task}: seconds`, now() - began, 's')];
  for (const { name, most, score } of STRIKE_OUT_BASELINES) {
    if (examples.count > most) continue;
    const sums = new Map<string, number>();
    // Ceilings do not depend on the split.
    const count = name.startsWith('ceiling') ? 1 : splits;
    for (let seed = 1; seed <= count; seed++) {
      const isTest = randomSplit(examples.count, OF_PAIRS, new RandomStream(seed));
      for (const { name: part, share } of score(examples, isTest)) sums.set(part, (sums.get(part) ?? 0) + share);
    }
    for (const [part, sum] of sums) rows.push(row(`${task}: ${part}`, (100 * sum) / count, '%'));
  }
  return rows;
}
