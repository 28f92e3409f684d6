import { ShapeError } from '../../core/index.ts';

/** Numbers of a multivector of space-time: 1 scalar, 4 of vectors, 6 of bivectors, 4 of trivectors, 1 pseudoscalar. */
export const BLADES = 16;

const METRIC = [1, -1, -1, -1];

/** The factors of each basis blade as bits, by grade and then in the order of the factors: 1, e0 .. e3, e01, e02, ... */
const FACTORS: readonly number[] = Array.from({ length: BLADES }, (_, bits) => bits).sort(
  (a, b) => gradeOf(a) - gradeOf(b) || mirrored(b) - mirrored(a),
);

const PLACES: readonly number[] = Array.from({ length: BLADES }, (_, bits) => FACTORS.indexOf(bits));

function bitsOf(blade: number): number[] {
  return [0, 1, 2, 3].filter((bit) => (blade & (1 << bit)) !== 0);
}

function gradeOf(blade: number): number {
  return bitsOf(blade).length;
}

function mirrored(blade: number): number {
  return bitsOf(blade).reduce((sum, bit) => sum + (8 >> bit), 0);
}

/** The grade of each number of a multivector, from 0 to 4. */
export const GRADES: readonly number[] = FACTORS.map(gradeOf);

/** The square of each basis blade under the inner product <x reversed y>_0: 1 or -1. */
export const SIGNATURE: readonly number[] = FACTORS.map((blade) =>
  bitsOf(blade).reduce((product, bit) => product * METRIC[bit], 1),
);

/** The sign of the product of two basis blades: swaps that put the factors in order, and squares of those that meet. */
function signOf(a: number, b: number): number {
  let sign = 1;
  for (const bit of bitsOf(b)) {
    for (const other of bitsOf(a)) if (other > bit) sign = -sign;
  }
  return bitsOf(a & b).reduce((product, bit) => product * METRIC[bit], sign);
}

/** The geometric product: entry [16 i + j][k] is what e_i e_j has of e_k; shape [256, 16]. */
export const GEOMETRIC_PRODUCT: Float64Array = geometricProduct();

function geometricProduct(): Float64Array {
  const table = new Float64Array(BLADES ** 3);
  FACTORS.forEach((a, i) => {
    FACTORS.forEach((b, j) => {
      table[(BLADES * i + j) * BLADES + PLACES[a ^ b]] = signOf(a, b);
    });
  });
  return table;
}

/** Which grade each number has, as ones and zeros: shape [16, 5]. */
export const GRADE_TABLE: Float64Array = Float64Array.from({ length: 5 * BLADES }, (_, place) =>
  GRADES[Math.floor(place / 5)] === place % 5 ? 1 : 0,
);

/** The product of the pseudoscalar with each basis blade, which acts from the right on rows: shape [16, 16]. */
export const DUAL: Float64Array = GEOMETRIC_PRODUCT.slice((BLADES - 1) * BLADES ** 2);

/**
 * How a Lorentz transform, or a mirror, acts on multivectors: on e_i e_j as on both factors.
 *
 * @param transform shape [4, 4], row by row, as it acts on (E, px, py, pz)
 * @returns shape [16, 16], row by row, as it acts on the numbers of a multivector
 * @throws ShapeError
 * @see Brehmer et al., "Geometric algebra transformer", arXiv:2305.18415
 */
export function multivectorTransform(transform: Float64Array): Float64Array {
  if (transform.length !== 16) throw new ShapeError('transform', '16 numbers', `${transform.length}`);
  return Float64Array.from({ length: BLADES ** 2 }, (_, place) => {
    const [to, from] = [FACTORS[Math.floor(place / BLADES)], FACTORS[place % BLADES]];
    if (gradeOf(to) !== gradeOf(from)) return 0;
    const columns = bitsOf(from);
    return determinant(bitsOf(to).map((row) => columns.map((column) => transform[4 * row + column])));
  });
}

function determinant(matrix: readonly (readonly number[])[]): number {
  if (matrix.length === 0) return 1;
  const [first, ...rest] = matrix;
  return first.reduce((sum, value, at) => {
    const minor = rest.map((row) => row.filter((_, column) => column !== at));
    return sum + (at % 2 === 0 ? value : -value) * determinant(minor);
  }, 0);
}
