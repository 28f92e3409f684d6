import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import {
  boost,
  dotAt,
  muonPair,
  PARITY,
  parkeTaylor,
  rambo,
  randomLorentz,
  topHiggsJet,
  transform,
} from '../../src/physics/index.ts';

/** (hbar c)^2 in nb GeV^2. */
const NANOBARN = 389_379.3721;

/** Two massless particles that meet along z, and those that leave. */
function events(count: number, energy: number, masses: readonly number[], seed: number): Float64Array[] {
  const { momenta } = rambo(count, energy, masses, new RandomStream(seed));
  const half = energy / 2;
  const size = 4 * masses.length;
  return Array.from({ length: count }, (_, i) =>
    Float64Array.of(half, 0, 0, half, half, 0, 0, -half, ...momenta.subarray(size * i, size * (i + 1))),
  );
}

const ELEMENTS: readonly { name: string; masses: number[]; of: (event: Float64Array) => number }[] = [
  { name: 'muon pairs', masses: [0, 0], of: (event) => muonPair(event) },
  { name: 'g g -> g g', masses: [0, 0], of: (event) => parkeTaylor(event) },
  { name: 'g g -> g g g', masses: [0, 0, 0], of: (event) => parkeTaylor(event) },
  { name: 'g g -> g g g g', masses: [0, 0, 0, 0], of: (event) => parkeTaylor(event) },
  { name: 'b u -> t H d', masses: [173, 125, 0], of: (event) => topHiggsJet(event, 0.7) },
];

test.each(ELEMENTS)('$name is positive and does not depend on the frame', ({ masses, of }) => {
  const stream = new RandomStream(8);
  for (const event of events(20, 800, masses, 4)) {
    const value = of(event);
    expect(value).toBeGreaterThan(0);
    expect(Math.abs(of(transform(randomLorentz(stream, 3), event)) / value - 1)).toBeLessThan(1e-8);
  }
});

describe('muon pairs', () => {
  test('have the cross section of the textbooks', () => {
    // Exactly 1 + cos^2, and the integral of that is 16 pi / 3 of the full sphere.
    const alpha = 1 / 137.035999;
    const at = (cosine: number): number => {
      const across = Math.sqrt(1 - cosine * cosine);
      return muonPair([1, 0, 0, 1, 1, 0, 0, -1, 1, across, 0, cosine, 1, -across, 0, -cosine], alpha);
    };
    for (const cosine of [-0.9, 0, 0.3, 1]) expect(at(cosine) / at(0)).toBeCloseTo(1 + cosine ** 2, 12);
    // Two-body phase space is 1 / 8 pi, the flux 2 s; Simpson's rule is exact for a parabola.
    const average = (at(-1) + 4 * at(0) + at(1)) / 6;
    expect(Math.abs(((average / (8 * Math.PI) / 2) * NANOBARN) / 86.8545 - 1)).toBeLessThan(1e-5);
  });
});

describe('gluons', () => {
  test('two to two as in closed form', () => {
    for (const event of events(20, 300, [0, 0], 6)) {
      const [s, t, u] = [
        2 * dotAt(event, 0, event, 4),
        -2 * dotAt(event, 0, event, 8),
        -2 * dotAt(event, 0, event, 12),
      ];
      const closed = 4.5 * (3 - (t * u) / s ** 2 - (s * u) / t ** 2 - (s * t) / u ** 2);
      expect(Math.abs(parkeTaylor(event, 1 / (4 * Math.PI)) / closed - 1)).toBeLessThan(1e-12);
    }
  });

  test('do not tell those that leave apart', () => {
    const [event] = events(1, 300, [0, 0, 0], 6);
    const order = [0, 1, 4, 2, 3];
    const other = Float64Array.from(event, (_, place) => event[4 * order[place >> 2] + (place & 3)]);
    expect(parkeTaylor(other)).toBeCloseTo(parkeTaylor(event), 12);
  });

  // (2 g^2 / s_ij) 2 N (z / (1 - z) + (1 - z) / z + z (1 - z)) times the element with one gluon less.
  test.each([0.2, 0.5, 0.7])('three, two of them collinear, share their energy by P_gg at z = %d', (z) => {
    const energy = 200;
    const [cosine, sine] = [Math.cos(1.1), Math.sin(1.1)];
    const two = Float64Array.of(
      100,
      0,
      0,
      100,
      100,
      0,
      0,
      -100,
      100,
      100 * sine,
      0,
      100 * cosine,
      100,
      -100 * sine,
      0,
      -100 * cosine,
    );
    // A pair of mass k^2 / z (1 - z), its parent bent back on its shell at first order in k.
    const k = 1e-4 * energy;
    const mass2 = (k * k) / (z * (1 - z));
    const length = (energy * energy - mass2) / (2 * energy);
    const parent = (energy * energy + mass2) / (2 * energy);
    const back = [length, -length * sine, 0, -length * cosine];
    const rest = Math.sqrt(mass2);
    const [gamma, drift] = [parent / rest, length / rest];
    // In the rest frame of the pair, at the angle that gives the share z.
    const angle = 2 * z - 1;
    const over = Math.sqrt(1 - angle * angle);
    const part = (sign: number): number[] => {
      const along = (gamma * angle * sign + drift) * (rest / 2);
      const off = (sign * over * rest) / 2;
      return [(gamma + drift * angle * sign) * (rest / 2), along * sine, off, along * cosine];
    };
    const three = Float64Array.of(...two.subarray(0, 8), ...part(1), ...part(-1), ...back);
    const g2 = 4 * Math.PI * 0.118;
    const splitting = 6 * (z / (1 - z) + (1 - z) / z + z * (1 - z));
    const expected = ((2 * g2) / mass2) * splitting * parkeTaylor(two);
    expect(Math.abs(parkeTaylor(three) / expected - 1)).toBeLessThan(1e-2);
  });

  test.each([3, 9])('are not %i', (legs) => {
    expect(() => parkeTaylor(new Float64Array(4 * legs))).toThrow(expect.objectContaining({ code: 'shape' }));
  });
});

