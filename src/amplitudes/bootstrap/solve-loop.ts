import { AnsatzError, RandomStream } from '../../core/index.ts';
import { inverseMod } from '../../numerics/index.ts';
import { FORM_FACTOR } from '../alphabets/form-factor.ts';
import type { PolylogSymbol } from '../symbol.ts';
import { allOf, type Candidates, freeParameters, restricted } from './candidates.ts';
import { CONSTRAINTS, type Constraint, type LoopContext } from './constraints/index.ts';
import { backTower, frontTower, neighbourRelations } from './form-factor-spaces.ts';
import { invariantSpace } from './representation.ts';
import { type SewnSpace, sewnSpace } from './sewing.ts';
import type { Tower } from './tower.ts';
import { type Seam, seamShape, type Train, trainOf } from './train.ts';

/** Parameters that are free after a step. */
export interface ParameterCount {
  readonly name: string;
  readonly free: number;
}

/** Letters in front of the seam: few make few unknowns, and short back spaces are quick to build. */
function lettersInFront(loops: number): number {
  if (loops === 1) return 1;
  return loops <= 5 ? 2 : 4;
}

/**
 * The bootstrap modulo one prime, loop by loop.
 *
 * Words are a front space times a back space; relations across the seam, symmetry and the constraints leave one symbol.
 */
export class LoopSolver {
  private readonly towers = new Map<string, Tower>();
  private readonly trains: (Train | undefined)[] = [undefined];
  private readonly relations;

  /**
   * @param oneLoop the symbol at one loop: the normalisation of all others
   * @param seed of the random equations that stand for all
   */
  constructor(
    readonly p: number,
    oneLoop: PolylogSymbol,
    readonly seed = 1,
  ) {
    this.relations = neighbourRelations(p);
    this.trains[1] = trainOf(oneLoop, this.seam(1));
  }

  /** Where words are cut at a loop order. @param inFront letters before the cut */
  seam(loops: number, inFront = lettersInFront(loops)): Seam {
    const backWeight = 2 * loops - inFront;
    return {
      front: this.tower('front', inFront),
      weight: inFront,
      back: this.tower('back', backWeight),
      backWeight,
    };
  }

  /** The matrices of a seam that obey the relations across it; and those that are symmetric as well. */
  spaces(seam: Seam): { sewn: SewnSpace; symmetric: SewnSpace } {
    const { front, weight, back, backWeight } = seam;
    const sewn = sewnSpace(front, weight, back, backWeight, this.relations);
    let symmetric = sewn;
    for (const image of FORM_FACTOR.group.slice(1, 3)) {
      symmetric = invariantSpace(symmetric, front, weight, back, backWeight, image);
    }
    return { sewn, symmetric };
  }

  /** What constraints at a loop order may look at: lower loops are solved when they are not yet. */
  context(loops: number): LoopContext {
    for (let l = 2; l < loops; l++) this.train(l);
    const random = new RandomStream(this.seed).split(loops);
    return { alphabet: FORM_FACTOR, loops, p: this.p, random, lower: this.trains };
  }

  /** The symbol at a loop order. */
  train(loops: number): Train {
    this.trains[loops] ??= this.solve(loops).train;
    return this.trains[loops]!;
  }

  /**
   * Solves for the symbol at a loop order.
   *
   * @param constraints the rows of the table to impose
   * @throws AnsatzError "not-unique" when parameters stay free, "no-solution" when constraints contradict each other
   */
  solve(
    loops: number,
    constraints: readonly Constraint[] = CONSTRAINTS,
    onStep: (step: ParameterCount) => void = () => {},
  ): { train: Train; counts: ParameterCount[] } {
    const context = this.context(loops);
    const seam = this.seam(loops);
    const counts: ParameterCount[] = [];
    const note = (name: string, free: number): void => {
      counts.push({ name, free });
      onStep({ name, free });
    };
    const { sewn, symmetric } = this.spaces(seam);
    note('seam', sewn.count);
    note('dihedral', symmetric.count);
    let candidates = allOf(seam, symmetric);
    for (const constraint of constraints) {
      candidates = restricted(candidates, constraint.equations(candidates, context), constraint.name);
      note(constraint.name, freeParameters(candidates));
    }
    const train = onlyOne(candidates);
    this.trains[loops] ??= train;
    return { train, counts };
  }

  private tower(kind: 'front' | 'back', weight: number): Tower {
    const key = `${kind} ${weight}`;
    if (!this.towers.has(key)) {
      const longer = [...this.towers].find(([name, { dims }]) => name.startsWith(kind) && dims.length > weight);
      const tower = longer?.[1] ?? (kind === 'front' ? frontTower(weight, this.p) : backTower(weight, this.p));
      this.towers.set(key, tower);
    }
    return this.towers.get(key)!;
  }
}

function onlyOne(candidates: Candidates): Train {
  const { seam, matrices, normalisation } = candidates;
  const { p } = seam.front;
  const free = freeParameters(candidates);
  if (free > 0) {
    throw new AnsatzError('not-unique', `${free} parameters stay free`, 'switch more constraints on', { free });
  }
  const [height, width] = seamShape(seam);
  const scale = inverseMod(normalisation[0], p);
  const matrix = matrices.slice(0, height * width).map((value) => (value * scale) % p);
  return { ...seam, matrix };
}
