/**
 * Ansatz: turns numbers into closed forms.
 *
 * This entry runs in Node and in a browser; `ansatz/io` reads files, `ansatz/expressions` is the algebra alone.
 */
export {
  AnsatzError,
  BackendError,
  type Column,
  type ColumnRecord,
  ConvergenceError,
  DataError,
  DomainError,
  FormatError,
  OptionError,
  ParseError,
  RandomStream,
  ShapeError,
  Table,
} from './core/index.ts';
export {
  compile,
  createReferenceEvaluator,
  createWasmEvaluator,
  type EvaluationData,
  type Evaluator,
  type LocalEvaluator,
  type Loss,
  type LossName,
  type Program,
} from './evaluation/index.ts';
export {
  complexity,
  constant,
  derive,
  type Expression,
  equivalent,
  evaluate,
  type Operator,
  type OperatorDefinition,
  OperatorTable,
  parse,
  print,
  STANDARD_OPERATORS,
  simplify,
  toLatex,
  variable,
  variablesOf,
} from './expressions/index.ts';
export {
  type FitOptions,
  type FrontEntry,
  type FrontRecord,
  fit,
  fitTargets,
  Model,
  type Progress,
  type RunRecord,
  type StopReason,
  type TargetsOptions,
} from './search/index.ts';
