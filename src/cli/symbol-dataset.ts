import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import {
  bootstrapSymbol,
  type LearningScore,
  leakedWords,
  orbitSplit,
  type PolylogSymbol,
  randomSplit,
  STRIKE_OUT_BASELINES,
  strikeOutExamples,
  valueExamples,
  WORD_BASELINES,
  type WordExamples,
  wordText,
  zeroExamples,
} from '../amplitudes/index.ts';
import { OptionError, RandomStream } from '../core/index.ts';
import { fromSystemError } from '../io/index.ts';
import type { DATASETS } from './symbol.ts';

/** What a data set is to be. */
export interface DatasetRequest {
  readonly task: (typeof DATASETS)[number];
  /** Share that is kept for the test. */
  readonly split: number;
  readonly seed: number;
  /** Where the files go. */
  readonly folder: string;
}

/** What `facts.json` holds. */
export interface DatasetFacts {
  readonly task: string;
  readonly loops: number;
  readonly split: number;
  readonly seed: number;
  /** The columns of the files, which have no header. */
  readonly columns: readonly string[];
  readonly train: number;
  readonly test: number;
  /** Words of the test with an image under the symmetries among those to train on. */
  readonly leaked: number;
  /** Shares of the test that simple guesses get right, and ceilings. */
  readonly baselines: readonly LearningScore[];
}

const LINES_PER_CHUNK = 4096;

/**
 * Writes train.tsv, test.tsv and facts.json into a folder.
 *
 * @throws OptionError "loops" where there are no parents; DomainError "too-few-orbits"
 */
export async function writeDataset(symbol: PolylogSymbol, request: DatasetRequest): Promise<DatasetFacts> {
  const { task } = request;
  try {
    const facts = task === 'strike-out' ? await writeParents(symbol, request) : writeWords(symbol, request);
    writeFileSync(join(request.folder, 'facts.json'), `${JSON.stringify(facts, null, 2)}\n`);
    return facts;
  } catch (error) {
    throw fromSystemError(error, 'cannot write', 'the data set');
  }
}

function writeWords(symbol: PolylogSymbol, { task, split, seed, folder }: DatasetRequest): DatasetFacts {
  const random = new RandomStream(seed);
  const examples: WordExamples = task === 'zero' ? zeroExamples(symbol, random.split(1)) : valueExamples(symbol);
  const isTest = orbitSplit(examples, split, random.split(2));
  const { alphabet, weight, keys, targets } = examples;
  const line = (i: number): string => `${wordText(alphabet, weight, keys[i])}\t${targets[i]}\n`;
  const rows = WORD_BASELINES.filter((baseline) => baseline.task === task);
  return {
    task,
    loops: weight / 2,
    split,
    seed,
    columns: ['word', task === 'zero' ? '1 where the coefficient is not zero' : 'coefficient'],
    ...writeBoth(folder, isTest, line),
    leaked: leakedWords(examples, isTest),
    baselines: rows.map(({ name, score }) => ({ name, share: score(examples, isTest) })),
  };
}

async function writeParents(
  symbol: PolylogSymbol,
  { task, split, seed, folder }: DatasetRequest,
): Promise<DatasetFacts> {
  const loops = symbol.weight / 2;
  if (loops < 2) throw new OptionError('loops', 'loops', 'one loop has no parents', 'take 2 loops or more');
  const { symbol: lower } = await bootstrapSymbol(loops - 1);
  const examples = strikeOutExamples(symbol, lower);
  const { alphabet, weight } = symbol;
  const { count, parents, inputs, targets, keys } = examples;
  const isTest = randomSplit(count, split, new RandomStream(seed).split(2));
  const line = (i: number): string => {
    const row = inputs.subarray(i * parents, (i + 1) * parents);
    return `${wordText(alphabet, weight, keys[i])}\t${targets[i]}\t${row.join('\t')}\n`;
  };
  // A pair of parents and value stands for all words that have it, the images of its word among them.
  const order = Uint32Array.from(keys.keys()).sort((i, j) => keys[i] - keys[j]);
  const words = { alphabet, weight, keys: Float64Array.from(order, (i) => keys[i]) };
  const sides = Uint8Array.from(order, (i) => isTest[i]);
  return {
    task,
    loops,
    split,
    seed,
    columns: ['word', 'coefficient', ...parentNames(weight)],
    ...writeBoth(folder, isTest, line),
    leaked: leakedWords(words, sides),
    baselines: STRIKE_OUT_BASELINES.filter(({ most }) => count <= most).flatMap(({ score }) => score(examples, isTest)),
  };
}

/** `without 1 2`, `without 1 3` ...: the letters that are struck out, from 1. */
function parentNames(weight: number): string[] {
  const names: string[] = [];
  for (let i = 1; i < weight; i++) for (let j = i + 1; j <= weight; j++) names.push(`without ${i} ${j}`);
  return names;
}

/** Writes both files in pieces. @returns lines in each */
function writeBoth(folder: string, isTest: Uint8Array, line: (i: number) => string): { train: number; test: number } {
  const counts = [0, 0];
  ['train.tsv', 'test.tsv'].forEach((name, side) => {
    const file = openSync(join(folder, name), 'wx');
    try {
      let text = '';
      for (let i = 0; i < isTest.length; i++) {
        if (isTest[i] !== side) continue;
        text += line(i);
        if (++counts[side] % LINES_PER_CHUNK !== 0) continue;
        writeSync(file, text);
        text = '';
      }
      writeSync(file, text);
    } finally {
      closeSync(file);
    }
  });
  return { train: counts[0], test: counts[1] };
}

/** The facts of a data set in lines for people. */
export function datasetText(
  { task, loops, columns, train, test, leaked, baselines }: DatasetFacts,
  out: string,
): string[] {
  const count = (value: number): string => value.toLocaleString('en');
  return [
    `${task} at ${loops} loops, written to ${out}`,
    `  train.tsv   ${count(train)} lines of ${columns.length} columns`,
    `  test.tsv    ${count(test)}`,
    `  leaked      ${count(leaked)} words of the test have a symmetric image in train.tsv`,
    '',
    ...baselines.map(({ name, share }) => `${(100 * share).toFixed(2).padStart(6)} %  ${name}`),
  ];
}
