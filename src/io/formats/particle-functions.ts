/** Momenta of the final particles of an event, in GeV: four numbers a particle, (E, px, py, pz), and the mass as written. */
export interface FinalState {
  readonly momenta: Float64Array;
  readonly masses: Float64Array;
  /** PDG numbers of the particles. */
  readonly ids: Float64Array;
}

/** A function of the numbers of one, two or any number of particles, counted from 0 here and from 1 in formulas. */
export interface ParticleFunction {
  readonly name: string;
  /** How many particles it takes: one, two, or the sum of one or more. */
  readonly takes: 'one' | 'two' | 'sum';
  readonly apply: (event: FinalState, particles: readonly number[]) => number;
}

const E = 0;
const PX = 1;
const PY = 2;
const PZ = 3;

function total(event: FinalState, particles: readonly number[], component: number): number {
  let sum = 0;
  for (const particle of particles) sum += event.momenta[4 * particle + component];
  return sum;
}

function transverseMomentum(event: FinalState, particles: readonly number[]): number {
  return Math.hypot(total(event, particles, PX), total(event, particles, PY));
}

/** E^2 - p^2; for one particle the square of the mass as written, which is not rounded away. */
function massSquared(event: FinalState, particles: readonly number[]): number {
  if (particles.length === 1) {
    const mass = event.masses[particles[0]];
    return mass * Math.abs(mass);
  }
  const energy = total(event, particles, E);
  const momentum = Math.hypot(total(event, particles, PX), total(event, particles, PY), total(event, particles, PZ));
  return (energy - momentum) * (energy + momentum);
}

/** Rounding may leave a lightlike sum spacelike: then the mass is minus the root of minus the square. */
function mass(event: FinalState, particles: readonly number[]): number {
  const square = massSquared(event, particles);
  return Math.sign(square) * Math.sqrt(Math.abs(square));
}

function pseudorapidity(event: FinalState, particles: readonly number[]): number {
  return Math.asinh(total(event, particles, PZ) / transverseMomentum(event, particles));
}

/** asinh(pz / mT), with mT^2 = m^2 + pT^2 = E^2 - pz^2; free of the cancellation in E - pz. */
function rapidity(event: FinalState, particles: readonly number[]): number {
  const transverse = transverseMomentum(event, particles);
  const square = massSquared(event, particles) + transverse * transverse;
  return Math.asinh(total(event, particles, PZ) / Math.sqrt(square));
}

/** The angle from the second to the first, in (-pi, pi]: from the sine and the cosine, so that nothing has to be wrapped. */
function azimuthBetween(event: FinalState, [first, second]: readonly number[]): number {
  const { momenta } = event;
  const [ax, ay] = [momenta[4 * first + PX], momenta[4 * first + PY]];
  const [bx, by] = [momenta[4 * second + PX], momenta[4 * second + PY]];
  return Math.atan2(ay * bx - ax * by, ax * bx + ay * by);
}

function pseudorapidityBetween(event: FinalState, [first, second]: readonly number[]): number {
  return pseudorapidity(event, [first]) - pseudorapidity(event, [second]);
}

/**
 * What a formula may ask of the final particles of an event: natural units in GeV, metric (+, -, -, -), beam along z.
 *
 * Those that take a sum first add the four-vectors of their particles.
 */
export const PARTICLE_FUNCTIONS: readonly ParticleFunction[] = [
  { name: 'e', takes: 'sum', apply: (event, particles) => total(event, particles, E) },
  { name: 'px', takes: 'sum', apply: (event, particles) => total(event, particles, PX) },
  { name: 'py', takes: 'sum', apply: (event, particles) => total(event, particles, PY) },
  { name: 'pz', takes: 'sum', apply: (event, particles) => total(event, particles, PZ) },
  { name: 'pt', takes: 'sum', apply: transverseMomentum },
  { name: 'm', takes: 'sum', apply: mass },
  { name: 'eta', takes: 'sum', apply: pseudorapidity },
  { name: 'y', takes: 'sum', apply: rapidity },
  {
    name: 'phi',
    takes: 'sum',
    apply: (event, particles) => Math.atan2(total(event, particles, PY), total(event, particles, PX)),
  },
  {
    name: 'theta',
    takes: 'sum',
    apply: (event, particles) => Math.atan2(transverseMomentum(event, particles), total(event, particles, PZ)),
  },
  { name: 'dphi', takes: 'two', apply: azimuthBetween },
  { name: 'deta', takes: 'two', apply: pseudorapidityBetween },
  {
    name: 'dr',
    takes: 'two',
    apply: (event, pair) => Math.hypot(pseudorapidityBetween(event, pair), azimuthBetween(event, pair)),
  },
  { name: 'id', takes: 'one', apply: (event, [particle]) => event.ids[particle] },
];
