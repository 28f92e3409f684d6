import type { RandomStream } from '../core/index.ts';
import { complexity, constantsOf, type Expression, simplify, structureKey } from '../expressions/index.ts';
import { type EvolutionSettings, measure } from './context.ts';
import { Forms } from './forms.ts';
import { crossover, MUTATIONS, type MutationContext } from './mutations.ts';
import type { Fitted, Objective } from './objective.ts';
import type { Grammar } from './problem.ts';
import { restrict } from './restrict.ts';
import { randomTree } from './tree-edit.ts';

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

const CACHE_LIMIT = 40_000;
/** Share of revisits of a known structure that are fitted again from new constants. */
const REFIT_PROBABILITY = 0.05;

/** One population under regularised evolution; deterministic given its stream, its seeds and its migrants. */
export class Island {
  private members: Member[] = [];
  private births = 0;
  private best = new Map<number, Fitted>();
  private cache = new Map<string, Fitted>();
  private readonly frequencies: Float64Array;
  private readonly weights: number[];
  private readonly index: number;
  private readonly objective: Objective;
  private readonly grammar: Grammar;
  private readonly settings: EvolutionSettings;
  /** The island's own stream; every epoch draws from a split of it. */
  private readonly stream: RandomStream;
  private random: RandomStream;
  private epochs = 0;
  private readonly forms: Forms;

  constructor(
    index: number,
    objective: Objective,
    grammar: Grammar,
    settings: EvolutionSettings,
    random: RandomStream,
  ) {
    this.index = index;
    this.objective = objective;
    this.grammar = grammar;
    this.settings = settings;
    this.stream = random;
    this.random = random.split(0);
    this.forms = new Forms(grammar);
    this.frequencies = new Float64Array(grammar.maxSize + 1).fill(1);
    this.weights = MUTATIONS.map((mutation) => settings.mutationWeights[mutation.name] ?? mutation.weight);
  }

  /** Fills the population with the given trees and random small ones. */
  seed(trees: readonly Fitted[]): void {
    for (const fitted of trees) this.admit(fitted);
    const { inputs } = this.objective.problem;
    let attempts = 0;
    while (this.members.length < this.settings.populationSize && attempts++ < 20 * this.settings.populationSize) {
      const fitted = this.fit(randomTree(3, this.grammar, inputs, this.random));
      if (fitted) this.admit(fitted);
    }
  }

  /**
   * Runs events until the epoch's quota is spent.
   *
   * @param maxRows stop after this many rows passed over
   * @param stop polled after every event; true ends the epoch
   */
  run(migrants: readonly Fitted[], maxRows: number, stop: () => boolean): IslandReport {
    const start = this.objective.usedRows;
    this.random = this.stream.split(++this.epochs);
    this.best.clear();
    for (const migrant of migrants) this.immigrate(migrant);
    const { ncyclesPerIteration, populationSize, tournamentSelectionN } = this.settings;
    const perCycle = Math.ceil(populationSize / tournamentSelectionN);
    let interrupted = false;
    for (let cycle = 0; cycle < ncyclesPerIteration && !interrupted && this.members.length > 1; cycle++) {
      const temperature = this.settings.annealing ? 1 - cycle / ncyclesPerIteration : 1;
      for (let event = 0; event < perCycle; event++) {
        this.event(temperature);
        if (this.objective.usedRows - start >= maxRows || stop()) {
          interrupted = true;
          break;
        }
      }
    }
    for (let i = 0; i < this.frequencies.length; i++) this.frequencies[i] = 1 + 0.9 * (this.frequencies[i] - 1);
    if (this.settings.shouldSimplify) this.simplifyMembers();
    const emigrants = [...this.members].sort((a, b) => a.cost - b.cost).slice(0, this.settings.topn);
    return {
      island: this.index,
      best: [...this.best.values()],
      emigrants: emigrants.map(({ tree, loss }) => ({ tree, loss })),
      usedRows: this.objective.usedRows - start,
    };
  }

