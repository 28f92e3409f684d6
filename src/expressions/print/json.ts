import { AnsatzError } from '../../core/index.ts';
import { call, constant, type Expression, variable } from '../expression.ts';
import type { OperatorTable } from '../operator-table.ts';
import { STANDARD_OPERATORS } from '../operators.ts';

/** A formula as plain data. JSON has no -0, so that one constant is text. */
export type ExpressionJson =
  | { readonly constant: number | '-0' }
  | { readonly variable: string }
  | { readonly operator: string; readonly arguments: readonly ExpressionJson[] };

const DEEPEST = 1000;

/**
 * A formula as data for `JSON.stringify`.
 *
 * @example JSON.stringify(toJson(parse('x + 1'))) // '{"operator":"add","arguments":[{"variable":"x"},{"constant":1}]}'
 */
export function toJson(expression: Expression): ExpressionJson {
  if (expression.kind === 'constant') {
    return { constant: Object.is(expression.value, -0) ? '-0' : expression.value };
  }
  if (expression.kind === 'variable') return { variable: expression.name };
  return { operator: expression.operator.name, arguments: expression.arguments.map(toJson) };
}

/**
 * Reads what `toJson` wrote; every field is checked.
 *
 * @throws AnsatzError "invalid-json" with the path of the fault; OptionError "unknown-operator"
 * @example print(fromJson({ operator: 'sin', arguments: [{ variable: 'x' }] })) // 'sin(x)'
 */
export function fromJson(json: unknown, operators: OperatorTable = STANDARD_OPERATORS): Expression {
  const read = (node: unknown, path: string, depth: number): Expression => {
    if (depth > DEEPEST) throw invalid(path, `at most ${DEEPEST} levels`);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) throw invalid(path, 'an object');
    const fields = node as Record<string, unknown>;
    const keys = Object.keys(fields).sort().join();
    if (keys === 'constant') {
      if (fields.constant === '-0') return constant(-0);
      if (typeof fields.constant !== 'number' || !Number.isFinite(fields.constant)) {
        throw invalid(`${path}.constant`, 'a finite number');
      }
      return constant(fields.constant);
    }
    if (keys === 'variable') {
      if (typeof fields.variable !== 'string') throw invalid(`${path}.variable`, 'text');
      return variable(fields.variable);
    }
    if (keys !== 'arguments,operator') throw invalid(path, 'constant, variable, or operator with arguments');
    if (typeof fields.operator !== 'string') throw invalid(`${path}.operator`, 'text');
    if (!Array.isArray(fields.arguments)) throw invalid(`${path}.arguments`, 'an array');
    const operator = operators.get(fields.operator);
    if (fields.arguments.length !== operator.arity) {
      throw invalid(`${path}.arguments`, `${operator.arity} argument${operator.arity > 1 ? 's' : ''}`);
    }
    return call(
      operator,
      ...fields.arguments.map((argument, i) => read(argument, `${path}.arguments[${i}]`, depth + 1)),
    );
  };
  return read(json, '$', 1);
}

function invalid(path: string, expected: string): AnsatzError {
  const place = path.length > 120 ? `...${path.slice(-120)}` : path;
  return new AnsatzError('invalid-json', `expression at ${place}: expected ${expected}`, 'write it with toJson', {
    path,
    expected,
  });
}
