import { BackendError } from '../core/index.ts';
import { constantsOf, type Expression } from '../expressions/index.ts';
import { opcodeOf } from './opcodes.ts';

/**
 * A compiled expression: postfix code over a stack, in flat typed arrays that every back-end shares.
 *
 * A word of `code` is `operand << 8 | opcode`. Opcode 0 pushes column `operand`, opcode 1 pushes
 * `constants[operand]`, any other opcode is an operator that pops its arguments (the last argument is
 * on top) and pushes its value.
 */
export interface Program {
  readonly code: Int32Array;
  /** The tree's constants in pre-order, then the fixed numbers of inlined operator definitions. */
  readonly constants: Float64Array;
  /** How many leading entries of `constants` belong to the tree: the columns of a Jacobian. */
  readonly parameters: number;
  /** Largest number of values on the stack. */
  readonly stackDepth: number;
}

/** A variable of an operator's definition, with the scope its argument was written in. */
interface Binding {
  readonly argument: Expression;
  /** Index of the argument's first constant, or -1 inside a definition. */
  readonly firstConstant: number;
  readonly scope: Scope | null;
}
type Scope = ReadonlyMap<string, Binding>;

const DEFINITION_VARIABLES = ['x', 'y'];

/** Parameters that stand in a tree as variables, so that one may stand in many places. */
export interface NamedParameters {
  /** Index by name. */
  readonly names: ReadonlyMap<string, number>;
  readonly values: readonly number[];
}

/**
 * Compiles a tree to a program. Operators defined by a formula are inlined.
 *
 * @param columns index of each data column by name
 * @param named the parameters, where they are variables; the tree's own constants are then fixed numbers
 * @throws BackendError "unknown-variable" | "missing-operator"
 */
export function compile(
  expression: Expression,
  columns: ReadonlyMap<string, number>,
  named?: NamedParameters,
): Program {
  const code: number[] = [];
  const constants = named ? [...named.values] : constantsOf(expression);
  const parameters = constants.length;
  let level = 0;
  let stackDepth = 0;
  const emit = (word: number, change: number): void => {
    code.push(word);
    level += change;
    if (level > stackDepth) stackDepth = level;
  };
  // An argument used twice in a definition is emitted twice with the same constant indices,
  // so the index travels down the tree instead of counting emissions.
  const visit = (node: Expression, index: number, scope: Scope | null): void => {
    if (node.kind === 'constant') {
      if (index < 0) emit(((constants.push(node.value) - 1) << 8) | 1, 1);
      else emit((index << 8) | 1, 1);
    } else if (node.kind === 'variable') {
      const binding = scope?.get(node.name);
      if (binding) {
        visit(binding.argument, binding.firstConstant, binding.scope);
        return;
      }
      const parameter = named?.names.get(node.name);
      if (parameter !== undefined) {
        emit((parameter << 8) | 1, 1);
        return;
      }
      const column = columns.get(node.name);
      if (column === undefined) {
        throw new BackendError('unknown-variable', 'compiler', node.name, `no data for variable "${node.name}"`);
      }
      emit(column << 8, 1);
    } else {
      let next = index;
      const bindings = node.arguments.map((argument): Binding => {
        const binding = { argument, firstConstant: next, scope };
        if (next >= 0) next += constantsOf(argument).length;
        return binding;
      });
      if (node.operator.definition) {
        const inner = new Map(bindings.map((binding, i) => [DEFINITION_VARIABLES[i], binding] as const));
        visit(node.operator.definition, -1, inner);
        return;
      }
      for (const binding of bindings) visit(binding.argument, binding.firstConstant, scope);
      emit(opcodeOf(node.operator.name), 1 - node.operator.arity);
    }
  };
  visit(expression, named ? -1 : 0, null);
  return { code: Int32Array.from(code), constants: Float64Array.from(constants), parameters, stackDepth };
}
