import { call, constant, type Expression, STANDARD_OPERATORS } from '../expressions/index.ts';
import type { ProblemData } from './problem.ts';

/** 1 for an input that is above 0 in every row, -1 for one below; others are missing. */
export type Signs = ReadonlyMap<string, 1 | -1>;

const held = new WeakMap<ProblemData, Signs>();

/** The signs of a problem's inputs. */
export function signsOf(problem: ProblemData): Signs {
  let signs = held.get(problem);
  if (!signs) {
    signs = new Map(
      problem.inputs.flatMap((name, i): [string, 1 | -1][] => {
        const column = problem.columns[i];
        if (column.every((x) => x > 0)) return [[name, 1]];
        return column.every((x) => x < 0) ? [[name, -1]] : [];
      }),
    );
    held.set(problem, signs);
  }
  return signs;
}

/** The tree with |x| written x or -x where the data say which: what sqrt(x^2) is in a law of masses and lengths. */
export function withoutAbs(tree: Expression, signs: Signs): Expression {
  if (tree.kind !== 'call') return tree;
  const args = tree.arguments.map((argument) => withoutAbs(argument, signs));
  const [inner] = args;
  const sign = tree.operator.name === 'abs' && inner.kind === 'variable' ? signs.get(inner.name) : undefined;
  if (sign === 1) return inner;
  if (sign === -1) return call(STANDARD_OPERATORS.get('mul'), constant(-1), inner);
  return args.every((argument, i) => argument === tree.arguments[i]) ? tree : call(tree.operator, ...args);
}
