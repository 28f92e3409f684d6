import { breathe, now, type RandomStream } from '../core/index.ts';
import { constantsOf, type Expression } from '../expressions/index.ts';
import { Role } from '../numerics/index.ts';
import type { Budget } from './budget.ts';
import type { DeviceChoice } from './device/device-choice.ts';
import { isExact } from './exactness.ts';
import type { HallOfFame } from './hall-of-fame.ts';
import type { Fitted, Objective } from './objective.ts';
import type { FrontEntry, Iteration, StopReason } from './result.ts';
import type { RunLog } from './state/run-log.ts';
import type { Syntax } from './syntax.ts';
import { exactCost } from './tree-cost.ts';
import type { TreePacker } from './tree-packer.ts';
import type { ObjectiveWire } from './wire.ts';

/** Settings of the evolution, PySR's names; plain data, for they travel to workers. */
export interface EvolutionSettings {
  readonly populations: number;
  readonly populationSize: number;
  readonly ncyclesPerIteration: number;
  readonly tournamentSelectionN: number;
  readonly tournamentSelectionP: number;
  readonly brood: number;
  readonly parsimony: number;
  readonly adaptiveParsimonyScaling: number;
  readonly crossoverProbability: number;
  readonly perturbationFactor: number;
  readonly probabilityNegateConstant: number;
  readonly alpha: number;
  readonly annealing: boolean;
  readonly fractionReplaced: number;
  readonly fractionReplacedHof: number;
  readonly topn: number;
  readonly shouldSimplify: boolean;
  readonly optimizerIterations: number;
  readonly optimizerNrestarts: number;
  readonly optimizeProbability: number;
  readonly useFrequency: boolean;
  readonly useFrequencyInTournament: boolean;
  readonly skipMutationFailures: boolean;
  readonly migration: boolean;
  readonly hofMigration: boolean;
  readonly fractionReplacedGuesses: number;
  readonly mutationWeights: Readonly<Partial<Record<string, number>>>;
}

/** What every phase shares: one grammar, one objective, one hall of fame, one budget, one random stream. */
export interface SearchContext {
  readonly syntax: Syntax;
  objective: Objective;
  readonly hall: HallOfFame;
  readonly budget: Budget;
  readonly seed: number;
  /** The stream of `seed`; every user splits off its own. */
  readonly random: RandomStream;
  readonly evolution: EvolutionSettings;
  /** One where a device scores the broods. */
  threads: number;
  /** Where broods are scored. */
  readonly device: DeviceChoice;
  readonly stopAtLoss: number;
  readonly lossScale: 'log' | 'linear';
  readonly snapConstants: boolean;
  /** Called after every epoch; false ends the run. */
  readonly onIteration: ((iteration: Iteration) => unknown) | undefined;
  /** Epochs without progress after which the front rests. */
  readonly patience: number;
  /** Most epochs. */
  readonly niterations: number;
  /** Share of the run over which the largest complexity grows to its limit. */
  readonly warmupMaxsizeBy: number;
  /** Candidates that the user gave; they seed islands and come back as migrants. */
  readonly guesses: Fitted[];
  /** Says whether an entry of the front ends the run. */
  readonly earlyStop: ((entry: FrontEntry) => boolean) | undefined;
  /** Rows passed over outside `objective`: in workers, and before the noise model was chosen. */
  remoteRows: number;
  /** The law whose predictions set the row weights, when the noise was found to be relative. */
  pilot: Expression | undefined;
  /** True while the observed target sets the weights. */
  observed: boolean;
  /** The best law that takes no notice of units, where it beats those of the right dimension. */
  untyped: Fitted | undefined;
  phase: string;
  /** The last phase of the search that was begun. */
  lastPhase: string;
  stoppedBy: StopReason | undefined;
  readonly notes: string[];
  readonly report: () => void;
  /** What workers build their objective from. */
  readonly objectiveWire: ObjectiveWire;
  /** Writes trees down; undefined when the run is not saved. */
  readonly packer: TreePacker | undefined;
  /** Where the run stands, written down now and then. */
  readonly log: RunLog;
}

/** One named step of the search; phases run in order, each handing its best on through the hall of fame. */
export interface Phase {
  readonly name: string;
  /** True for one that looks at what others found and searches for nothing. */
  readonly isReview?: boolean;
  run(context: SearchContext): Promise<void>;
}

/** Evaluations of the whole run so far. */
export function evaluations(context: SearchContext): number {
  return (context.objective.usedRows + context.remoteRows) / context.objective.rows;
}

/**
 * Fits a candidate of a cheap phase and enters it; undefined trees and trees over the limits are passed over.
 *
 * @param held whether small rationals among the constants stay as they are
 * @returns the fitted law; its loss is NaN where it is not finite on the data
 */
export function propose(context: SearchContext, tree: Expression | undefined, held = false): Fitted | undefined {
  if (!tree) return undefined;
  const { syntax } = context;
  // What regression puts together may be longer than it need be.
  const admitted = syntax.admitted(tree) < Infinity ? tree : syntax.simplify(tree);
  if (!admitted || (admitted !== tree && syntax.admitted(admitted) === Infinity)) return undefined;
  const { objective } = context;
  const fitted = held ? objective.full(admitted, 12, smallRationals(admitted)) : objective.search(admitted, 12);
  context.hall.offer(fitted.tree, fitted.loss);
  return fitted;
}

function smallRationals(tree: Expression): Uint8Array {
  return Uint8Array.from(constantsOf(tree), (value) => (exactCost(value) === undefined ? Role.free : Role.fixed));
}

const SLICE_SECONDS = 0.03;
let lastBreath = 0;

/**
 * Lets timers and signals through every few hundredths of a second and says whether to go on.
 *
 * @returns false when the run must stop; `stoppedBy` then holds the reason
 */
export async function mayContinue(context: SearchContext): Promise<boolean> {
  if (now() - lastBreath > SLICE_SECONDS) {
    await breathe();
    lastBreath = now();
    context.report();
  }
  context.stoppedBy ??= context.budget.exhausted(evaluations(context));
  return context.stoppedBy === undefined;
}

/** Sets `stoppedBy` when the hall holds a loss that no search can improve on, or the loss asked for. */
export function goalReached(context: SearchContext): boolean {
  const { hall, objective } = context;
  const lowest = hall.lowest();
  if (lowest <= objective.nearFloor && hall.all().some((entry) => isExact(entry, objective)))
    context.stoppedBy ??= 'floor';
  else if (lowest <= context.stopAtLoss) context.stoppedBy ??= 'target-loss';
  return context.stoppedBy !== undefined;
}
