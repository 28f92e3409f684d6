import { RandomStream } from '../../../src/core/index.ts';
import { createWasmEvaluator } from '../../../src/evaluation/index.ts';
import { constantsOf, type Expression, evaluate, parse, variablesOf } from '../../../src/expressions/index.ts';
import { Role } from '../../../src/numerics/index.ts';
import { Objective } from '../../../src/search/objective.ts';

const POINTS = 64;
const LOW = 0.5;
const HIGH = 4;
/** Relative root-mean-square difference of two forms of one law, their constants fitted. */
const SAME = 1e-6;
/** Denominators of constants that are part of the law's form. */
const FORM = 6;

/** Whether a formula is the law, with any values of the constants that are no small rationals. */
export function isLaw(formula: Expression | string, law: string): boolean {
  const tree = typeof formula === 'string' ? parse(formula) : formula;
  const truth = parse(law);
  const random = new RandomStream(1).split(0x1a3);
  const inputs = [...new Set([...variablesOf(truth), ...variablesOf(tree)])];
  const columns = inputs.map(() => Float64Array.from({ length: POINTS }, () => LOW + (HIGH - LOW) * random.uniform()));
  const target = Float64Array.from({ length: POINTS }, (_, i) =>
    evaluate(tree, Object.fromEntries(inputs.map((name, k) => [name, columns[k][i]]))),
  );
  if (!target.every(Number.isFinite)) return false;
  const evaluator = createWasmEvaluator({ precision: 64 });
  try {
    const problem = { inputs, columns, target, weights: undefined, loss: { name: 'L2' } as const };
    evaluator.setData(problem);
    const objective = new Objective(problem, evaluator);
    const roles = Uint8Array.from(constantsOf(truth), (value) => (isPartOfForm(value) ? Role.fixed : 0));
    const { loss } = objective.full(truth, 60, roles);
    return loss <= SAME ** 2 * objective.meanSquare;
  } finally {
    evaluator.dispose();
  }
}

function isPartOfForm(value: number): boolean {
  for (let q = 1; q <= FORM; q++) if (Number.isInteger(value * q)) return true;
  return false;
}
