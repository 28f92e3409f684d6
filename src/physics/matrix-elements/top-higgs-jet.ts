import { dotAt } from '../four-vectors.ts';

/** A complex number (real, imaginary), a two-component spinor, a complex four-vector. */
type Complex = readonly [number, number];
type Spinor = readonly [Complex, Complex];
type Vector = readonly [Complex, Complex, Complex, Complex];

/** Masses in GeV, the Fermi constant in GeV^-2, and the mixing of the pseudoscalar coupling. */
export interface TopHiggsOptions {
  readonly top?: number;
  readonly w?: number;
  readonly fermi?: number;
  /** Size of the pseudoscalar coupling beside the scalar one. */
  readonly pseudoscalar?: number;
}

const times = (a: Complex, b: Complex): Complex => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
const plus = (a: Complex, b: Complex): Complex => [a[0] + b[0], a[1] + b[1]];
const scaled = (a: Complex, by: number): Complex => [a[0] * by, a[1] * by];
const conjugate = (a: Complex): Complex => [a[0], -a[1]];

/** conj(a) . b */
const overlap = (a: Spinor, b: Spinor): Complex => plus(times(conjugate(a[0]), b[0]), times(conjugate(a[1]), b[1]));

/** (V0 + sign V . sigma) a: with sign -1 it is V . sigma, with +1 V . sigma-bar. */
function sigma(v: Vector, sign: number, a: Spinor): Spinor {
  const [x, y, z] = v.slice(1).map((one) => scaled(one, sign));
  const yi: Complex = [-y[1], y[0]];
  return [
    plus(times(plus(v[0], z), a[0]), times(plus(x, scaled(yi, -1)), a[1])),
    plus(times(plus(x, yi), a[0]), times(plus(v[0], scaled(z, -1)), a[1])),
  ];
}

/** The left-handed spinor of a massless momentum: a a^dagger = E - p . sigma; its phase drops out. */
function leftHanded([e, x, y, z]: readonly number[]): Spinor {
  // Of the two ways to write it, the one that does not cancel.
  if (z <= 0) return [[Math.sqrt(e - z), 0], scaled([-x, -y], 1 / Math.sqrt(e - z))];
  return [scaled([-x, y], 1 / Math.sqrt(e + z)), [Math.sqrt(e + z), 0]];
}

const real = (p: readonly number[]): Vector => [
  [p[0], 0],
  [p[1], 0],
  [p[2], 0],
  [p[3], 0],
];

/** a^dagger sigma-bar^mu b, with upper index. */
function current(a: Spinor, b: Spinor): Vector {
  const [one, x, y, z] = [
    times(conjugate(a[0]), b[0]),
    times(conjugate(a[0]), b[1]),
    times(conjugate(a[1]), b[0]),
    times(conjugate(a[1]), b[1]),
  ];
  const minusX = scaled(plus(x, y), -1);
  const difference = plus(x, scaled(y, -1));
  // sigma_y has -i above the diagonal and i below; sigma-bar is (1, -sigma).
  const minusY: Complex = [-difference[1], difference[0]];
  return [plus(one, z), minusX, minusY, plus(z, scaled(one, -1))];
}

/**
 * |M|^2 of b u -> t H d at lowest order, with a phase between the scalar and the pseudoscalar coupling of top and Higgs
 * boson; averaged over the spins of b and u and summed over the others.
 *
 * M = g^2 / 2v / (q^2 - mW^2) ubar_t {2 mW^2 K-slash / (k^2 - mW^2) + mt (cos a + i kappa sin a gamma5) (t-slash + H-slash
 * + mt) J-slash / ((t + H)^2 - mt^2)} P_L u_b, with J^mu = ubar_d gamma^mu P_L u_u, q = u - d, k = t - b and
 * K = J - k (k . J) / mW^2. Neither widths nor quark mixing.
 *
 * @param event momenta of b, u, t, H, d: shape [5, 4], GeV; b, u and d without mass
 * @param phase a in radians; 0 is the standard model, pi the flipped sign
 * @returns GeV^-2
 * @see Artoisenet et al., JHEP 11 (2013) 043, arXiv:1306.6464; Butter et al., arXiv:2310.07752
 */
export function topHiggsJet(event: ArrayLike<number>, phase = 0, options: TopHiggsOptions = {}): number {
  const { top = 173, w = 80.4, fermi = 1.16639e-5, pseudoscalar = 2 / 3 } = options;
  const [b, u, t, higgs, d] = Array.from({ length: 5 }, (_, i) =>
    Array.from({ length: 4 }, (_, k) => event[4 * i + k]),
  );
  const square = (p: readonly number[]): number => dotAt(p, 0, p, 0);
  const q = u.map((value, i) => value - d[i]);
  const k = t.map((value, i) => value - b[i]);
  const both = t.map((value, i) => value + higgs[i]);
  const w2 = w * w;
  const j = current(leftHanded(d), leftHanded(u));
  const kj = [0, 1].map((part) =>
    dotAt(
      k,
      0,
      j.map((one) => one[part]),
      0,
    ),
  ) as unknown as Complex;
  const exchanged = j.map((one, i) => plus(one, scaled(kj, -k[i] / w2))) as unknown as Vector;
  const bottom = leftHanded(b);
  const [cosine, sine] = [Math.cos(phase), pseudoscalar * Math.sin(phase)];
  // gamma5 is -1 on the upper and +1 on the lower half of a spinor.
  const emitted = top / (square(both) - top * top);
  const split = sigma(j, 1, bottom);
  const upper = sigma(real(both), -1, split).map((one) => times(one, [emitted * cosine, -emitted * sine]));
  const fromTop = split.map((one) => times(one, [emitted * top * cosine, emitted * top * sine]));
  const fromW = sigma(exchanged, 1, bottom).map((one) => scaled(one, (2 * w2) / (square(k) - w2)));
  const lower = fromTop.map((one, i) => plus(one, fromW[i]));
  const [above, below] = [upper, lower] as unknown as [Spinor, Spinor];
  // Summed over the spins of the top: psi-bar (t-slash + mt) psi.
  const sum =
    overlap(above, sigma(real(t), 1, above))[0] +
    overlap(below, sigma(real(t), -1, below))[0] +
    2 * top * overlap(above, below)[0];
  const coupling = (8 * w2 * fermi) / Math.SQRT2;
  const vacuum = 1 / Math.sqrt(Math.SQRT2 * fermi);
  return (sum / 4) * (coupling / (2 * vacuum * (square(q) - w2))) ** 2;
}
