import type { RandomStream } from '../../../src/core/index.ts';
import { boost, dotAt, muonPair, parkeTaylor, rambo, topHiggsJet, transform } from '../../../src/physics/index.ts';

/** An amplitude to learn. A new one is a new row. */
export interface Task {
  readonly name: string;
  /** What each particle is, beside its momentum, for networks that do not know their order. */
  readonly labels: readonly (readonly number[])[];
  /** Masses of those that leave, GeV. */
  readonly masses: readonly number[];
  /** Lowest and highest energy in the rest frame, GeV. */
  readonly energies: readonly [number, number];
  /** Least |s_ij| of two massless particles, as a share of s: away from the poles. */
  readonly cut: number;
  readonly element: (event: Float64Array) => number;
  /** Whether a mirror changes it. */
  readonly chiral: boolean;
}

const INCOMING = [[1], [1]];
const names = (count: number): number[][] =>
  Array.from({ length: count }, (_, i) => Array.from({ length: count }, (_, k) => (i === k ? 1 : 0)));

export const TASKS: readonly Task[] = [
  {
    name: 'e e -> mu mu',
    labels: [...INCOMING, [-1], [-1]],
    masses: [0, 0],
    energies: [300, 1000],
    cut: 0,
    element: (event) => muonPair(event),
    chiral: false,
  },
  {
    name: 'g g -> g g g',
    labels: [...INCOMING, [-1], [-1], [-1]],
    masses: [0, 0, 0],
    energies: [300, 1000],
    cut: 0.01,
    element: (event) => parkeTaylor(event),
    chiral: false,
  },
  {
    name: 'b u -> t H d',
    labels: names(5),
    masses: [173, 125, 0],
    energies: [400, 1500],
    cut: 0,
    // At 45 degrees a mirror changes it: products of two momenta are not all there is.
    element: (event) => topHiggsJet(event, Math.PI / 4),
    chiral: true,
  },
];

/** Events with their logarithms of |M|^2. */
export interface Sample {
  /** Shape [events, particles, 4], GeV, in a frame that moves along the beams. */
  readonly momenta: Float64Array;
  readonly logarithms: Float64Array;
}

/** Events with energies even in their logarithm and rapidities even from -1 to 1, as colliding partons are seen. */
export function sample(task: Task, events: number, random: RandomStream): Sample {
  const particles = task.labels.length;
  const momenta = new Float64Array(4 * events * particles);
  const logarithms = new Float64Array(events);
  for (let event = 0; event < events; ) {
    const [low, high] = task.energies;
    const energy = low * (high / low) ** random.uniform();
    const half = energy / 2;
    const out = rambo(1, energy, task.masses, random).momenta;
    const resting = Float64Array.of(half, 0, 0, half, half, 0, 0, -half, ...out);
    const rapidity = 2 * random.uniform() - 1;
    if (nearest(resting) < task.cut * energy ** 2) continue;
    momenta.set(
      transform(boost([0, 0, Math.sign(rapidity) || 1], Math.cosh(rapidity)), resting),
      4 * event * particles,
    );
    logarithms[event++] = Math.log(task.element(resting));
  }
  return { momenta, logarithms };
}

function nearest(event: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < event.length; i += 4) {
    for (let j = 0; j < i; j += 4) least = Math.min(least, 2 * dotAt(event, i, event, j));
  }
  return least;
}
