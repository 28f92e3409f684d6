import { DataError, FormatError, hardwareThreads, RandomStream, type Table } from '../core/index.ts';
import { createReferenceEvaluator, createWasmEvaluator, type LocalEvaluator } from '../evaluation/index.ts';
import { constant } from '../expressions/index.ts';
import { evaluations, goalReached, propose, type SearchContext } from './context.ts';
import { createContext } from './create-context.ts';
import { createObjectiveRules } from './create-objective-rules.ts';
import { DeviceChoice } from './device/device-choice.ts';
import { fingerprintOf } from './fingerprint.ts';
import { choose, describeFront } from './front.ts';
import { Model } from './model.ts';
import { isNoiseNote, noiseNote } from './noise-note.ts';
import { observedWeights, relativeWeights } from './noise-weights.ts';
import { Objective, type ObjectiveRules } from './objective.ts';
import { type FitOptions, type ResolvedOptions, resolveOptions } from './options/options.ts';
import { phasesOf } from './phases/index.ts';
import { polish } from './polish.ts';
import { type Prepared, prepare } from './prepare.ts';
import { batchOf } from './problem.ts';
import { readGuesses } from './read-guesses.ts';
import { prove } from './requirements/index.ts';
import { rescore } from './rescore.ts';
import { findRivals } from './rivals/rivals.ts';
import { decodeState } from './state/encode-state.ts';
import type { RunState } from './state/run-state.ts';
import { createSyntax, type Syntax } from './syntax.ts';
import { untypedLaw } from './untyped-law.ts';
import type { ObjectiveWire } from './wire.ts';

/** Threads beyond this bring little to eight islands. */
const MOST_DEFAULT_THREADS = 8;
/** Children that are scored at once on a GPU, where the user does not say. */
const GPU_BROOD = 256;

/**
 * Searches for closed forms of a column of a table in its other columns.
 *
 * The same table, options and seed give the same front at any number of threads, as long as the run is ended
 * by its evaluation budget, its loss or its patience and not by time. A run that is taken up again from a state
 * of `onCheckpoint` gives the front that it would have given without the break.
 *
 * @throws OptionError for an option that is unknown, out of range or contradicts another
 * @throws DataError for a table that cannot be fitted; FormatError for a state that is damaged or of another run
 * @example (await fit(Table.from({ x: [1, 2, 3, 4], y: [2, 8, 18, 32] }), { target: 'y' })).best.expression // '2 * x^2'
 */
export async function fit(table: Table, options: FitOptions): Promise<Model> {
  const resolved = resolveOptions(options);
  const prepared = prepare(table, resolved);
  const { device, precision } = resolved;
  const evaluator = device === 'reference' ? createReferenceEvaluator() : createWasmEvaluator({ precision });
  try {
    return await search(prepared, resolved, evaluator);
  } finally {
    evaluator.dispose();
  }
}

async function search(prepared: Prepared, options: ResolvedOptions, evaluator: LocalEvaluator): Promise<Model> {
  const full = prepared.problem;
  const problem = options.batching === false || options.lossFunction ? full : batchOf(full, options.batchSize);
  evaluator.setData(problem);
  const syntax = createSyntax(prepared.grammar);
  const wire = objectiveWire(prepared, options);
  const rules = {
    ...createObjectiveRules(wire, syntax, problem, new RandomStream(options.seed)),
    lossFunction: options.lossFunction,
  };
  let device: DeviceChoice | undefined;
  try {
    const objective = new Objective(problem, evaluator, rules);
    const fingerprint = fingerprintOf(problem, options);
    const saved = options.resume && readState(options.resume, fingerprint);
    const brood = options.brood ?? saved?.device?.brood ?? (options.device === 'gpu' ? GPU_BROOD : 1);
    const alone = onOneThread(options) || options.device === 'reference';
    const most = alone ? 1 : (options.threads ?? Math.min(await hardwareThreads(), MOST_DEFAULT_THREADS));
    const notes = [...prepared.notes];
    const request = { device: options.device, brood, rows: objective.rows, screens: objective.screens };
    device = await DeviceChoice.begin(request, saved?.device, (text) => notes.push(text));
    const changed = saved ? notes.slice(prepared.notes.length) : [];
    const threads = device.screen ? 1 : most;
    if (onOneThread(options)) notes.push('one thread: functions of your own cannot travel to others');
    const context = createContext(options, {
      syntax,
      objective,
      wire,
      threads,
      brood,
      device,
      notes,
      fingerprint,
      seconds: saved?.seconds ?? 0,
    });
    if (saved) takeUp(context, saved, evaluator);
    notes.push(...changed);
    await readGuessesInto(context, options, syntax, problem.inputs, saved === undefined);
    // The first state says that the run was accepted; whoever saves it can begin.
    if (!saved) context.log.save(undefined, true);
    await runPhases(context, options, evaluator);
    if (problem !== full) await rescore(context, full, evaluator);
    return finish(context, prepared, options);
  } finally {
    device?.dispose();
    dispose(rules);
  }
}

/** Functions cannot be posted to a worker. */
function onOneThread(options: ResolvedOptions): boolean {
  return options.lossFunction !== undefined || options.complexityMapping !== undefined;
}

