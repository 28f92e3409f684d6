import type { RandomStream } from '../../../src/core/index.ts';
import { between, nonzero, several } from '../../sequences/orbits/draw.ts';

/** A law: its coefficients, which decide on which side of the split it is, and its terms modulo a prime. */
export interface Law {
  readonly coefficients: readonly number[];
  terms(random: RandomStream, count: number): number[];
}

/** Families of laws by name, after those of the exact guesser in src/sequences; a new one is a new row. */
export interface Family {
  readonly name: string;
  /** Whether terms modulo a prime obey a recurrence with constant coefficients, so that Berlekamp and Massey must find it. */
  readonly isLinear: boolean;
  draw(random: RandomStream, modulus: number): Law;
}

/** Of every kind of coefficient but those that are added, which are any residue. */
const SMALL = 9;

const residue = (value: number, modulus: number): number => ((value % modulus) + modulus) % modulus;

/** What comes of a rule from random first terms. */
function iterate(
  order: number,
  coefficients: readonly number[],
  modulus: number,
  rule: (before: readonly number[], n: number) => number,
): Law {
  return {
    coefficients,
    terms: (stream, count) => {
      const found = Array.from({ length: order }, () => stream.integer(modulus));
      for (let n = order; n < count; n++) found.push(residue(rule(found, n), modulus));
      return found;
    },
  };
}

function polynomial(degree: number): Family {
  return {
    name: `polynomials of degree ${degree}`,
    isLinear: true,
    draw: (random, modulus) => {
      // Its differences: of binomials, so that every integer-valued polynomial comes.
      const coefficients = [...several(random, degree - 1, 0, modulus - 1), between(random, 1, modulus - 1)];
      return {
        coefficients,
        terms: (stream, count) => {
          let row = [stream.integer(modulus), ...coefficients];
          return Array.from({ length: count }, () => {
            const [term] = row;
            row = row.map((value, k) => residue(value + (row[k + 1] ?? 0), modulus));
            return term;
          });
        },
      };
    },
  };
}

function recurrence(order: number): Family {
  return {
    name: `recurrences of order ${order}`,
    isLinear: true,
    draw: (random, modulus) => {
      const weights = [...several(random, order - 1, -SMALL, SMALL), nonzero(random, -SMALL, SMALL)];
      return iterate(order, weights, modulus, (u, n) => weights.reduce((sum, w, k) => sum + w * u[n - 1 - k], 0));
    },
  };
}

export const FAMILIES: readonly Family[] = [
  {
    name: 'periodic',
    isLinear: true,
    draw: (random, modulus) => {
      const cycle = several(random, between(random, 2, 5), 0, modulus - 1);
      const terms = (_: RandomStream, count: number): number[] =>
        Array.from({ length: count }, (_, n) => cycle[n % cycle.length]);
      return { coefficients: cycle, terms };
    },
  },
  polynomial(1),
  polynomial(2),
  polynomial(3),
  {
    name: 'order 1 with a constant',
    isLinear: true,
    draw: (random, modulus) => {
      const [ratio, constant] = [nonzero(random, -SMALL, SMALL), between(random, 0, modulus - 1)];
      return iterate(1, [ratio, constant], modulus, (u, n) => ratio * u[n - 1] + constant);
    },
  },
  recurrence(2),
  recurrence(3),
  {
    name: 'factorials and the like',
    isLinear: false,
    draw: (random, modulus) => {
      const [a, b] = [nonzero(random, -SMALL, SMALL), between(random, -SMALL, SMALL)];
      return iterate(1, [a, b], modulus, (u, n) => (a * n + b) * u[n - 1]);
    },
  },
  {
    name: 'squares with a constant',
    isLinear: false,
    draw: (random, modulus) => {
      const constant = between(random, 0, modulus - 1);
      return iterate(1, [constant], modulus, (u, n) => u[n - 1] ** 2 + constant);
    },
  },
];
