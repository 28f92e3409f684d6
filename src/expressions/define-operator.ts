import { OptionError } from '../core/index.ts';
import { derive } from './derive.ts';
import { evaluate } from './evaluate.ts';
import { type Expression, variable, variablesOf } from './expression.ts';
import type { Operator } from './operator.ts';
import { type OperatorLookup, Parser } from './parser.ts';
import { substitute } from './substitute.ts';

/** An operator by a formula in x, or in x and y, of known operators. */
export interface OperatorDefinition {
  readonly name: string;
  readonly formula: string;
  /** 2 when the formula has a y, else 1. */
  readonly arity?: 1 | 2;
  /** 1 by default. */
  readonly complexity?: number;
}

const ARGUMENT_NAMES = ['x', 'y'];

/**
 * Makes a full row from a definition: its rule evaluates the body and its derivative derives it.
 *
 * @throws OptionError "bad-operator-name" | "bad-arity" | "bad-complexity" | "recursive-definition"
 * @throws ParseError when the formula cannot be read, "unknown-variable" for other names than x and y
 */
export function defineOperator(definition: OperatorDefinition, known: OperatorLookup): Operator {
  const { name, formula, complexity = 1 } = definition;
  if (typeof name !== 'string' || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name === 'pi') {
    throw new OptionError(
      'bad-operator-name',
      'operator',
      `"${name}" cannot name an operator`,
      'use letters, digits and _, starting with a letter',
    );
  }
  if (!(Number.isFinite(complexity) && complexity > 0)) {
    throw new OptionError('bad-complexity', `operator ${name}`, `complexity ${complexity}`, 'give a positive number');
  }
  if (new RegExp(`(?<![\\p{L}\\p{N}_])${name}\\s*\\(`, 'u').test(formula)) {
    throw new OptionError(
      'recursive-definition',
      `operator ${name}`,
      'the formula calls the operator itself',
      'write it in operators that are known already',
    );
  }
  const body = new Parser(formula, known, ARGUMENT_NAMES).formula();
  const needed = variablesOf(body).includes('y') ? 2 : 1;
  const arity = definition.arity ?? needed;
  if ((arity !== 1 && arity !== 2) || arity < needed) {
    throw new OptionError('bad-arity', `operator ${name}`, `arity ${arity}, but the formula needs ${needed}`);
  }
  const apply = (x: number, y: number): number => {
    // A body that ignores an argument must still pass its NaN on.
    if (Number.isNaN(x) || (arity === 2 && Number.isNaN(y))) return Number.NaN;
    return evaluate(body, { x, y });
  };
  let partials: Expression[] | undefined;
  return {
    name,
    arity,
    complexity,
    notation: {
      text: name,
      form: 'function',
      latex: `\\operatorname{${name.replaceAll('_', '\\_')}}\\left(${arity === 2 ? '#1, #2' : '#1'}\\right)`,
    },
    apply,
    derivative: (...args) => {
      partials ??= ARGUMENT_NAMES.slice(0, arity).map((argument) => derive(body, argument));
      const binding = { x: args[0], y: args[1] ?? variable('y') };
      return partials.map((partial) => substitute(partial, binding));
    },
    domain: {
      text: `where ${formula} is finite`,
      contains: (x, y) => Number.isFinite(apply(x, y)),
    },
    facts: {},
    definition: body,
  };
}
