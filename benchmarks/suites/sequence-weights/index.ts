import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Evidence, evidenceOf } from '../../../src/sequences/confidence.ts';
import { findLaws } from '../../../src/sequences/find-laws.ts';
import type { Row } from '../../row.ts';
import { corrupted } from '../../sequences/corrupted.ts';
import { inHalf } from '../../sequences/half.ts';
import { noise } from '../../sequences/noise.ts';
import { sampleMix } from '../../sequences/sample-mix.ts';
import type { SequenceSample } from '../../sequences/sequence-sample.ts';
import { ASKED } from '../../sequences/trial.ts';
import { fitWeights, type Weights } from './fit-weights.ts';

export const ownFlags = true;
export const usage = 'usage: npm run bench -- sequence-weights [--quick]: fits src/sequences/confidence-weights.ts';

/** Laws of one sequence, those with the same next terms as one. */
export interface Labelled {
  readonly evidence: readonly Evidence[];
  readonly isRight: boolean;
}

/** Seeds apart from those of the suite that judges. */
const SEEDS = [101, 102];
const GIVEN = [15, 25, 5, 6, 8, 10, 20];

/** The weights of the confidence, from the development half of mixes, noise and misprints. */
export async function run({ args, log }: { args: readonly string[]; log: (text: string) => void }): Promise<Row[]> {
  const count = args.includes('--quick') ? 40 : 400;
  const questions: Labelled[][] = [];
  for (const given of GIVEN) {
    for (const seed of given === 15 || given === 25 ? SEEDS : SEEDS.slice(0, 1)) {
      for (const sample of inHalf(samplesOf(seed, count), 'development')) {
        if (sample.terms.length < given + ASKED) continue;
        const laws = await labelled(sample, given);
        if (laws.length > 0) questions.push(laws);
      }
      log(`${given} terms, seed ${seed}: ${questions.length} sequences with laws so far`);
    }
  }
  const weights = fitWeights(questions);
  if (!args.includes('--quick')) write(weights);
  return [
    { name: 'sequences with laws', value: questions.length, unit: 'sequences', reference: null, ratio: null },
    { name: 'mean loss', value: weights.loss, unit: 'nats', reference: null, ratio: null },
  ];
}

function samplesOf(seed: number, count: number): SequenceSample[] {
  return [...sampleMix(seed, count), ...noise(seed, Math.ceil(count / 14)), ...corrupted(seed, 1, 10)];
}

async function labelled({ terms, start }: SequenceSample, given: number): Promise<Labelled[]> {
  const values = terms.slice(0, given);
  const { laws, rawBits } = await findLaws({ values, start, isOver: () => false });
  const groups = new Map<string, Evidence[]>();
  for (const law of laws) {
    const ahead = law.extend(ASKED);
    if (!ahead || ahead.length < ASKED || ahead.some(({ den }) => den !== 1n)) continue;
    const key = ahead.map(({ num }) => num).join();
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(evidenceOf(law, rawBits, given));
  }
  const truth = terms.slice(given, given + ASKED).join();
  return [...groups].map(([key, evidence]) => ({ evidence, isRight: key === truth }));
}

function write({ weights, loss, knots }: Weights): void {
  const lines = Object.entries(weights.families)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `    ${/^[a-z]+$/.test(name) ? name : `'${name}'`}: ${value.toFixed(3)},`);
  const plain = Object.entries(weights.plain).map(([name, value]) => `  ${name}: ${value.toFixed(4)},`);
  const text = [
    '// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: the numbers are fitted',
    '',
    '/**',
    ' * Weights of the logistic regression, fitted by `npm run bench -- sequence-weights`.',
    ' *',
    ` * Mean loss ${loss.toFixed(4)} nats on its own set.`,
    ' */',
    'export const WEIGHTS = {',
    ...plain,
    '  families: {',
    ...lines,
    '  } as Readonly<Record<string, number>>,',
    '};',
    '',
    '/** Scores, and the share of laws of about that score that were right: from nine terms up. */',
    'export const KNOTS: readonly (readonly [score: number, share: number])[] = [',
    ...knots.map(([score, share]) => `  [${score.toFixed(3)}, ${share.toFixed(4)}],`),
    '];',
    '',
  ].join('\n');
  writeFileSync(fileURLToPath(new URL('../../../src/sequences/confidence-weights.ts', import.meta.url)), text);
}
