import type { RandomStream } from '../core/index.ts';
import { constantsOf, type Expression } from '../expressions/index.ts';
import type { EvolutionSettings } from './context.ts';
import type { Screen } from './device/screen.ts';
import { FitnessCache } from './fitness-cache.ts';
import { MUTATIONS } from './mutations.ts';
import type { Fitted, Objective } from './objective.ts';
import { type PlaceSolver, placeSolverOf } from './places/place-solver.ts';
import type { Syntax } from './syntax.ts';
import type { TreePacker } from './tree-packer.ts';
import { crossCandidates, mutateCandidate, randomCandidate, shakeConstants } from './variation.ts';

/** A fitted tree in a population. */
export interface Member extends Fitted {
  readonly complexity: number;
  /** Loss over the baseline plus parsimony, what tournaments compare. */
  readonly cost: number;
  /** Order of birth: the oldest member is replaced. */
  readonly birth: number;
}

/** What an island hands to the coordinator after an epoch. */
export interface IslandReport {
  readonly island: number;
  /** Best of each complexity seen in the epoch. */
  readonly best: readonly Fitted[];
  /** The population's top members, for migration. */
  readonly emigrants: readonly Fitted[];
  /** Rows passed over by programs. */
  readonly usedRows: number;
}

/** Where an island stands inside an epoch. */
interface EpochPosition {
  readonly maxRows: number;
  readonly maxSize: number;
  cycle: number;
  event: number;
  usedRows: number;
  /** True when the quota ended it. */
  interrupted: boolean;
}

/** An island as plain data: it can be saved, posted and taken up again at the very event. */
export interface IslandState {
  readonly births: number;
  readonly epochs: number;
  readonly frequencies: Float64Array;
  /** Packed trees, and the order of their births. */
  readonly members: Float64Array;
  readonly memberBirths: Float64Array;
  readonly best: Float64Array;
  readonly young: Float64Array;
  readonly old: Float64Array;
  readonly random: readonly [number, number];
  readonly epoch: EpochPosition | undefined;
}

/** Share of revisits of a known structure that are fitted again from new constants. */
const REFIT_PROBABILITY = 0.05;

/**
 * Largest complexity of an island as a share of the run's, by its number. Where trees may be long, approximations of
 * many nodes crowd out the beginnings of a short law; islands of short trees keep them.
 */
const TIERS = [1, 0.5, 0.7, 0.4];
/** No island is confined to less than this. */
const LEAST_TIER = 9;

/** One population under regularised evolution; deterministic given its stream, its seeds and its migrants. */
export class Island {
  private members: Member[] = [];
  private births = 0;
  private best = new Map<number, Fitted>();
  private readonly cache: FitnessCache;
  private epoch: EpochPosition | undefined;
  private maxSize: number;
  private readonly frequencies: Float64Array;
  private readonly weights: number[];
  private readonly index: number;
  private readonly objective: Objective;
  private readonly syntax: Syntax;
  private readonly settings: EvolutionSettings;
  /** The island's own stream; every epoch draws from a split of it. */
  private readonly stream: RandomStream;
  private random: RandomStream;
  private epochs = 0;
  /** Largest complexity on this island. */
  private readonly tier: number;
  private readonly places: (() => PlaceSolver) | undefined;

  constructor(
    index: number,
    objective: Objective,
    syntax: Syntax,
    settings: EvolutionSettings,
    random: RandomStream,
    packer?: TreePacker,
    private readonly screen?: Pick<Screen, 'losses'>,
  ) {
    this.index = index;
    this.cache = new FitnessCache(packer);
    const { maxSize } = syntax.grammar;
    // The parts of a template share its limit, and none of them is an approximation by itself.
    const share = syntax.grammar.template ? 1 : TIERS[index % TIERS.length];
    this.tier = Math.max(Math.min(maxSize, LEAST_TIER), Math.ceil(share * maxSize));
    this.maxSize = this.tier;
    this.objective = objective;
    this.syntax = syntax;
    this.settings = settings;
    this.stream = random;
    this.random = random.split(0);
    this.frequencies = new Float64Array(syntax.grammar.maxSize + 1).fill(1);
    const solvable = !syntax.grammar.template && objective.scale !== 'loss';
    this.places = solvable ? () => placeSolverOf(objective.problem, syntax) : undefined;
    this.weights = MUTATIONS.map((mutation) => settings.mutationWeights[mutation.name] ?? mutation.weight);
  }

