import { BackendError } from '../../core/index.ts';
import { STANDARD_OPERATORS } from '../../expressions/index.ts';
import { LAST_BINARY_OPCODE, OPCODES } from '../opcodes.ts';
import type { Program } from '../program.ts';
import { DERIVATIVES, type DerivativeRule } from './derivatives.ts';

interface Rule {
  readonly apply: (a: number, b: number) => number;
  readonly derivative: DerivativeRule;
}

/** The operator table's rules by opcode; holes where the table lacks the name. */
const RULES: readonly (Rule | undefined)[] = OPCODES.map((name) => {
  const operator = STANDARD_OPERATORS.find(name);
  return operator && { apply: operator.apply, derivative: DERIVATIVES[name] };
});

/** Opcodes that the standard table lacks. */
export const ABSENT: ReadonlySet<string> = new Set(OPCODES.filter((_, opcode) => opcode > 1 && !RULES[opcode]));

function ruleOf(opcode: number): Rule {
  const rule = RULES[opcode];
  if (rule) return rule;
  throw new BackendError('missing-operator', 'reference', OPCODES[opcode], `no rule for opcode ${opcode}`);
}

/** `constants` may stop after the parameters: the rest is the program's own. */
function constantAt(program: Program, constants: Float64Array, index: number): number {
  return index < constants.length ? constants[index] : program.constants[index];
}

/** The value of a program at one row. */
export function valueAt(
  program: Program,
  constants: Float64Array,
  columns: readonly Float64Array[],
  row: number,
): number {
  const stack: number[] = [];
  for (const word of program.code) {
    const opcode = word & 255;
    if (opcode === 0) stack.push(columns[word >> 8][row]);
    else if (opcode === 1) stack.push(constantAt(program, constants, word >> 8));
    else {
      const b = opcode <= LAST_BINARY_OPCODE ? stack.pop()! : 0;
      const a = stack.pop()!;
      stack.push(ruleOf(opcode).apply(a, b));
    }
  }
  return stack[0];
}

/** A value and its derivatives by the parameters below it; flat operators cut the parameters off. */
interface Dual {
  readonly value: number;
  readonly slopes: ReadonlyMap<number, number>;
}

const NO_SLOPES: ReadonlyMap<number, number> = new Map();
const FLAT = new Set(['sign', 'step', 'floor', 'ceil'].map((name) => OPCODES.indexOf(name)));

function chain(a: Dual, b: Dual, byA: number, byB: number): ReadonlyMap<number, number> {
  const slopes = new Map<number, number>();
  for (const [k, slope] of a.slopes) slopes.set(k, byA * slope);
  for (const [k, slope] of b.slopes) slopes.set(k, (slopes.get(k) ?? 0) + byB * slope);
  return slopes;
}

/**
 * Value and derivatives at one row, by forward-mode duals.
 *
 * @param out derivatives by the program's parameters: shape [parameters], overwritten
 */
export function dualAt(
  program: Program,
  constants: Float64Array,
  columns: readonly Float64Array[],
  row: number,
  out: Float64Array,
): number {
  const stack: Dual[] = [];
  for (const word of program.code) {
    const opcode = word & 255;
    const operand = word >> 8;
    if (opcode === 0) stack.push({ value: columns[operand][row], slopes: NO_SLOPES });
    else if (opcode === 1) {
      const slopes = operand < program.parameters ? new Map([[operand, 1]]) : NO_SLOPES;
      stack.push({ value: constantAt(program, constants, operand), slopes });
    } else {
      const b = opcode <= LAST_BINARY_OPCODE ? stack.pop()! : { value: 0, slopes: NO_SLOPES };
      const a = stack.pop()!;
      const rule = ruleOf(opcode);
      const value = rule.apply(a.value, b.value);
      const reached = a.slopes.size + b.slopes.size > 0 && !FLAT.has(opcode);
      const slopes = reached ? chain(a, b, ...rule.derivative(a.value, b.value, value)) : NO_SLOPES;
      stack.push({ value, slopes });
    }
  }
  out.fill(0, 0, program.parameters);
  for (const [k, slope] of stack[0].slopes) out[k] = slope;
  return stack[0].value;
}
