import { AnsatzError, RandomStream } from '../../core/index.ts';
import { inverseMod } from '../../numerics/index.ts';
import { FORM_FACTOR } from '../alphabets/form-factor.ts';
import type { PolylogSymbol } from '../symbol.ts';
import { allOf, type Candidates, freeParameters, restricted } from './candidates.ts';
import { CONSTRAINTS, type Constraint, LEADING_LOGARITHM, type LoopContext } from './constraints/index.ts';
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
    const known = this.trains[loops];
    if (known) return known;
    const steps = this.steps(loops);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /**
   * Solves for the symbol at a loop order, step by step: what is free is said after each.
   *
   * @param constraints the rows of the table to impose
   * @throws AnsatzError "not-unique" when parameters stay free, "no-solution" when constraints contradict each other
   */
  *steps(loops: number, constraints: readonly Constraint[] = CONSTRAINTS): Generator<ParameterCount, Train> {
    const seam = this.seam(loops);
    const { sewn, symmetric } = this.spaces(seam);
    yield { name: 'seam', free: sewn.count };
    yield { name: 'dihedral', free: symmetric.count };
    let candidates = allOf(seam, symmetric);
    const context = this.context(loops);
    for (const constraint of constraints) {
      candidates = restricted(candidates, constraint.equations(candidates, context), constraint.name);
      yield { name: constraint.name, free: freeParameters(candidates) };
    }
    const train = onlyOne(candidates);
    if (constraints === CONSTRAINTS) this.trains[loops] = train;
    return train;
  }

  /** How many parameters each constraint leaves free by itself; the operator product expansion is left out. */
  alone(loops: number): ParameterCount[] {
    const seam = this.seam(loops);
    const { sewn, symmetric } = this.spaces(seam);
    const all = allOf(seam, symmetric);
    const context = this.context(loops);
    return [
      { name: 'seam', free: sewn.count },
      { name: 'dihedral', free: symmetric.count },
      ...CONSTRAINTS.filter((constraint) => constraint !== LEADING_LOGARITHM).map((constraint) => ({
        name: constraint.name,
        free: freeParameters(restricted(all, constraint.equations(all, context), constraint.name)),
      })),
    ];
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
    const what = free === 1 ? 'one parameter stays' : `${free} parameters stay`;
    throw new AnsatzError('not-unique', `${what} free`, 'switch more constraints on', { free });
  }
  const [height, width] = seamShape(seam);
  const scale = inverseMod(normalisation[0], p);
  const matrix = matrices.slice(0, height * width).map((value) => (value * scale) % p);
  return { ...seam, matrix };
}
