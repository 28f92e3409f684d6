import { AnsatzError, OptionError } from '../../core/index.ts';
import { type Expression, variable } from '../expression.ts';
import type { ExportTarget } from './target.ts';

const MOST_NODES = 100_000;

const DEEPEST = 1500;

/** Every walk over a tree is recursive. @throws AnsatzError "too-deep" */
export function requireDepth(depth: number): void {
  if (depth > DEEPEST) throw new AnsatzError('too-deep', `formula deeper than ${DEEPEST} levels`, 'split the formula');
}

interface Known {
  readonly node: Expression;
  /** Value of a subtree without variables. */
  readonly value?: number;
  /** Every step towards that value is finite. */
  readonly finite: boolean;
}

/**
 * The formula in the operators and names of a target: operators defined by a formula are replaced by it, variables get
 * their legal names, and a subtree without variables whose value is reached over infinity or NaN becomes that value,
 * since compilers refuse to compute 1/0. Shared subtrees stay shared.
 *
 * @throws OptionError "operator-absent"; AnsatzError "non-finite-constant" | "too-large" | "too-deep"
 */
export function inlineDefinitions(
  expression: Expression,
  target: ExportTarget,
  names: ReadonlyMap<string, string>,
): Expression {
  let nodes = 0;
  const finish = (node: Expression, value: number | undefined, parts: readonly Known[]): Known => {
    if (++nodes > MOST_NODES) {
      throw new AnsatzError('too-large', `formula of more than ${MOST_NODES} nodes`, 'write its operators out by hand');
    }
    if (value === undefined) return { node, finite: false };
    const finite = Number.isFinite(value) && parts.every((part) => part.finite);
    return { node: finite ? node : { kind: 'constant', value }, value, finite };
  };
  const walk = (root: Expression, binding: readonly Known[] | undefined, level: number): Known => {
    const known = new Map<Expression, Known>();
    const visit = (node: Expression, depth: number): Known => {
      requireDepth(depth);
      if (node.kind === 'constant') {
        if (!Number.isFinite(node.value)) {
          throw new AnsatzError('non-finite-constant', `the constant ${node.value}`, 'constants have to be finite');
        }
        return finish(node, node.value, []);
      }
      if (node.kind === 'variable') {
        if (binding) return binding[node.name === 'y' ? 1 : 0];
        return finish(variable(names.get(node.name)!), undefined, []);
      }
      const before = known.get(node);
      if (before) return before;
      const parts = node.arguments.map((argument) => visit(argument, depth + 1));
      const { operator } = node;
      let result: Known;
      if (operator.definition) {
        result = walk(operator.definition, parts, depth + 1);
      } else {
        if (!Object.hasOwn(target.operators, operator.name)) throw absent(operator.name, target);
        const isConstant = parts.every((part) => part.value !== undefined);
        const value = isConstant ? operator.apply(parts[0].value!, parts[1]?.value ?? Number.NaN) : undefined;
        const same = parts.every((part, i) => part.node === node.arguments[i]);
        result = finish(same ? node : { ...node, arguments: parts.map((part) => part.node) }, value, parts);
      }
      known.set(node, result);
      return result;
    };
    return visit(root, level);
  };
  return walk(expression, undefined, 1).node;
}

function absent(operator: string, target: ExportTarget): OptionError {
  const reason = Object.hasOwn(target.absent, operator) ? target.absent[operator] : 'it is not known there';
  return new OptionError(
    'operator-absent',
    'target',
    `${target.language} has no operator "${operator}": ${reason}`,
    'define the operator by a formula, or export to another target',
  );
}
