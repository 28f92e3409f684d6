import type { RandomStream } from '../../../src/core/index.ts';

/**
 * A search for a bump in a falling mass spectrum.
 *
 * Background: mass exponential on [0, 1] with mean 0.4 before it is cut off; signal: a Gaussian at 0.5 of width 0.08. Inputs: one
 * that knows the class and not the mass, one that knows the mass and not the class but for the mass, and one whose class can be
 * read only when the mass is known: a network gains by guessing the mass, and sculpts the background when it does.
 */
export interface Toy {
  /** Three a row. */
  readonly inputs: Float32Array;
  readonly labels: Float32Array;
  readonly masses: Float32Array;
}

/** Distances of the classes along the first and the third input, in standard deviations. */
const [APART, APART_AT_MASS] = [1.2, 0.8];
const MASS_NOISE = 0.05;

/** The mean of the third input for the background. */
const trend = (mass: number): number => 3 * mass;

function massOf(signal: boolean, random: RandomStream): number {
  for (;;) {
    const mass = signal ? 0.5 + 0.08 * random.normal() : -0.4 * Math.log(1 - random.uniform());
    if (mass > 0 && mass < 1) return mass;
  }
}

/** Half of the events are signal, in turn. */
export function drawToy(events: number, random: RandomStream): Toy {
  const toy = {
    inputs: new Float32Array(3 * events),
    labels: new Float32Array(events),
    masses: new Float32Array(events),
  };
  for (let i = 0; i < events; i++) {
    const label = i % 2;
    const mass = massOf(label === 1, random);
    toy.labels[i] = label;
    toy.masses[i] = mass;
    toy.inputs[3 * i] = APART * label + random.normal();
    toy.inputs[3 * i + 1] = (mass + MASS_NOISE * random.normal() - 0.5) / 0.25;
    toy.inputs[3 * i + 2] = APART_AT_MASS * label + trend(mass) + random.normal();
  }
  return toy;
}

/** The best score among those whose background does not know the mass: the likelihood ratio at the true mass. */
export function idealScores({ inputs, masses }: Toy): Float32Array {
  return masses.map((mass, i) => APART * inputs[3 * i] + APART_AT_MASS * (inputs[3 * i + 2] - trend(mass)));
}

/** Its distance of the classes in standard deviations; the area under its curve is Phi(distance / sqrt 2). */
export const IDEAL_DISTANCE = Math.hypot(APART, APART_AT_MASS);
