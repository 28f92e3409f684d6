import { RandomStream } from '../../../src/core/index.ts';
import { type LocalEvaluator, OPCODES, type Program } from '../../../src/evaluation/index.ts';
import { LAST_BINARY_OPCODE } from '../../../src/evaluation/opcodes.ts';

/** The twelve operators of the workload. */
const OPERATORS = ['add', 'sub', 'mul', 'div', 'neg', 'abs', 'sqrt', 'square', 'exp', 'log', 'sin', 'cos'];
export const FEATURES = 5;
/** Sizes in turn; their mean is 14.9. */
const SIZES = [5, 8, 11, 13, 15, 16, 17, 19, 21, 24];
const CONSTANT_SHARE = 0.3;

export interface Workload {
  readonly programs: readonly Program[];
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  /** Mean number of nodes of a program. */
  readonly meanNodes: number;
}

/** A random tree without an operator of constants only, which any search would fold. */
function randomTree(random: RandomStream, nodes: number): Program {
  const code: number[] = [];
  const constants: number[] = [];
  let stackDepth = 0;
  const leaf = (variable: boolean): void => {
    if (!variable && random.uniform() < CONSTANT_SHARE) code.push(((constants.push(random.normal()) - 1) << 8) | 1);
    else code.push(random.integer(FEATURES) << 8);
  };
  const grow = (size: number, level: number, variable: boolean): void => {
    stackDepth = Math.max(stackDepth, level + 1);
    if (size === 1) {
      leaf(variable);
      return;
    }
    const opcode = OPCODES.indexOf(OPERATORS[size === 2 ? 4 + random.integer(8) : random.integer(12)]);
    if (opcode > LAST_BINARY_OPCODE) grow(size - 1, level, true);
    else {
      const left = 1 + random.integer(size - 2);
      grow(left, level, false);
      const leftIsConstant = left === 1 && (code[code.length - 1] & 255) === 1;
      grow(size - 1 - left, level + 1, leftIsConstant);
    }
    code.push(opcode);
  };
  grow(nodes, 0, true);
  return {
    code: Int32Array.from(code),
    constants: Float64Array.from(constants),
    parameters: constants.length,
    stackDepth,
  };
}

/** 1000 random expressions that are finite on the data at both precisions, so that every one is evaluated in full. */
export function workload(evaluators: readonly LocalEvaluator[], rows: number, seed = 1): Workload {
  const random = new RandomStream(seed);
  const columns = Array.from({ length: FEATURES }, () =>
    Float64Array.from({ length: rows }, () => 0.2 + 2.8 * random.uniform()),
  );
  const target = Float64Array.from({ length: rows }, () => random.normal());
  const sample = { columns: columns.map((column) => column.slice(0, 2000)), target: target.slice(0, 2000) };
  for (const evaluator of evaluators) evaluator.setData(sample);
  const finite = (program: Program): boolean =>
    evaluators.every((evaluator) => {
      const { values } = evaluator.values(program);
      return values.every((value) => Math.abs(value) < 1e15);
    });
  const programs: Program[] = [];
  while (programs.length < 1000) {
    const program = randomTree(random, SIZES[programs.length % SIZES.length]);
    if (finite(program)) programs.push(program);
  }
  const nodes = programs.reduce((sum, program) => sum + program.code.length, 0);
  return { programs, columns, target, meanNodes: nodes / programs.length };
}
