import { RandomStream } from '../core/index.ts';
import { Budget } from './budget.ts';
import { type EvolutionSettings, evaluations, type SearchContext } from './context.ts';
import { roughDescription } from './description-length.ts';
import type { DeviceChoice } from './device/device-choice.ts';
import { choose, describeFront } from './front.ts';
import { HallOfFame } from './hall-of-fame.ts';
import type { Objective } from './objective.ts';
import type { ResolvedOptions } from './options/options.ts';
import type { FrontEntry } from './result.ts';
import { RunLog } from './state/run-log.ts';
import type { Syntax } from './syntax.ts';
import { TreePacker } from './tree-packer.ts';
import { type ObjectiveWire, operatorsOf, variablesOfSearch } from './wire.ts';

/** Least seconds between two reports of progress. */
const REPORT_SECONDS = 0.1;

/** What a context is made of beside the options. */
export interface ContextParts {
  readonly syntax: Syntax;
  readonly objective: Objective;
  readonly wire: ObjectiveWire;
  readonly threads: number;
  readonly notes: string[];
  readonly fingerprint: string;
  readonly brood: number;
  readonly device: DeviceChoice;
  /** Seconds that the run took before it was interrupted. */
  readonly seconds: number;
}

/** What the phases of a run share. */
export function createContext(options: ResolvedOptions, parts: ContextParts): SearchContext {
  const { syntax, objective, wire, threads, notes } = parts;
  const budget = new Budget(options.maxEvals ?? Infinity, options.timeLimit, options.signal, parts.seconds);
  const { inputs } = objective.problem;
  const { onProgress, lossScale } = options;
  let lastReport = 0;
  const context: SearchContext = {
    syntax,
    objective,
    hall: new HallOfFame(options.maxSize, syntax, (tree, loss) => roughDescription(tree, loss, context.objective)),
    budget,
    seed: options.seed,
    random: new RandomStream(options.seed),
    evolution: evolutionSettings({ ...options, brood: parts.brood }),
    threads,
    device: parts.device,
    stopAtLoss: options.stopAtLoss ?? numberOr(options.earlyStopCondition) ?? -Infinity,
    lossScale,
    snapConstants: options.snapConstants,
    patience: options.patience,
    niterations: options.niterations ?? Infinity,
    warmupMaxsizeBy: options.warmupMaxsizeBy,
    guesses: [],
    earlyStop: earlyStop(options.earlyStopCondition),
    onIteration: options.onIteration,
    remoteRows: 0,
    pilot: undefined,
    observed: false,
    untyped: undefined,
    phase: 'prepare',
    lastPhase: 'prepare',
    stoppedBy: undefined,
    notes,
    objectiveWire: wire,
    packer:
      // Islands that may move to a device are written down for the move.
      options.onCheckpoint || options.resume || parts.device.isOpen
        ? new TreePacker(operatorsOf(syntax.grammar), variablesOfSearch(syntax.grammar, inputs))
        : undefined,
    log: new RunLog(() => context, parts.fingerprint, options.onCheckpoint),
    report: () => {
      if (!onProgress || budget.elapsed() - lastReport < REPORT_SECONDS) return;
      lastReport = budget.elapsed();
      const front = describeFront(context.hall, syntax, lossScale);
      onProgress({
        phase: context.phase,
        elapsedSeconds: budget.elapsed(),
        remainingSeconds: Math.max(0, budget.secondsLeft()),
        evaluations: Math.round(evaluations(context)),
        front,
        best: choose(front, context.objective, options.modelSelection),
      });
    },
  };
  return context;
}

function numberOr(condition: ResolvedOptions['earlyStopCondition']): number | undefined {
  return typeof condition === 'number' ? condition : undefined;
}

function earlyStop(condition: ResolvedOptions['earlyStopCondition']): ((entry: FrontEntry) => boolean) | undefined {
  if (typeof condition !== 'function') return undefined;
  return ({ loss, complexity }) => condition(loss, complexity) === true;
}

/** What the islands read, each by its name; an option that is missing here does not compile. */
const ISLAND_OPTIONS: Readonly<Record<keyof EvolutionSettings, true>> = {
  populations: true,
  populationSize: true,
  brood: true,
  ncyclesPerIteration: true,
  tournamentSelectionN: true,
  tournamentSelectionP: true,
  parsimony: true,
  adaptiveParsimonyScaling: true,
  crossoverProbability: true,
  perturbationFactor: true,
  probabilityNegateConstant: true,
  alpha: true,
  annealing: true,
  fractionReplaced: true,
  fractionReplacedHof: true,
  fractionReplacedGuesses: true,
  topn: true,
  shouldSimplify: true,
  optimizerIterations: true,
  optimizerNrestarts: true,
  optimizeProbability: true,
  useFrequency: true,
  useFrequencyInTournament: true,
  skipMutationFailures: true,
  migration: true,
  hofMigration: true,
  mutationWeights: true,
};

/** Only what the islands read: callbacks and signals cannot travel to a worker. */
function evolutionSettings(options: ResolvedOptions): EvolutionSettings {
  const names = Object.keys(ISLAND_OPTIONS) as (keyof EvolutionSettings)[];
  return Object.fromEntries(names.map((name) => [name, options[name]])) as unknown as EvolutionSettings;
}
