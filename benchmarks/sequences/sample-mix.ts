import { RandomStream } from '../../src/core/index.ts';
import { namedSamples } from './named.ts';
import { drawOrbit, ORBIT_FAMILIES } from './orbits.ts';
import { SAMPLE_LENGTH, type SequenceSample } from './sequence-sample.ts';

/** A kind of entry: its share of an encyclopedia, and the families that are drawn for it. */
export interface MixKind {
  readonly name: string;
  readonly weight: number;
  /** Of the entries, the share taken from sequences with names; the rest are orbits. */
  readonly named: number;
  readonly namedFamilies: readonly string[];
  /** Families of orbits; one that stands twice is drawn twice as often. */
  readonly orbitFamilies: readonly string[];
}

/** What an encyclopedia of integer sequences holds, as shares in percent before the window is applied. */
export const MIX_KINDS: readonly MixKind[] = [
  {
    name: 'linear',
    weight: 88,
    named: 0.3,
    namedFamilies: ['polynomial', 'quasi-polynomial', 'C-finite'],
    orbitFamilies: [
      ...[
        'polynomial',
        'polynomial',
        'polynomial',
        'polynomial',
        'quasi-polynomial',
        'cyclotomic',
        'cyclotomic',
        'rational',
      ],
      ...[
        'periodic',
        'C-finite',
        'C-finite',
        'C-finite',
        'C-finite',
        'rational',
        'transfer matrix',
        'arrays',
        'arrays',
      ],
      ...['powers and polynomials', 'interleaved', 'sum of two'],
    ],
  },
  {
    name: 'holonomic',
    weight: 9,
    named: 0.4,
    namedFamilies: ['P-recursive', 'e.g.f.'],
    orbitFamilies: [
      ...['P-recursive, monic', 'P-recursive, integral', 'binomial sum', 'constant term', 'algebraic', 'algebraic'],
      ...['e.g.f.', 'e.g.f.'],
    ],
  },
  {
    name: 'products and transforms',
    weight: 5,
    named: 0.4,
    namedFamilies: ['partitions', 'eta', 'transforms', 'counting'],
    orbitFamilies: ['eta', 'eta', 'partitions', 'partitions', 'transformed'],
  },
  {
    name: 'arithmetic',
    weight: 6,
    named: 0.5,
    namedFamilies: ['arithmetic', 'fractions'],
    orbitFamilies: ['Dirichlet', 'Dirichlet', 'irregular terms', 'summed'],
  },
  {
    name: 'tables',
    weight: 6,
    named: 0.4,
    namedFamilies: ['triangle'],
    orbitFamilies: ['triangle', 'rows and columns'],
  },
  {
    name: 'digits of constants',
    weight: 5,
    named: 0.5,
    namedFamilies: ['digits', 'continued fraction'],
    orbitFamilies: ['digits of algebraic numbers'],
  },
  {
    name: 'lists',
    weight: 22,
    named: 0.25,
    namedFamilies: ['primes', 'lists', 'digit games'],
    orbitFamilies: [
      ...['prime values', 'prime lists', 'prime lists', 'factor lists', 'factor lists', 'digit lists', 'digit lists'],
      'irregular terms',
    ],
  },
  {
    name: 'odd ones',
    weight: 8,
    named: 0.5,
    namedFamilies: ['k-regular', 'floors', 'nonlinear'],
    orbitFamilies: ['k-regular', 'nested', 'digit growth', 'floor of roots', 'residues', 'Pisot', 'Somos'],
  },
];

/** Terms and characters of them, commas and spaces included, that an entry must have and may have. */
export interface MixWindow {
  readonly terms: number;
  readonly characters: number;
}

/** An encyclopedia prints about three lines; those of whose entries 35 terms are known lie within. */
export const PRINTED: MixWindow = { terms: 35, characters: 265 };

/**
 * A random draw that resembles an encyclopedia: kinds by weight, and of them what fits into the window.
 *
 * A sequence with a name occurs at most once. Entries that grow too fast for the window are left out after the kind
 * was drawn, so that kinds of fast growth become rarer, as they are among the entries that show many terms.
 *
 * @param window undefined for none
 */
export function sampleMix(seed: number, count: number, window: MixWindow | undefined = PRINTED): SequenceSample[] {
  const stream = new RandomStream(seed).split(0x313);
  const decks = new Map(MIX_KINDS.map((kind, i) => [kind, deck(kind, stream.split(i + 1))]));
  const weights = MIX_KINDS.map(({ weight }) => weight);
  const samples: SequenceSample[] = [];
  const seen = new Set<string>();
  for (let number = 0; samples.length < count; number++) {
    const random = stream.split(1000 + number);
    const kind = MIX_KINDS[random.weighted(weights)];
    const named = random.uniform() < kind.named ? decks.get(kind)!.pop() : undefined;
    const sample = named ?? drawFrom(kind.orbitFamilies, random, seed, number);
    const key = sample.terms.slice(0, 20).join();
    if (seen.has(key) || (window && !fits(sample.terms, window))) continue;
    seen.add(key);
    samples.push({ ...sample, family: `${kind.name}: ${sample.family}` });
  }
  return samples;
}

/** The named sequences of a kind, shuffled. */
function deck({ namedFamilies }: MixKind, random: RandomStream): SequenceSample[] {
  const all = allNamed().filter(({ family }) => namedFamilies.includes(family));
  return Array.from(random.permutation(all.length), (i) => all[i]);
}

let named: SequenceSample[] | undefined;

/** Computed once: a second of work. */
function allNamed(): SequenceSample[] {
  named ??= namedSamples(SAMPLE_LENGTH);
  return named;
}

function drawFrom(families: readonly string[], random: RandomStream, seed: number, number: number): SequenceSample {
  const name = families[random.integer(families.length)];
  return drawOrbit(ORBIT_FAMILIES.find((family) => family.name === name)!, seed, number);
}

function fits(terms: readonly bigint[], { terms: count, characters }: MixWindow): boolean {
  return terms.length >= count && terms.slice(0, count).join(', ').length <= characters;
}
