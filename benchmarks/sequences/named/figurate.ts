import { each, family, type NamedRow, type Terms } from '../tools/named-row.ts';

/** (c0 + c1 n + c2 n^2 + ...) / divisor. */
function polynomial(coefficients: readonly number[], divisor = 1): Terms {
  return each((n) => coefficients.reduceRight((value, c) => value * BigInt(n) + BigInt(c), 0n) / BigInt(divisor));
}

const polygonal = (sides: number): Terms => polynomial([0, 4 - sides, sides - 2], 2);
const centredPolygonal = (sides: number): Terms => polynomial([2, sides, sides], 2);
const pyramidal = (sides: number): Terms => polynomial([0, 5 - sides, 3, sides - 2], 6);

const POLYGONS = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 24];
const CENTRED = [3, 4, 5, 6, 7, 8, 9, 10, 12, 14];

const ROWS: readonly NamedRow[] = [
  ['natural numbers', 0, polynomial([0, 1])],
  ['odd numbers', 0, polynomial([1, 2])],
  ['3n + 1', 0, polynomial([1, 3])],
  ['4n + 3', 0, polynomial([3, 4])],
  ['10n + 7', 0, polynomial([7, 10])],
  ['triangular numbers', 0, polynomial([0, 1, 1], 2)],
  ['lazy caterer', 0, polynomial([2, 1, 1], 2)],
  ['squares', 0, polynomial([0, 0, 1])],
  ['n^2 + 1', 0, polynomial([1, 0, 1])],
  ['pronic numbers', 0, polynomial([0, 1, 1])],
  ['n^2 + n + 1', 0, polynomial([1, 1, 1])],
  ['n^2 + n + 41', 0, polynomial([41, 1, 1])],
  ['2n^2 - 1', 1, polynomial([-1, 0, 2])],
  ['4n^2 + 1', 0, polynomial([1, 0, 4])],
  ['3n^2 + 2', 0, polynomial([2, 0, 3])],
  ['n(n + 5)', 0, polynomial([0, 5, 1])],
  ['n(n + 3)/2', 0, polynomial([0, 3, 1], 2)],
  ['(n + 1)(n + 6)/2', 0, polynomial([6, 7, 1], 2)],
  ['Hilbert 9n^2 + 3n + 1', 0, polynomial([1, 3, 9])],
  ['second pentagonal numbers', 0, polynomial([0, 1, 3], 2)],
  ['second hexagonal numbers', 0, polynomial([0, 1, 2])],
  ['cubes', 0, polynomial([0, 0, 0, 1])],
  ['n^3 + n', 0, polynomial([0, 1, 0, 1])],
  ['n^3 - n', 1, polynomial([0, -1, 0, 1])],
  ['centred cubes', 0, polynomial([1, 3, 3, 2])],
  ['tetrahedral numbers', 0, polynomial([0, 2, 3, 1], 6)],
  ['octahedral numbers', 0, polynomial([0, 1, 0, 2], 3)],
  ['dodecahedral numbers', 0, polynomial([0, 2, -9, 9], 2)],
  ['icosahedral numbers', 0, polynomial([0, 2, -5, 5], 2)],
  ['cake numbers', 0, polynomial([6, 5, 0, 1], 6)],
  ['magic constants', 0, polynomial([0, 1, 0, 1], 2)],
  ['stella octangula', 0, polynomial([0, -1, 0, 2])],
  ['truncated tetrahedral numbers', 1, polynomial([0, 10, -27, 23], 6)],
  ['rhombic dodecahedral numbers', 0, polynomial([1, 4, 6, 4])],
  ['centred octahedral numbers', 0, polynomial([3, 8, 6, 4], 3)],
  ['cuboctahedral numbers', 0, polynomial([3, 11, 15, 10], 3)],
  ['n^2(n + 1)/2', 0, polynomial([0, 0, 1, 1], 2)],
  ['fourth powers', 0, polynomial([0, 0, 0, 0, 1])],
  ['pentatope numbers', 0, polynomial([0, 6, 11, 6, 1], 24)],
  ['four-dimensional pyramidal numbers n^2(n^2 - 1)/12', 1, polynomial([0, 0, -1, 0, 1], 12)],
  ['sums of cubes', 0, polynomial([0, 0, 1, 2, 1], 4)],
  ['sums of squares', 0, polynomial([0, 1, 3, 2], 6)],
  ['sums of fourth powers', 0, polynomial([0, -1, 0, 10, 15, 6], 30)],
  ['sums of odd squares', 0, polynomial([0, -1, 0, 4], 3)],
  ['regions of a circle', 1, polynomial([24, -18, 23, -6, 1], 24)],
  ['doubly triangular numbers', 0, polynomial([0, 2, 3, 2, 1], 8)],
  ['n^4 + 4', 0, polynomial([4, 0, 0, 0, 1])],
  ['centred tesseracts', 0, polynomial([1, 4, 6, 4, 2])],
  ['binomial(n + 5, 5)', 0, polynomial([120, 274, 225, 85, 15, 1], 120)],
  ['binomial(n, 6)', 0, polynomial([0, -120, 274, -225, 85, -15, 1], 720)],
  ['n^5 - n', 0, polynomial([0, -1, 0, 0, 0, 1])],
  ['fifth powers', 0, polynomial([0, 0, 0, 0, 0, 1])],
  ['coordination sequence of the face-centred cubic lattice', 0, each((n) => (n === 0 ? 1 : 10 * n * n + 2))],
  ['coordination sequence of the cubic lattice', 0, each((n) => (n === 0 ? 1 : 4 * n * n + 2))],
  ['coordination sequence of the square lattice', 0, each((n) => (n === 0 ? 1 : 4 * n))],
  ['coordination sequence of the hexagonal lattice', 0, each((n) => (n === 0 ? 1 : 6 * n))],
  ['coordination sequence of the lattice D4', 0, each((n) => (n === 0 ? 1 : 16 * n ** 3 + 8 * n))],
  ['coordination sequence of the lattice A4', 0, each((n) => (n === 0 ? 1 : (35 * n ** 3 + 25 * n) / 3))],
  ['coordination sequence of Z^4', 0, each((n) => (n === 0 ? 1 : (8 * n ** 3 + 16 * n) / 3))],
  ['crystal ball sequence of Z^4', 0, polynomial([3, 8, 10, 4, 2], 3)],
  ['(n - 3)(n - 4)/2', 0, polynomial([12, -7, 1], 2)],
  ['8n^2 + 1', 0, polynomial([1, 0, 8])],
  ...POLYGONS.map((s): NamedRow => [`${s}-gonal numbers`, 0, polygonal(s)]),
  ...CENTRED.map((s): NamedRow => [`centred ${s}-gonal numbers`, 0, centredPolygonal(s)]),
  ...[6, 7, 8, 10].map((s): NamedRow => [`${s}-gonal pyramidal numbers`, 0, pyramidal(s)]),
];

/** Polynomials in the index: numbers of dots, cells, regions. */
export const FIGURATE = family('polynomial', ROWS);