  /** Fills the population with the given trees and random small ones. */
  seed(trees: readonly Fitted[]): void {
    for (const fitted of trees) this.admit(fitted);
    const { inputs } = this.objective.problem;
    let attempts = 0;
    while (this.members.length < this.settings.populationSize && attempts++ < 20 * this.settings.populationSize) {
      const fitted = this.fit(randomCandidate(3, this.syntax.grammar, inputs, this.random));
      if (fitted) this.admit(fitted);
    }
  }

  /**
   * Starts an epoch; one that a restored state was inside of goes on instead.
   *
   * @param maxRows the epoch ends after this many rows passed over
   * @param maxSize largest complexity while the limit warms up
   * @param afresh from a new random population
   */
  begin(migrants: readonly Fitted[], maxRows: number, maxSize: number, afresh = false): void {
    if (this.epoch) return;
    this.random = this.stream.split(++this.epochs);
    this.best.clear();
    const start = this.objective.usedRows;
    if (afresh) {
      this.members = [];
      this.frequencies.fill(1);
      this.seed([]);
    }
    this.maxSize = Math.min(maxSize, this.tier);
    for (const migrant of migrants) if (this.syntax.complexity(migrant.tree) <= this.maxSize) this.immigrate(migrant);
    this.epoch = {
      maxRows,
      maxSize: this.maxSize,
      cycle: 0,
      event: 0,
      usedRows: this.objective.usedRows - start,
      interrupted: false,
    };
  }

  /**
   * Runs events of the epoch.
   *
   * @param stop polled after every event: 'pause' returns in the middle of the epoch, 'stop' too, for good; a state
   *   saved then goes on as if nothing had happened
   * @returns true when the epoch is over, or stopped
   */
  advance(stop: () => 'stop' | 'pause' | undefined): boolean {
    const { epoch } = this;
    if (!epoch) return true;
    const { ncyclesPerIteration, populationSize, tournamentSelectionN } = this.settings;
    const perCycle = Math.ceil(populationSize / tournamentSelectionN);
    let paused = false;
    while (!paused && !epoch.interrupted && epoch.cycle < ncyclesPerIteration && this.members.length > 1) {
      const start = this.objective.usedRows;
      const temperature = this.settings.annealing ? 1 - epoch.cycle / ncyclesPerIteration : 1;
      if (this.settings.brood > 1 && this.objective.screens) this.breed(temperature);
      else this.event(temperature);
      epoch.usedRows += this.objective.usedRows - start;
      if (++epoch.event === perCycle) {
        epoch.event = 0;
        epoch.cycle++;
      }
      const asked = stop();
      if (epoch.usedRows >= epoch.maxRows) epoch.interrupted = true;
      else if (asked === 'stop') break;
      else paused = asked === 'pause';
    }
    return !paused;
  }

  /** Rows passed over in the epoch that was begun; 0 between two. */
  get rowsOfEpoch(): number {
    return this.epoch?.usedRows ?? 0;
  }

  /** Ends the epoch that `advance` ran. */
  report(): IslandReport {
    const { epoch } = this;
    this.epoch = undefined;
    for (let i = 0; i < this.frequencies.length; i++) this.frequencies[i] = 1 + 0.9 * (this.frequencies[i] - 1);
    if (this.settings.shouldSimplify) this.simplifyMembers();
    const emigrants = [...this.members].sort((a, b) => a.cost - b.cost).slice(0, this.settings.topn);
    return {
      island: this.index,
      best: [...this.best.values()],
      emigrants: emigrants.map(({ tree, loss }) => ({ tree, loss })),
      usedRows: epoch?.usedRows ?? 0,
    };
  }

  snapshot(packer: TreePacker): IslandState {
    return {
      births: this.births,
      epochs: this.epochs,
      frequencies: this.frequencies.slice(),
      members: packer.pack(this.members),
      memberBirths: Float64Array.from(this.members, (member) => member.birth),
      best: packer.pack([...this.best.values()]),
      ...this.cache.snapshot(),
      random: this.random.position,
      epoch: this.epoch && { ...this.epoch },
    };
  }

