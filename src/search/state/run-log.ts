import { now } from '../../core/index.ts';
import type { SearchContext } from '../context.ts';
import type { IslandState } from '../island.ts';
import type { StopReason } from '../result.ts';
import { encodeState } from './encode-state.ts';
import type { EvolveState, NoiseState, PolishState, RescoreState, RunState } from './run-state.ts';

/** Least seconds between two saved states: a run that is killed loses less than a second. */
const SAVE_SECONDS = 0.4;

/**
 * Keeps track of where a run stands, and writes it down now and then.
 *
 * What a phase repeats after a restart is what it did since the last `step`.
 */
export class RunLog {
  /** Index of the phase that runs; -1 before the first. */
  phase = -1;
  /** Where the choice of the noise model, the evolution, the polish and the refit stand; set by them. */
  noise: NoiseState | undefined;
  evolve: (Omit<EvolveState, 'islands'> & { readonly usedRows: number }) | undefined;
  polish: PolishState | undefined;
  rescore: RescoreState | undefined;
  private steps = new Set<string>();
  private islands: readonly IslandState[] = [];
  private last = now();

  constructor(
    private readonly context: () => SearchContext,
    private readonly fingerprint: string,
    private readonly onCheckpoint: ((state: Uint8Array) => void) | undefined,
  ) {}

  /** True when a step of the phase was done before the run was taken up again. */
  isDone(step: string): boolean {
    return this.steps.has(step);
  }

  /** Ends a step of the phase. */
  finish(step: string): void {
    this.steps.add(step);
    this.save();
  }

  /** Goes on to a phase. */
  enter(phase: number): void {
    this.phase = phase;
    this.restart();
  }

  /** Begins the steps of the phase anew. */
  restart(): void {
    this.steps.clear();
    this.save();
  }

  /** Writes the state down when it is time. A run that was stopped is saved as it was before. */
  save(islands?: () => readonly IslandState[], force = false): void {
    const { onCheckpoint } = this;
    const { stoppedBy } = this.context();
    if (!onCheckpoint || stoppedBy === 'cancelled' || stoppedBy === 'time-limit') return;
    if (!force && now() - this.last < SAVE_SECONDS) return;
    this.last = now();
    if (islands) this.islands = islands();
    onCheckpoint(encodeState(this.state()));
  }

  /** True when a state would be written now. */
  get isDue(): boolean {
    return this.onCheckpoint !== undefined && now() - this.last >= SAVE_SECONDS;
  }

  private state(): RunState {
    const { hall, objective, budget, remoteRows, pilot, observed, untyped, notes, packer, device } = this.context();
    const { noise, evolve } = this;
    return {
      fingerprint: this.fingerprint,
      seconds: budget.elapsed(),
      phase: this.phase,
      steps: [...this.steps],
      device: device.settled,
      // Inside an epoch the islands keep their own count.
      usedRows: evolve ? evolve.usedRows : objective.usedRows,
      remoteRows,
      observed,
      pilot: pilot ? packer!.pack([{ tree: pilot, loss: 0 }]) : new Float64Array(0),
      untyped: untyped && packer!.pack([untyped]),
      stoppedBy: this.context().stoppedBy,
      lastPhase: this.context().lastPhase,
      notes,
      hall: hall.snapshot(packer!),
      noise,
      evolve: evolve && {
        epoch: evolve.epoch,
        pool: evolve.pool,
        resting: evolve.resting,
        bestLength: evolve.bestLength,
        lowest: evolve.lowest,
        restarts: evolve.restarts,
        afresh: evolve.afresh,
        islands: this.islands,
      },
      polish: this.polish,
      rescore: this.rescore,
    };
  }

  /** Takes up a saved state: the counters and the hall; phases ask for the rest. */
  restore(state: RunState): void {
    const context = this.context();
    const { packer } = context;
    this.phase = state.phase;
    this.steps = new Set(state.steps);
    this.noise = state.noise;
    this.polish = state.polish;
    this.rescore = state.rescore;
    this.islands = state.evolve?.islands ?? [];
    this.evolve = state.evolve && { ...state.evolve, usedRows: state.usedRows };
    context.objective.usedRows = state.usedRows;
    context.remoteRows = state.remoteRows;
    context.lastPhase = state.lastPhase;
    context.stoppedBy = state.stoppedBy as StopReason | undefined;
    context.observed = state.observed;
    context.pilot = state.pilot.length > 0 ? packer!.unpack(state.pilot)[0].tree : undefined;
    context.untyped = state.untyped && packer!.unpack(state.untyped)[0];
    context.notes.splice(0, context.notes.length, ...state.notes);
    context.hall.restore(state.hall, packer!);
  }

  /** States of the islands that were saved, when the evolution had begun. */
  get savedIslands(): readonly IslandState[] {
    return this.islands;
  }
}
