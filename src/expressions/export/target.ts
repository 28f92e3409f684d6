import type { Call, Expression } from '../expression.ts';
import type { NamingRules } from './identifiers.ts';
import type { Template } from './template.ts';

/** Names of the languages and formats that a formula is exported to. */
export type ExportTargetName =
  | 'numpy'
  | 'sympy'
  | 'pytorch'
  | 'jax'
  | 'cpp'
  | 'fortran'
  | 'javascript'
  | 'mathematica'
  | 'form'
  | 'latex'
  | 'onnx';

/** What can be asked of an export; every field has a default. */
export interface ExportOptions {
  /** Name of the function: "f" by default. */
  readonly name?: string;
  /** The arguments in their order; the variables of the formula in order of appearance by default. */
  readonly variables?: readonly string[];
  /** `sympy`: what is known of the symbols; "real" by default. */
  readonly assumptions?: 'real' | 'positive' | 'none';
  /**
   * `form`: what becomes of a number that is no multiple of 1/1024. "refuse" by default; "decimal" takes its shortest
   * decimal as a fraction, 0.1 = 1/10, and "binary" the fraction that the double is.
   */
  readonly floats?: 'refuse' | 'decimal' | 'binary';
  /** `onnx`: type of the tensors; "float64" by default. */
  readonly precision?: 'float64' | 'float32';
}

/** A formula made ready for a language: names are legal, definitions inlined, and deep trees cut into steps. */
export interface ExportUnit {
  readonly name: string;
  /** Legal names of the arguments. */
  readonly arguments: readonly string[];
  /** Intermediate values in the order in which they are computed. */
  readonly steps: readonly { readonly name: string; readonly value: Expression }[];
  readonly result: Expression;
  /** What to say in comments; safe in every language. */
  readonly comments: readonly string[];
  /** Legal names with what they stand for, where that differs: text from outside, not safe in code. */
  readonly renamed: readonly { readonly name: string; readonly column: string }[];
  readonly options: ExportOptions;
}

/** Where a number stands. */
export interface NumberPlace {
  /** It is the exponent of a power. */
  readonly exponent: boolean;
  /** Nothing beside it in its call has a variable. */
  readonly amongConstants: boolean;
}

/** How a language writes expressions. */
export interface Notation {
  /** A template for every operator that the language has. */
  readonly operators: Readonly<Record<string, Template>>;
  /** A better template for some calls, such as a small whole power. */
  readonly special?: (node: Call) => Template | undefined;
  readonly number: (value: number, place: NumberPlace) => string;
}

/** One row of the table of targets. */
export interface ExportTarget extends Omit<Notation, 'number'> {
  readonly name: ExportTargetName;
  readonly language: string;
  /** Of a file, with its dot. */
  readonly extension: string;
  /** Operators that the target lacks on purpose, with the reason. */
  readonly absent: Readonly<Record<string, string>>;
  /** What a value outside the domain of an operator becomes; NaN in Ansatz. */
  readonly outsideDomain: string;
  readonly names: NamingRules;
  /** Code with intermediate values, one tree that must not be large, or a graph that shares what is equal. */
  readonly form: 'steps' | 'tree' | 'graph';
  /** The whole usable unit. */
  readonly module: (unit: ExportUnit) => string | Uint8Array;
}