describe('b u -> t H d', () => {
  const t = [178.7435120369, -20.9724348057, 18.9193311411, 34.9636809098];
  const d = [408.1936388357, -219.899661506, -302.6659184146, -163.2774555343];
  const h = [1000, 0, 0, 0].map((value, i) => value - t[i] - d[i]);
  const event = Float64Array.of(500, 0, 0, 500, 500, 0, 0, -500, ...t, ...h, ...d);
  const degrees = (angle: number): number => (angle * Math.PI) / 180;

  // Values of two evaluations elsewhere, by Dirac and by Weyl spinors.
  test.each([
    [0, 8.93530201e-7],
    [45, 9.28694544e-7],
    [-45, 6.72676283e-7],
    [90, 2.31830488e-6],
    [180, 7.79543845e-6],
  ])('at %i degrees is that of the reference point', (angle, value) => {
    expect(Math.abs(topHiggsJet(event, degrees(angle)) / value - 1)).toBeLessThan(5e-9);
  });

  test('in a mirror has the phase of the other sign, and not its own', () => {
    const mirrored = transform(PARITY, event);
    const own = topHiggsJet(event, degrees(45));
    expect(Math.abs(topHiggsJet(mirrored, degrees(-45)) / own - 1)).toBeLessThan(1e-12);
    expect(Math.abs(topHiggsJet(mirrored, degrees(45)) / own - 1)).toBeGreaterThan(0.2);
  });

  test('integrates to the totals of 1 TeV at every phase', () => {
    // Flat phase space seldom meets the pole of the exchanged W: the angle of the jet is drawn by it instead.
    const [energy, top, higgs, w2] = [1000, 173, 125, 80.4 ** 2];
    const [s, count] = [energy ** 2, 16_000];
    // Roberts' even sequence in four dimensions: the root of x^5 = x + 1.
    const root = 1.1673039782614187;
    const angles = [0, 45, 90, 135, 180];
    const totals = angles.map(() => 0);
    for (let i = 0; i < count; i++) {
      const [r0, r1, r2, r3] = [1, 2, 3, 4].map((k) => (0.5 + (i + 1) * root ** -k) % 1);
      const least = (top + higgs) ** 2;
      const pair = least * (s / least) ** r0;
      const jet = (s - pair) / (2 * energy);
      // -q^2 from 0 to s - pair, evenly in 1 / (w2 - q^2).
      const most = s - pair;
      const [near, far] = [1 / w2, 1 / (w2 + most)];
      const transfer = 1 / (near + (far - near) * r1) - w2;
      const cosine = (2 * transfer) / most - 1;
      const density = (((near - far) * (w2 + transfer) ** 2) / most) * 2;
      const direction = [Math.sqrt((1 - cosine) * (1 + cosine)), 0, cosine];
      const momentum = Math.sqrt((pair - least) * (pair - (top - higgs) ** 2)) / (2 * Math.sqrt(pair));
      const [z, turn] = [2 * r2 - 1, 2 * Math.PI * r3];
      const across = Math.sqrt(1 - z * z);
      const own = [across * Math.cos(turn), across * Math.sin(turn), z].map((value) => momentum * value);
      const decay = Float64Array.of(
        Math.hypot(top, momentum),
        ...own,
        Math.hypot(higgs, momentum),
        ...own.map((value) => -value),
      );
      const recoil = direction.map((value) => -value);
      const moved = transform(boost(recoil, (energy - jet) / Math.sqrt(pair)), decay);
      const point = Float64Array.of(500, 0, 0, 500, 500, 0, 0, -500, ...moved, jet, ...direction.map((v) => jet * v));
      const volume =
        (((pair * Math.log(s / least)) / (2 * Math.PI)) * (most / (8 * Math.PI * s)) * momentum * density) /
        (4 * Math.PI * Math.sqrt(pair)) /
        2;
      angles.forEach((angle, k) => {
        totals[k] += ((volume * topHiggsJet(point, degrees(angle))) / (2 * s) / count) * NANOBARN * 1e6;
      });
    }
    expect(Math.abs(totals[0] / 83.5 - 1)).toBeLessThan(0.02);
    [1, 1.38, 3.87, 8.56, 11.14].forEach((ratio, k) => {
      expect(Math.abs(totals[k] / totals[0] / ratio - 1)).toBeLessThan(0.02);
    });
    // A + B cos a + C sin^2 a, from three of them the fourth; what is odd in a cancels but for the sampling.
    const [a, , c, , e] = totals;
    expect(Math.abs(totals[1] / ((a + e) / 4 + ((a - e) / 2) * Math.SQRT1_2 + c / 2) - 1)).toBeLessThan(1e-4);
  });
});
