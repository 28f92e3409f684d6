import { constantValue, type Expression } from '../../src/expressions/index.ts';
import type { Dimension } from '../../src/units/index.ts';

/** Exponents such as 2e-11 do occur among random constants; rounding leaves less. */
const TOLERANCE = 1e-13;

/**
 * Whether dimensions can be given to the constants of a tree so that it is consistent: every node has an unknown
 * exponent of a base unit, every operator a linear equation, and the system has a solution or not.
 *
 * Written apart from the rules of the source: nothing here knows slots, wildcards or operator tables.
 */
export function consistent(
  tree: Expression,
  inputs: ReadonlyMap<string, Dimension>,
  target: Dimension | undefined,
  freeConstants: boolean,
): boolean {
  const bases = [...inputs.values()][0].length;
  const rows: { coefficients: Map<number, number>; values: number[] }[] = [];
  let unknowns = 0;
  const equation = (terms: readonly (readonly [number, number])[], values: readonly number[] = []): void => {
    const coefficients = new Map<number, number>();
    for (const [unknown, factor] of terms) coefficients.set(unknown, (coefficients.get(unknown) ?? 0) + factor);
    rows.push({ coefficients, values: Array.from({ length: bases }, (_, i) => values[i] ?? 0) });
  };
  const exponents = (dimension: Dimension): number[] => dimension.map(([n, d]) => n / d);
  const visit = (node: Expression): number => {
    const own = unknowns++;
    if (node.kind === 'constant') {
      if (!freeConstants) equation([[own, 1]]);
      return own;
    }
    if (node.kind === 'variable') {
      equation([[own, 1]], exponents(inputs.get(node.name)!));
      return own;
    }
    const [a, b] = node.arguments.map(visit);
    const power = (factor: number): void =>
      equation([
        [own, 1],
        [a, -factor],
      ]);
    switch (node.operator.name) {
      case 'add':
      case 'sub':
      case 'min':
      case 'max':
      case 'mod':
        equation([
          [own, 1],
          [a, -1],
        ]);
        equation([
          [own, 1],
          [b, -1],
        ]);
        break;
      case 'atan2':
        equation([[own, 1]]);
        equation([
          [a, 1],
          [b, -1],
        ]);
        break;
      case 'mul':
        equation([
          [own, 1],
          [a, -1],
          [b, -1],
        ]);
        break;
      case 'div':
        equation([
          [own, 1],
          [a, -1],
          [b, 1],
        ]);
        break;
      case 'pow': {
        const exponent = constantValue(node.arguments[1]);
        equation([[b, 1]]);
        if (Number.isNaN(exponent)) {
          equation([[a, 1]]);
          equation([[own, 1]]);
        } else {
          power(exponent);
        }
        break;
      }
      case 'square':
        power(2);
        break;
      case 'cube':
        power(3);
        break;
      case 'inv':
        power(-1);
        break;
      case 'sqrt':
        power(1 / 2);
        break;
      case 'cbrt':
        power(1 / 3);
        break;
      case 'neg':
      case 'abs':
      case 'relu':
        power(1);
        break;
      case 'sign':
      case 'step':
        equation([[own, 1]]);
        break;
      default:
        equation([[own, 1]]);
        equation([[a, 1]]);
    }
    return own;
  };
  const root = visit(tree);
  if (target) equation([[root, 1]], exponents(target));
  return solvable(
    rows.map(({ coefficients, values }) => {
      const row = new Array<number>(unknowns).fill(0);
      for (const [unknown, factor] of coefficients) row[unknown] = factor;
      return [...row, ...values];
    }),
    unknowns,
  );
}

/** Gaussian elimination with pivoting: no row 0 = 1 may be left. */
function solvable(matrix: number[][], unknowns: number): boolean {
  let done = 0;
  for (let column = 0; column < unknowns && done < matrix.length; column++) {
    let pivot = done;
    for (let i = done; i < matrix.length; i++) {
      if (Math.abs(matrix[i][column]) > Math.abs(matrix[pivot][column])) pivot = i;
    }
    if (Math.abs(matrix[pivot][column]) < TOLERANCE) continue;
    [matrix[done], matrix[pivot]] = [matrix[pivot], matrix[done]];
    for (let i = done + 1; i < matrix.length; i++) {
      const factor = matrix[i][column] / matrix[done][column];
      if (factor === 0) continue;
      for (let j = column; j < matrix[i].length; j++) matrix[i][j] -= factor * matrix[done][j];
    }
    done++;
  }
  return matrix.slice(done).every((row) => row.slice(unknowns).every((value) => Math.abs(value) < 1e-6));
}
