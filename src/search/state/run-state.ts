import type { SettledDevice } from '../device/settled-device.ts';
import type { IslandState } from '../island.ts';

/** A place of the hall of fame: the best, and the runners-up with their ranks. */
export interface PlaceState {
  readonly complexity: number;
  /** Packed: the best when it is none of the runners, then the runners. */
  readonly entries: Float64Array;
  readonly ranks: Float64Array;
  /** Index of the best among the entries; -1 when there is none. */
  readonly best: number;
}

/** Where the evolution stands. */
export interface EvolveState {
  readonly epoch: number;
  readonly pool: Float64Array;
  readonly resting: number;
  readonly bestLength: number;
  readonly lowest: number;
  /** Times that the islands began anew, and whether they do so in the next epoch. */
  readonly restarts: number;
  readonly afresh: boolean;
  readonly islands: readonly IslandState[];
}

/** Where the polish stands. */
export interface PolishState {
  /** Candidates dealt with. */
  readonly done: number;
  readonly polished: Float64Array;
}

/** Where the refit of a batch's front on all rows stands. */
export interface RescoreState {
  /** Entries refitted. */
  readonly refitted: Float64Array;
  /** Rows of the whole table passed over. */
  readonly usedRows: number;
}

/** Where the choice of the noise model stands, while the cheap phases run again under relative noise. */
export interface NoiseState {
  readonly round: number;
  /** Length of the description under additive noise. */
  readonly additive: number;
  /** Nats by which the relative noise that was taken made it shorter. */
  readonly gain: number;
  /** Packed: the law whose predictions set the weights of the next round. */
  readonly next: Float64Array;
}

/** A run as plain data: everything that decides how it goes on. */
export interface RunState {
  /** Of the data and of the options that shape the run. */
  readonly fingerprint: string;
  readonly seconds: number;
  /** Index of the phase that runs, -1 before the first, and the steps of it that are done. */
  readonly phase: number;
  readonly steps: readonly string[];
  /** Where broods are scored; absent while that is open. */
  readonly device?: SettledDevice;
  /** Rows passed over: by the objective, and elsewhere. */
  readonly usedRows: number;
  readonly remoteRows: number;
  /** Packed tree whose predictions set the row weights; empty without one. */
  readonly pilot: Float64Array;
  /** True while the observed target sets the row weights. */
  readonly observed: boolean;
  /** Packed: the best law without units; absent without one. */
  readonly untyped?: Float64Array;
  readonly stoppedBy: string | undefined;
  readonly lastPhase: string;
  readonly notes: readonly string[];
  readonly hall: readonly PlaceState[];
  readonly noise: NoiseState | undefined;
  readonly evolve: EvolveState | undefined;
  readonly polish: PolishState | undefined;
  readonly rescore: RescoreState | undefined;
}
