import { BackendError } from '../core/index.ts';

/**
 * Operator names by opcode: the position is the opcode, shared by every back-end and by the kernel source.
 * Opcodes 0 and 1 push a column and a constant. New names go at the end.
 */
export const OPCODES: readonly string[] = [
  'variable',
  'constant',
  'add',
  'sub',
  'mul',
  'div',
  'pow',
  'min',
  'max',
  'mod',
  'atan2',
  'neg',
  'abs',
  'sqrt',
  'cbrt',
  'square',
  'cube',
  'inv',
  'exp',
  'exp2',
  'log',
  'log2',
  'log10',
  'log1p',
  'expm1',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
  'erf',
  'gamma',
  'sign',
  'step',
  'floor',
  'ceil',
  'relu',
  'sigmoid',
];

const BY_NAME = new Map(OPCODES.map((name, opcode) => [name, opcode]));

/** Number of opcodes below which an opcode takes two arguments: add (2) to atan2 (10). */
export const LAST_BINARY_OPCODE = 10;

/** @throws BackendError "missing-operator" for an operator that no back-end knows */
export function opcodeOf(name: string): number {
  const opcode = BY_NAME.get(name);
  if (opcode !== undefined && opcode > 1) return opcode;
  throw new BackendError(
    'missing-operator',
    'compiler',
    name,
    `operator "${name}" has no opcode`,
    'define it by a formula in known operators, or add it to the opcode table and the kernels',
  );
}
