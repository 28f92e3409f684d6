import { type Place, probedMatrices, probedTrain } from '../probes.ts';
import type { Train } from '../train.ts';
import { type Constraint, fixedPlace, halfResidue, type LoopContext, probeCount, randomPlace } from './constraint.ts';

/** L-fold discontinuities that vanish once a Gaussian of one letter is multiplied to the symbol. */
export interface VanishingDiscontinuity {
  readonly name: string;
  readonly title: string;
  /** Whether first letters are taken off, or last ones. */
  readonly end: 'first' | 'last';
  /** What a letter taken off contributes. */
  readonly weights: Readonly<Record<string, number>>;
  /** The Gaussian is exp(coefficient * letter^2). */
  readonly gaussian: { readonly letter: string; readonly coefficient: number };
}

/** Those of the form factor; the cusp anomalous dimension at one loop is in the Gaussians. */
export const FORM_FACTOR_DISCONTINUITIES: readonly VanishingDiscontinuity[] = [
  {
    name: 'discontinuity',
    title: 'the L-fold discontinuity in v vanishes',
    end: 'first',
    weights: { a: -0.5, b: 0.5, c: -0.5, e: -1 },
    gaussian: { letter: 'e', coefficient: 1 },
  },
  {
    name: 'mirror',
    title: 'the L-fold derivative at the end of words vanishes, as the dual of the discontinuity',
    end: 'last',
    weights: { d: -0.5, e: 0.5, f: -0.5, b: -0.5 },
    gaussian: { letter: 'b', coefficient: 2 },
  },
];

/** Says that the L-fold discontinuity of the symbol times the Gaussian is zero, order by order in the coupling. */
export function vanishing(discontinuity: VanishingDiscontinuity): Constraint {
  const { name, title, end, weights } = discontinuity;
  return {
    name,
    title,
    equations(candidates, context) {
      const { alphabet, loops, p } = context;
      const probes = probeCount(candidates);
      const taken = fixedPlace(alphabet, weights, probes, p);
      const kept = Array.from({ length: loops }, () => randomPlace(alphabet.size, probes, context));
      const off = new Array<Place>(loops).fill(taken);
      const places = end === 'first' ? [...off, ...kept] : [...kept, ...off];
      return {
        values: probedMatrices(candidates.seam, candidates.matrices, places, probes),
        wanted: knownPart(discontinuity, taken, kept, probes, context),
      };
    },
  };
}

/**
 * Minus what lower loops contribute: the discontinuity is a derivation of the shuffle product, and a product of
 * letters, paired with a shuffle product, is a sum over the ways to share its places out.
 */
function knownPart(
  { end, weights, gaussian }: VanishingDiscontinuity,
  taken: Place,
  kept: readonly Place[],
  probes: number,
  { alphabet, loops, p, lower }: LoopContext,
): Uint32Array {
  const letter = alphabet.letter(gaussian.letter) * probes;
  const own = halfResidue(weights[gaussian.letter], p);
  const total = new Uint32Array(probes);
  let power = 1;
  for (let k = 1; k <= loops; k++) {
    // coefficient^k / k! * (2k)!: the symbol of letter^(2k) is (2k)! equal letters.
    power = (power * gaussian.coefficient * 2 * (2 * k - 1)) % p;
    const l = loops - k;
    for (let j = 0; j <= Math.min(loops, 2 * l); j++) {
      const fromGaussian = loops - j;
      if (fromGaussian > 2 * k) continue;
      let factor = (power * (binomial(loops, j) % p)) % p;
      for (let i = 0; i < fromGaussian; i++) factor = (factor * own) % p;
      for (const set of subsets(loops, 2 * l - j)) {
        const values = ofLower(
          lower[l],
          end,
          taken,
          j,
          kept.filter((_, i) => set & (1 << i)),
          probes,
        );
        for (let c = 0; c < probes; c++) {
          let product = (factor * values[c]) % p;
          for (let i = 0; i < loops; i++) if (!(set & (1 << i))) product = (product * kept[i][letter + c]) % p;
          total[c] = (total[c] + product) % p;
        }
      }
    }
  }
  return total.map((value) => (p - value) % p);
}

function ofLower(
  train: Train | undefined,
  end: 'first' | 'last',
  taken: Place,
  times: number,
  kept: readonly Place[],
  probes: number,
): Uint32Array {
  if (!train) return new Uint32Array(probes).fill(1);
  const off = new Array<Place>(times).fill(taken);
  return probedTrain(train, end === 'first' ? [...off, ...kept] : [...kept, ...off], probes);
}

function* subsets(of: number, size: number): Generator<number> {
  for (let set = 0; set < 2 ** of; set++) {
    let members = 0;
    for (let rest = set; rest !== 0; rest &= rest - 1) members++;
    if (members === size) yield set;
  }
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
}