  private simplifyMembers(): void {
    this.members = this.members.map((member) => {
      const tree = restrict(simplify(member.tree), this.forms);
      if (!tree || measure(tree, this.grammar.maxDepth) >= member.complexity) return member;
      return { ...this.member({ tree, loss: member.loss }), birth: member.birth };
    });
  }

  private event(temperature: number): void {
    const { random, settings } = this;
    if (random.uniform() < settings.crossoverProbability) {
      const [a, b] = crossover(this.tournament().tree, this.tournament().tree, random);
      for (const child of [a, b]) {
        const fitted = this.fit(child);
        if (fitted) this.admit(fitted);
      }
      return;
    }
    const parent = this.tournament();
    const context: MutationContext = {
      grammar: this.grammar,
      inputs: this.objective.problem.inputs,
      settings,
      temperature,
      random,
    };
    for (let attempt = 0; attempt < 10; attempt++) {
      const mutation = MUTATIONS[random.weighted(this.weights)];
      const child = mutation.apply(parent.tree, context);
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
  }

  /** Constants fitted, or undefined when the tree is too large, undefined on the data or already known here. */
  private fit(tree: Expression): Fitted | undefined {
    const size = measure(tree, this.grammar.maxDepth);
    if (size > this.grammar.maxSize) return undefined;
    const key = structureKey(tree);
    const known = this.cache.get(key);
    // A shorter way to write a known shape is fitted for its own sake.
    const shorter = known !== undefined && size < complexity(known.tree);
    if (known && !shorter) {
      if (Number.isNaN(known.loss)) return undefined;
      if (constantsOf(tree).length === 0 || this.random.uniform() >= REFIT_PROBABILITY) return known;
    }
    let fitted = this.objective.search(tree, this.settings.optimizerIterations);
    if (known && !shorter && !(fitted.loss < known.loss)) fitted = known;
    if (this.cache.size >= CACHE_LIMIT) this.cache.clear();
    this.cache.set(key, fitted);
    if (!Number.isFinite(fitted.loss)) return undefined;
    const fittedSize = measure(fitted.tree, this.grammar.maxDepth);
    const held = this.best.get(fittedSize);
    if (!held || fitted.loss < held.loss) this.best.set(fittedSize, fitted);
    return fitted;
  }

  private member(fitted: Fitted): Member {
    const size = measure(fitted.tree, this.grammar.maxDepth);
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
    const size = measure(child.tree, this.grammar.maxDepth);
    let probability = this.frequencies[parent.complexity] / this.frequencies[size];
    if (settings.annealing) {
      const cost = child.loss / Math.max(this.objective.baseline, 1e-300) + settings.parsimony * size;
      probability *= Math.exp(-(cost - parent.cost) / (settings.alpha * Math.max(temperature, 1e-6)));
    }
    return this.random.uniform() < probability;
  }

  /** Best of a random sample by cost, made dearer where a complexity is crowded; place k wins with p (1-p)^k. */
  private tournament(): Member {
    const { tournamentSelectionN, tournamentSelectionP, adaptiveParsimonyScaling } = this.settings;
    let total = 0;
    for (let i = 0; i < this.frequencies.length; i++) total += this.frequencies[i];
    const contestants: { member: Member; cost: number }[] = [];
    const count = Math.min(tournamentSelectionN, this.members.length);
    for (let i = 0; i < count; i++) {
      const member = this.members[this.random.integer(this.members.length)];
      const crowd = this.frequencies[member.complexity] / total;
      contestants.push({ member, cost: member.cost * Math.exp(adaptiveParsimonyScaling * crowd) });
    }
    contestants.sort((a, b) => a.cost - b.cost);
    let place = 0;
    while (place < contestants.length - 1 && this.random.uniform() >= tournamentSelectionP) place++;
    return contestants[place].member;
  }
}
