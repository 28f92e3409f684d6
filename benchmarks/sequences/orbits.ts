import { RandomStream } from '../../src/core/index.ts';
import * as arithmetic from './orbits/arithmetic.ts';
import type { Draw } from './orbits/draw.ts';
import * as holonomic from './orbits/holonomic.ts';
import * as linear from './orbits/linear.ts';
import * as lists from './orbits/lists.ts';
import * as nonlinear from './orbits/nonlinear.ts';
import { publishedRecurrence } from './orbits/published-generator.ts';
import * as tables from './orbits/tables.ts';
import { SAMPLE_LENGTH, type SequenceSample } from './sequence-sample.ts';

/** A way to draw sequences, and the index of their first terms. */
export interface OrbitFamily {
  readonly name: string;
  readonly start: 0 | 1;
  readonly draw: Draw;
}

const family = (name: string, draw: Draw, start: 0 | 1 = 0): OrbitFamily => ({ name, start, draw });

/** Families of sequences with a law, drawn at random. */
export const ORBIT_FAMILIES: readonly OrbitFamily[] = [
  family('polynomial', linear.polynomial),
  family('quasi-polynomial', linear.quasiPolynomial),
  family('periodic', linear.periodic),
  family('C-finite', linear.cFinite),
  family('cyclotomic', linear.cyclotomic),
  family('rational', linear.rational),
  family('transfer matrix', linear.transferMatrix),
  family('powers and polynomials', linear.powersAndPolynomials),
  family('interleaved', linear.interleaved),
  family('sum of two', linear.sumOfTwo),
  family('P-recursive, monic', holonomic.pRecursiveMonic),
  family('P-recursive, integral', holonomic.pRecursiveIntegral),
  family('binomial sum', holonomic.binomialSum),
  family('constant term', holonomic.constantTerm),
  family('algebraic', holonomic.algebraic),
  family('e.g.f.', holonomic.exponentialSeries),
  family('eta', arithmetic.etaProduct),
  family('Dirichlet', arithmetic.dirichlet, 1),
  family('k-regular', arithmetic.kRegular),
  family('partitions', arithmetic.partitionFamily),
  family('transformed', arithmetic.transformed),
  family('summed', arithmetic.summed),
  family('Somos', nonlinear.somos),
  family('residues', nonlinear.residues),
  family('Pisot', nonlinear.pisot),
  family('digit growth', nonlinear.digitGrowth),
  family('nested', nonlinear.nested),
  family('floor of roots', nonlinear.rootFloor),
  family('digits of algebraic numbers', nonlinear.algebraicDigits, 1),
  family('published recurrences', publishedRecurrence, 1),
  family('arrays', tables.arrays, 1),
  family('triangle', tables.triangle),
  family('rows and columns', tables.rowsAndColumns),
  family('prime values', lists.primeValues, 1),
  family('prime lists', lists.primeLists, 1),
  family('factor lists', lists.factorLists, 1),
  family('digit lists', lists.digitLists, 1),
  family('irregular terms', lists.irregularTerms, 1),
];

/** Draws that may fail before a family is given up: a fault of the family, not of the seed. */
const TRIES = 500;

/**
 * One member of a family.
 *
 * The same seed, family and number give the same sequence on every machine, whatever else is drawn.
 */
export function drawOrbit(family: OrbitFamily, seed: number, number: number, length = SAMPLE_LENGTH): SequenceSample {
  const { name, start, draw } = family;
  const stream = new RandomStream(seed).split(ORBIT_FAMILIES.indexOf(family) + 1).split(number);
  for (let i = 0; i < TRIES; i++) {
    const terms = draw(stream.split(i), length);
    if (terms && terms.length >= length && !isConstant(terms)) {
      return {
        id: `orbit/${name}/${seed}-${number}`,
        family: name,
        terms: terms.slice(0, length),
        start,
        lawful: true,
      };
    }
  }
  throw new Error(`no sequence of the family ${name} in ${TRIES} draws`);
}

function isConstant(terms: readonly bigint[]): boolean {
  return terms.slice(3).every((term) => term === terms[3]);
}

/** `perFamily` members of every family. */
export function orbits(seed: number, perFamily: number, length = SAMPLE_LENGTH): SequenceSample[] {
  return ORBIT_FAMILIES.flatMap((one) =>
    Array.from({ length: perFamily }, (_, number) => drawOrbit(one, seed, number, length)),
  );
}
