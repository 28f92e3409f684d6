import type { Expression } from '../expressions/index.ts';

/** Why a run ended. */
export type StopReason =
  | 'floor'
  | 'target-loss'
  | 'early-stop'
  | 'iterations'
  | 'max-evals'
  | 'time-limit'
  | 'patience'
  | 'cancelled'
  | 'exhausted';

/** A law with its fitted constants written as closed numbers times known constants: an equation between quantities. */
export interface NamedLaw {
  /**
   * Plain infix. Where every column is in coherent units (the SI, or powers of GeV) it reads back as a law of the columns
   * and the constants' values.
   */
  readonly expression: string;
  /** The constants that stand in it, with the value and the unit that they are tabulated in. */
  readonly constants: Readonly<Record<string, { readonly value: number; readonly unit: string }>>;
}

/** One step of the Pareto front: the best expression found at its complexity. */
export interface FrontEntry {
  readonly complexity: number;
  readonly loss: number;
  /** -d log(loss) / d complexity against the step before, as in PySR. */
  readonly score: number;
  /**
   * What the step buys: nats by which its data term is shorter than that of the step before, > 0 for a better fit; of
   * the first step, shorter than that of the best constant. Absent while the search goes on.
   */
  readonly evidence?: number;
  /**
   * What the step costs in all: nats of the residuals, the tree and the constants, counted from the residuals of the
   * best constant. The shortest is `best`, or a simpler step within half a nat. Absent while the search goes on.
   */
  readonly description?: number;
  /** Plain infix; reads back with `parse`. */
  readonly expression: string;
  readonly latex: string;
  /** Constants in pre-order. */
  readonly constants: readonly number[];
  readonly tree: Expression;
  /**
   * With known errors, where the loss is chi2 or a deviance: observations less constants, and the probability of a
   * larger loss. The law was chosen on the same data, so that the probability flatters it.
   */
  readonly ndf?: number;
  readonly pValue?: number;
  /** With units: that of every constant, "1" for a pure number, "any" where several constants share one. */
  readonly constantUnits?: readonly string[];
  /** With known constants that the fitted ones equal within their errors; absent while the search goes on. */
  readonly named?: NamedLaw;
  /** Of a template: the functions that were found, in their arguments _1, _2, ..., by name. */
  readonly functions?: Readonly<Record<string, string>>;
  /** Of a template: the vectors of parameters by name. */
  readonly parameters?: Readonly<Record<string, readonly number[]>>;
}

/** A law of another form that describes the data as well as `best`, and where a new measurement would tell them apart. */
export interface Rival {
  /** Plain infix; reads back with `parse`. */
  readonly expression: string;
  readonly latex: string;
  readonly complexity: number;
  readonly loss: number;
  /** Nats by which its description is longer than that of `best`, < 0 where it is shorter. */
  readonly nats: number;
  /**
   * Of a look-alike on exact data, however much longer its description: the relative difference that no row exceeds.
   */
  readonly tolerance?: number;
  /** The point, in or near the box of the data, at which the predictions differ most; a category by its label. */
  readonly where: Readonly<Record<string, number | string>>;
  /** Predictions there, of `best` and of the rival. */
  readonly predictions: readonly [best: number, rival: number];
  /** Their distance there. */
  readonly separation: number;
  /** What the distance is counted in: standard errors of a row, or the size of the prediction. */
  readonly unit: 'sigma' | 'relative';
}

/** What a run shows while it runs. */
export interface Progress {
  readonly phase: string;
  readonly elapsedSeconds: number;
  /** Estimated seconds to the end of the run at the latest; Infinity when nothing bounds it. */
  readonly remainingSeconds: number;
  readonly evaluations: number;
  readonly front: readonly FrontEntry[];
  readonly best: FrontEntry | undefined;
}

/** What a run tells after every epoch of the islands. */
export interface Iteration {
  /** Epochs done, from 1. */
  readonly iteration: number;
  readonly evaluations: number;
  readonly elapsedSeconds: number;
  readonly front: readonly FrontEntry[];
}

/** The JSON form of a finished run: what `ansatz fit --json` prints. */
export interface RunRecord {
  readonly seed: number;
  readonly threads: number;
  readonly seconds: number;
  readonly evaluations: number;
  readonly stoppedBy: StopReason;
  /** The phase in which the search ended; absent in runs of older versions. */
  readonly lastPhase?: string;
  readonly target: string;
  readonly inputs: readonly string[];
  readonly notes: readonly string[];
  /** Labels of the columns of categories, which a formula numbers from 1. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
  readonly best: FrontRecord;
  readonly front: readonly FrontRecord[];
  /** The best law that takes no notice of the units, where no law of the right dimension comes near it. */
  readonly untyped?: FrontRecord;
  /** Laws that the data cannot tell from `best`; absent in runs of older versions. */
  readonly rivals?: readonly Rival[];
}
/** A step of the front as plain data, without its tree. */
export type FrontRecord = Omit<FrontEntry, 'tree'>;