  restore(state: IslandState, packer: TreePacker): void {
    this.members = packer
      .unpack(state.members)
      .map((fitted, i) => ({ ...this.member(fitted), birth: state.memberBirths[i] }));
    this.births = state.births;
    this.epochs = state.epochs;
    this.frequencies.set(state.frequencies);
    this.best = new Map(packer.unpack(state.best).map((fitted) => [this.syntax.complexity(fitted.tree), fitted]));
    this.cache.restore(state, packer, (fitted) => this.syntax.key(fitted.tree));
    this.random = this.stream.split(state.epochs);
    this.random.seek(state.random);
    this.epoch = state.epoch && { ...state.epoch };
    this.maxSize = state.epoch?.maxSize ?? this.maxSize;
  }

  private simplifyMembers(): void {
    this.members = this.members.map((member) => {
      const tree = this.syntax.simplify(member.tree);
      if (!tree || this.syntax.admitted(tree) >= member.complexity) return member;
      return { ...this.member({ tree, loss: member.loss }), birth: member.birth };
    });
  }

  private event(temperature: number): void {
    const { random, settings } = this;
    if (random.uniform() < settings.crossoverProbability) {
      const [a, b] = crossCandidates(this.tournament().tree, this.tournament().tree, this.syntax.grammar, random);
      for (const child of [a, b]) {
        const fitted = this.fit(child);
        if (fitted) this.admit(fitted);
      }
      return;
    }
    const parent = this.tournament();
    const { grammar } = this.syntax;
    const { inputs } = this.objective.problem;
    const context = { grammar, inputs, settings, temperature, random, places: this.places };
    for (let attempt = 0; attempt < 10; attempt++) {
      const mutation = MUTATIONS[random.weighted(this.weights)];
      const child = mutateCandidate(parent.tree, mutation, context);
      if (!child) continue;
      if (child === parent.tree) {
        this.admit(parent);
        return;
      }
      const fitted = this.fit(child);
      if (!fitted) continue;
      if (this.accepts(parent, fitted, temperature)) this.admit(fitted);
      return;
    }
    if (!settings.skipMutationFailures) this.admit(parent);
  }

  /**
   * Breeds many children at once and fits those alone whose losses, with the constants that they inherit, are the
   * lowest of their size and of all smaller ones: scoring a tree costs a small part of fitting it.
   */
  private breed(temperature: number): void {
    const { random, settings, syntax } = this;
    const { inputs } = this.objective.problem;
    const { grammar } = syntax;
    // Solving a place costs about as much as a fit, which is what a brood spares.
    const context = { grammar, inputs, settings, temperature, random, places: undefined };
    const brood = new Map<string, Expression>();
    const take = (child: Expression | undefined): void => {
      if (!child || syntax.admitted(child) > this.maxSize) return;
      const key = syntax.key(child);
      if (!this.cache.get(key)) brood.set(key, child);
    };
    for (let attempt = 0; attempt < settings.brood; attempt++) {
      const parent = this.tournament().tree;
      if (random.uniform() < settings.crossoverProbability) {
        crossCandidates(parent, this.tournament().tree, grammar, random).forEach(take);
      } else {
        const mutation = MUTATIONS[random.weighted(this.weights)];
        take(mutateCandidate(parent, mutation, context));
      }
    }
    const children = [...brood.values()];
    const losses = this.objective.screen(children, this.screen);
    const bySize: number[] = [];
    losses.forEach((loss, i) => {
      const size = syntax.complexity(children[i]);
      if (loss < (losses[bySize[size]] ?? Infinity)) bySize[size] = i;
    });
    let lowest = Infinity;
    bySize.forEach((i) => {
      if (!(losses[i] < lowest)) return;
      lowest = losses[i];
      const fitted = this.fit(children[i]);
      if (fitted) this.admit(fitted);
    });
  }

