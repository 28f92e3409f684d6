import { BENDS, type Bend, EXPONENTIAL, IDENTITY, LOGARITHM, ROOT, SQUARE } from './bends.ts';
import { JOINS, type Join } from './joins.ts';

/** Laws bend(join(z, f)) = (p + q g) / (1 + r g) of one view z of the target: a row is a kind of law. */
export interface Link {
  /** Name of the target's transform. */
  readonly view: string;
  readonly join: Join;
  readonly bends: readonly Bend[];
}

/** All kinds of laws that are looked up. Every reciprocal is among them: 1/w is a Moebius transform of w. */
export const LINKS: readonly Link[] = [
  { view: 'y', join: JOINS.quotient, bends: BENDS },
  { view: 'y', join: JOINS.difference, bends: [IDENTITY, SQUARE, ROOT, LOGARITHM, EXPONENTIAL] },
  { view: 'y', join: JOINS.sum, bends: [IDENTITY, SQUARE, ROOT, LOGARITHM, EXPONENTIAL] },
  { view: 'y', join: JOINS.lessOne, bends: [LOGARITHM, SQUARE] },
  { view: 'y', join: JOINS.plusOne, bends: [LOGARITHM, SQUARE] },
  { view: 'y', join: JOINS.inverseLessOne, bends: [LOGARITHM, SQUARE] },
  { view: 'y', join: JOINS.inversePlusOne, bends: [LOGARITHM, SQUARE] },
  { view: 'y', join: JOINS.exponent, bends: [IDENTITY] },
  { view: 'y', join: JOINS.base, bends: [IDENTITY] },
  { view: '1/y', join: JOINS.difference, bends: [IDENTITY, LOGARITHM] },
  { view: '1/y', join: JOINS.sum, bends: [IDENTITY, LOGARITHM] },
  { view: 'log y', join: JOINS.quotient, bends: [IDENTITY, SQUARE, LOGARITHM] },
  { view: 'log y', join: JOINS.difference, bends: [IDENTITY] },
  { view: 'y^2', join: JOINS.quotient, bends: [IDENTITY] },
  { view: 'y^2', join: JOINS.difference, bends: [IDENTITY, LOGARITHM] },
  { view: 'y^2', join: JOINS.sum, bends: [IDENTITY, LOGARITHM] },
  { view: 'sqrt y', join: JOINS.difference, bends: [IDENTITY] },
  { view: 'sqrt y', join: JOINS.sum, bends: [IDENTITY] },
  { view: '1/y^2', join: JOINS.difference, bends: [IDENTITY] },
  { view: '1/y^2', join: JOINS.sum, bends: [IDENTITY] },
  { view: 'exp y', join: JOINS.quotient, bends: [IDENTITY] },
  { view: 'exp y', join: JOINS.difference, bends: [IDENTITY] },
];