export function objectiveWire(prepared: Prepared, options: ResolvedOptions): ObjectiveWire {
  const { constantBounds, constantKind, maxDenominator, optimizerAlgorithm, precision } = options;
  const [lower, upper] = constantBounds ?? [-Infinity, Infinity];
  return {
    constants: { optimizer: optimizerAlgorithm, kind: constantKind, maxDenominator, lower, upper },
    requirements: prepared.requirements,
    precision,
    dimensionalConstraintPenalty: options.dimensionalConstraintPenalty,
  };
}

function dispose({ hard, soft }: ObjectiveRules): void {
  hard?.dispose();
  soft?.dispose();
}

function readState(bytes: Uint8Array, fingerprint: string): RunState {
  const state = decodeState(bytes) as RunState;
  if (state.fingerprint === fingerprint) return state;
  const hint = 'use the same table and options, or start afresh';
  throw new FormatError('other-run', 'the saved run had other data or options', 'checkpoint', 0, hint);
}

/** Puts a saved run back: counters, hall, and the row weights that its noise model had chosen. */
function takeUp(context: SearchContext, state: RunState, evaluator: LocalEvaluator): void {
  context.log.restore(state);
  const plain = context.objective;
  const weights = context.observed ? observedWeights(plain) : context.pilot && relativeWeights(plain, context.pilot);
  if (!weights) return;
  context.objective = new Objective({ ...plain.problem, weights }, evaluator, plain.rules);
  evaluator.setData(context.objective.problem);
  context.objective.usedRows = state.usedRows;
}

async function readGuessesInto(
  context: SearchContext,
  options: ResolvedOptions,
  syntax: Syntax,
  inputs: readonly string[],
  fresh: boolean,
): Promise<void> {
  for (const tree of readGuesses(options, inputs, syntax)) {
    const before = context.objective.usedRows;
    const fitted = context.objective.full(tree);
    // A run that goes on has counted its guesses.
    if (!fresh) context.objective.usedRows = before;
    if (!Number.isFinite(fitted.loss)) {
      if (fresh) context.notes.push('a guess is not finite on the data, or breaks a rule of the search; left out');
      continue;
    }
    context.guesses.push(fitted);
    if (fresh) propose(context, fitted.tree);
  }
}

async function runPhases(context: SearchContext, options: ResolvedOptions, evaluator: LocalEvaluator): Promise<void> {
  const { phases, review } = phasesOf(options, evaluator);
  const { log } = context;
  for (let index = Math.max(0, log.phase); index < phases.length; index++) {
    // A phase that was begun before an interruption ends as it would have.
    if (log.phase !== index) {
      if (goalReached(context)) break;
      log.enter(index);
    }
    context.phase = phases[index].name;
    if (!phases[index].isReview) context.lastPhase = context.phase;
    await phases[index].run(context);
  }
  // A budget too small for one epoch still gives an answer.
  if (context.hall.lowest() === Infinity && !context.syntax.grammar.template)
    propose(context, constant(meanOf(context)));
  context.phase = 'polish';
  if (log.phase < phases.length) {
    await review?.run(context);
    log.enter(phases.length);
  }
  if (log.phase > phases.length) return;
  await polish(context);
  log.enter(phases.length + 1);
}

function meanOf({ objective }: SearchContext): number {
  const { target } = objective.problem;
  return target.reduce((sum, value) => sum + value / target.length, 0);
}

function finish(context: SearchContext, prepared: Prepared, options: ResolvedOptions): Model {
  const front = describeFront(context.hall, context.syntax, options.lossScale, context.objective);
  const typed = choose(front, context.objective, options.modelSelection);
  if (!typed) {
    const hint = 'check the operators against the range of the data, or allow more time';
    throw new DataError('no-expression', 'no expression is finite on every row', hint);
  }
  const untyped = untypedLaw(context, typed, options.lossScale);
  const best = untyped?.prevails ? untyped.entry : typed;
  if (untyped) context.notes.push(untyped.note);
  for (const requirement of context.objective.rules.hard?.requirements ?? []) {
    context.notes.push(`${requirement.text}: ${prove(best.tree, requirement)}`);
  }
  if (context.device.isOpen) context.notes.push(context.device.openNote);
  if (!context.notes.some(isNoiseNote)) context.notes.push(noiseNote(options, context.stoppedBy));
  const categories = Object.entries(prepared.categories).map(([name, { labels }]) => [name, labels] as const);
  const inputs = prepared.problem.inputs.filter((name) => !name.startsWith('\u0001'));
  const columns = [...inputs, ...categories.map(([name]) => name).filter((name) => !inputs.includes(name))];
  return new Model({
    target: options.target,
    inputs: columns,
    front,
    best,
    untyped: untyped?.entry,
    rivals: findRivals(context, best, columns, Object.fromEntries(categories)),
    seed: options.seed,
    threads: context.threads,
    seconds: context.budget.elapsed(),
    evaluations: Math.round(evaluations(context)),
    stoppedBy: context.stoppedBy ?? 'exhausted',
    lastPhase: context.lastPhase,
    notes: context.notes,
    categories: Object.fromEntries(categories),
  });
}