  /** Constants fitted, or undefined when the tree is too large, undefined on the data or already known here. */
  private fit(tree: Expression): Fitted | undefined {
    const size = this.syntax.admitted(tree);
    if (size > this.maxSize) return undefined;
    const key = this.syntax.key(tree);
    const known = this.cache.get(key);
    // A shorter way to write a known shape is fitted for its own sake.
    const shorter = known !== undefined && size < this.syntax.complexity(known.tree);
    if (known && !shorter) {
      if (Number.isNaN(known.loss)) return undefined;
      if (constantsOf(tree).length === 0 || this.random.uniform() >= REFIT_PROBABILITY) return known;
    }
    let fitted = this.optimise(tree);
    if (known && !shorter && !(fitted.loss < known.loss)) fitted = known;
    this.cache.set(key, fitted);
    if (!Number.isFinite(fitted.loss)) return undefined;
    const fittedSize = this.syntax.complexity(fitted.tree);
    const held = this.best.get(fittedSize);
    if (!held || fitted.loss < held.loss) this.best.set(fittedSize, fitted);
    return fitted;
  }

  /** Constants fitted from those of the tree, and from others when restarts are asked for. */
  private optimise(tree: Expression): Fitted {
    const { optimizerIterations, optimizerNrestarts, optimizeProbability } = this.settings;
    if (optimizeProbability < 1 && this.random.uniform() >= optimizeProbability) {
      return { tree, loss: this.objective.lossOf(tree) };
    }
    let best = this.objective.search(tree, optimizerIterations);
    const restarts = constantsOf(tree).length > 0 ? optimizerNrestarts : 0;
    for (let i = 0; i < restarts; i++) {
      const other = this.objective.search(
        shakeConstants(tree, this.random, this.syntax.pinned(tree)),
        optimizerIterations,
      );
      if (other.loss < best.loss || Number.isNaN(best.loss)) best = other;
    }
    return best;
  }

  private member(fitted: Fitted): Member {
    const size = this.syntax.complexity(fitted.tree);
    const cost = fitted.loss / Math.max(this.objective.baseline, 1e-300) + this.settings.parsimony * size;
    return { ...fitted, complexity: size, cost, birth: this.births++ };
  }

  /** Adds a member; a full population loses its oldest. A tree with the same loss and size is already here. */
  private admit(fitted: Fitted): void {
    const member = this.member(fitted);
    this.frequencies[member.complexity]++;
    if (this.members.length < this.settings.populationSize) {
      this.members.push(member);
      return;
    }
    let oldest = 0;
    for (let i = 1; i < this.members.length; i++) if (this.members[i].birth < this.members[oldest].birth) oldest = i;
    this.members[oldest] = member;
  }

  private immigrate(fitted: Fitted): void {
    if (this.members.length < this.settings.populationSize) this.admit(fitted);
    else this.members[this.random.integer(this.members.length)] = this.member(fitted);
  }

  /** Accepts a worse child with a probability that falls with the loss it adds and rises with its rarity. */
  private accepts(parent: Member, child: Fitted, temperature: number): boolean {
    const { settings } = this;
    const size = this.syntax.complexity(child.tree);
    let probability = settings.useFrequency ? this.frequencies[parent.complexity] / this.frequencies[size] : 1;
    if (settings.annealing) {
      const cost = child.loss / Math.max(this.objective.baseline, 1e-300) + settings.parsimony * size;
      probability *= Math.exp(-(cost - parent.cost) / (settings.alpha * Math.max(temperature, 1e-6)));
    }
    return this.random.uniform() < probability;
  }

  /** Best of a random sample by cost, made dearer where a complexity is crowded; place k wins with p (1-p)^k. */
  private tournament(): Member {
    const { tournamentSelectionN, tournamentSelectionP, adaptiveParsimonyScaling, useFrequencyInTournament } =
      this.settings;
    let total = 0;
    for (let i = 0; i < this.frequencies.length; i++) total += this.frequencies[i];
    const contestants: { member: Member; cost: number }[] = [];
    const count = Math.min(tournamentSelectionN, this.members.length);
    for (let i = 0; i < count; i++) {
      const member = this.members[this.random.integer(this.members.length)];
      const crowd = useFrequencyInTournament ? this.frequencies[member.complexity] / total : 0;
      contestants.push({ member, cost: member.cost * Math.exp(adaptiveParsimonyScaling * crowd) });
    }
    contestants.sort((a, b) => a.cost - b.cost);
    let place = 0;
    while (place < contestants.length - 1 && this.random.uniform() >= tournamentSelectionP) place++;
    return contestants[place].member;
  }
}
