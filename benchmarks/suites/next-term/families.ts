import type { RandomStream } from '../../../src/core/index.ts';
import { between, nonzero, several } from '../../sequences/orbits/draw.ts';

/** A law: its coefficients, which decide on which side of the split it is, and its terms modulo a prime. */
export interface Law {
  readonly coefficients: readonly number[];
  terms(random: RandomStream, count: number, modulus: number): number[];
}

/** Families of laws by name, after those of the exact guesser in src/sequences; a new one is a new row. */
export interface Family {
  readonly name: string;
  /** Whether terms modulo a prime obey a recurrence with constant coefficients, so that Berlekamp and Massey must find it. */
  readonly isLinear: boolean;
  draw(random: RandomStream): Law;
}

/** Of every kind of coefficient but those that are added, which are any residue. */
const SMALL = 9;

const residue = (value: number, modulus: number): number => ((value % modulus) + modulus) % modulus;

/** What comes of a rule from random first terms. */
function iterate(
  order: number,
  coefficients: readonly number[],
  rule: (before: readonly number[], n: number) => number,
): Law {
  return {
    coefficients,
    terms: (random, count, modulus) => {
      const found = Array.from({ length: order }, () => random.integer(modulus));
      for (let n = order; n < count; n++) found.push(residue(rule(found, n), modulus));
      return found;
    },
  };
}

function polynomial(degree: number): Family {
  return {
    name: `polynomials of degree ${degree}`,
    isLinear: true,
    draw: (random) => {
      // Its differences: of binomials, so that every integer-valued polynomial comes.
      const coefficients = [...several(random, degree - 1, 0, 96), between(random, 1, 96)];
      return {
        coefficients,
        terms: (stream, count, modulus) => {
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
    draw: (random) => {
      const weights = [...several(random, order - 1, -SMALL, SMALL), nonzero(random, -SMALL, SMALL)];
      return iterate(order, weights, (u, n) => weights.reduce((sum, w, k) => sum + w * u[n - 1 - k], 0));
    },
  };
}

export const FAMILIES: readonly Family[] = [
  {
    name: 'periodic',
    isLinear: true,
    draw: (random) => {
      const cycle = several(random, between(random, 2, 5), 0, 96);
      const terms = (_: RandomStream, count: number, modulus: number): number[] =>
        Array.from({ length: count }, (_, n) => cycle[n % cycle.length] % modulus);
      return { coefficients: cycle, terms };
    },
  },
  polynomial(1),
  polynomial(2),
  polynomial(3),
  {
    name: 'order 1 with a constant',
    isLinear: true,
    draw: (random) => {
      const [ratio, constant] = [nonzero(random, -SMALL, SMALL), between(random, 0, 96)];
      return iterate(1, [ratio, constant], (u, n) => ratio * u[n - 1] + constant);
    },
  },
  recurrence(2),
  recurrence(3),
  {
    name: 'factorials and the like',
    isLinear: false,
    draw: (random) => {
      const [a, b] = [nonzero(random, -SMALL, SMALL), between(random, -SMALL, SMALL)];
      return iterate(1, [a, b], (u, n) => (a * n + b) * u[n - 1]);
    },
  },
  {
    name: 'squares with a constant',
    isLinear: false,
    draw: (random) => {
      const constant = between(random, 0, 96);
      return iterate(1, [constant], (u, n) => u[n - 1] ** 2 + constant);
    },
  },
];
