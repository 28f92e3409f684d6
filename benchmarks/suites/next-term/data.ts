import { RandomStream } from '../../../src/core/index.ts';
import type { Family } from './families.ts';

/** Sequences of one family, a row each. */
export interface Sequences {
  readonly family: string;
  readonly rows: readonly (readonly number[])[];
}

/** What a run is made of. */
export interface DataSettings {
  readonly modulus: number;
  /** Terms of a sequence, the last of which is asked for. */
  readonly count: number;
  /** Sequences of every family to train on. */
  readonly train: number;
  /** Sequences of every family in each of the two tests. */
  readonly test: number;
  readonly seed: number;
}

/** Sequences to train on; new ones of the same laws; and ones of laws that no sequence of the others obeys. */
export interface Data {
  readonly train: readonly Sequences[];
  readonly seenLaws: readonly Sequences[];
  readonly newLaws: readonly Sequences[];
}

/** Draws for every sequence that is kept, on the average. */
const MOST_DRAWS = 1000;
/** One law in so many is kept for the test. */
const KEPT_APART = 5;

/** The same coefficients are on the same side of the split in every draw and with every seed. */
function isKept(coefficients: readonly number[]): boolean {
  const mixed = coefficients.reduce((stream, value) => stream.split(value), new RandomStream(2718));
  return mixed.integer(KEPT_APART) === 0;
}

/** Draws the sequences of one run; the same settings give the same ones. */
export function drawData(families: readonly Family[], settings: DataSettings): Data {
  const { modulus, count, train, test, seed } = settings;
  const draw = (label: number, size: number, kept: boolean, without: Data['train'] = []): Sequences[] =>
    families.map((family, i) => {
      const random = new RandomStream(seed).split(label).split(i);
      const known = new Set(without[i]?.rows.map(String));
      const rows: number[][] = [];
      for (let draws = 0; rows.length < size; draws++) {
        if (draws > MOST_DRAWS * size) throw new Error(`${family.name}: too few sequences to tell apart`);
        const law = family.draw(random, modulus);
        if (isKept(law.coefficients) !== kept) continue;
        const terms = law.terms(random, count);
        // Few laws have few sequences: what was trained on is no test.
        if (!known.has(String(terms))) rows.push(terms);
      }
      return { family: family.name, rows };
    });
  const trained = draw(1, train, false);
  return { train: trained, seenLaws: draw(2, test, false, trained), newLaws: draw(3, test, true, trained) };
}
