import { type Expression, variable } from '../expression.ts';

/** Nested calls and nodes of one line of code. Python reads 200 brackets inside one another, Fortran 255 lines. */
const DEEPEST_LINE = 30;
const LONGEST_LINE = 150;

interface Piece {
  readonly node: Expression;
  readonly depth: number;
  readonly size: number;
}

/**
 * Cuts a tree into steps that compilers can read: no step is deep or long, and what the tree shares is computed once.
 * A formula of ordinary size has no steps.
 *
 * @param nameOf name of the step with this number, from 0
 */
export function splitSteps(
  expression: Expression,
  nameOf: (step: number) => string,
): { steps: { name: string; value: Expression }[]; result: Expression } {
  const uses = new Map<Expression, number>();
  const count = (node: Expression): void => {
    const before = uses.get(node) ?? 0;
    uses.set(node, before + 1);
    if (before === 0 && node.kind === 'call') node.arguments.forEach(count);
  };
  count(expression);
  const steps: { name: string; value: Expression }[] = [];
  const done = new Map<Expression, Piece>();
  const visit = (node: Expression): Piece => {
    if (node.kind !== 'call') return { node, depth: 1, size: 1 };
    const before = done.get(node);
    if (before) return before;
    const parts = node.arguments.map(visit);
    const same = parts.every((part, i) => part.node === node.arguments[i]);
    let piece: Piece = {
      node: same ? node : { ...node, arguments: parts.map((part) => part.node) },
      depth: 1 + Math.max(...parts.map((part) => part.depth)),
      size: 1 + parts.reduce((sum, part) => sum + part.size, 0),
    };
    const shared = uses.get(node)! > 1 && piece.size > 2;
    if (node !== expression && (shared || piece.depth >= DEEPEST_LINE || piece.size >= LONGEST_LINE)) {
      const name = nameOf(steps.length);
      steps.push({ name, value: piece.node });
      piece = { node: variable(name), depth: 1, size: 1 };
    }
    done.set(node, piece);
    return piece;
  };
  const result = visit(expression).node;
  return { steps, result };
}
