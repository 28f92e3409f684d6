import type {
  Capabilities,
  EvaluationData,
  Jacobian,
  LocalEvaluator,
  Loss,
  Losses,
  NormalEquations,
  Values,
} from '../contract.ts';
import { checkedRows, checkUpdate, missingTarget, prefixOf } from '../data.ts';
import { checkedDelta, LOSS_NAMES, LOSSES, RESIDUAL_FLOOR } from '../losses.ts';
import type { Program } from '../program.ts';
import { ABSENT, dualAt, valueAt } from './walk.ts';

const CAPABILITIES: Capabilities = {
  name: 'reference',
  precision: 64,
  absent: ABSENT,
  losses: LOSS_NAMES,
  maxRows: 2 ** 31 - 1,
  maxStackDepth: 2 ** 20,
  maxParameters: 2 ** 20,
  keepsSubnormals: true,
};

/** Plain TypeScript in f64, one row at a time: slow, and the rule that the other back-ends are held to. */
class ReferenceEvaluator implements LocalEvaluator {
  readonly capabilities = CAPABILITIES;
  private columns: readonly Float64Array[] = [];
  private target: Float64Array | undefined;
  private weights: Float64Array | undefined;
  private rows = 0;

  setData(data: EvaluationData): void {
    this.rows = checkedRows(data, CAPABILITIES);
    this.columns = data.columns.map((column) => column.slice());
    this.target = data.target?.slice();
    this.weights = data.weights?.slice();
  }

  updateColumn(index: number, values: Float64Array): void {
    checkUpdate(index, values, this.columns.length, this.rows);
    this.columns[index].set(values);
  }

  losses(programs: readonly Program[], loss: Loss, rows?: number): Losses {
    return Float64Array.from(programs, (program) => this.loss(program, program.constants, loss, rows));
  }

  loss(program: Program, constants: Float64Array, loss: Loss, rows?: number): number {
    const target = this.target ?? missingTarget();
    const delta = checkedDelta(loss);
    const rule = LOSSES[loss.name];
    const count = prefixOf(rows, this.rows);
    let sum = 0;
    let weight = 0;
    for (let row = 0; row < count; row++) {
      const value = valueAt(program, constants, this.columns, row);
      if (!Number.isFinite(value)) return Number.NaN;
      const w = this.weights?.[row] ?? 1;
      sum += w * rule.rho(value - target[row], delta);
      weight += w;
    }
    return finiteOrNaN(rule.mean ? sum / weight : sum);
  }

  values(program: Program, rows?: number): Values {
    const count = prefixOf(rows, this.rows);
    const values = Float64Array.from({ length: count }, (_, row) =>
      valueAt(program, program.constants, this.columns, row),
    );
    return { values, finite: values.every(Number.isFinite) };
  }

  jacobian(program: Program, rows?: number): Jacobian {
    const count = prefixOf(rows, this.rows);
    const values = new Float64Array(count);
    const jacobian = new Float64Array(program.parameters * count);
    const slopes = new Float64Array(program.parameters);
    for (let row = 0; row < count; row++) {
      values[row] = dualAt(program, program.constants, this.columns, row, slopes);
      for (let k = 0; k < slopes.length; k++) jacobian[k * count + row] = slopes[k];
    }
    return { values, finite: values.every(Number.isFinite), jacobian };
  }

  normalEquations(program: Program, constants: Float64Array, loss: Loss, out: NormalEquations, rows?: number): number {
    const target = this.target ?? missingTarget();
    const delta = checkedDelta(loss);
    const rule = LOSSES[loss.name];
    const count = prefixOf(rows, this.rows);
    const size = program.parameters;
    const slopes = new Float64Array(size);
    out.hessian.fill(0, 0, size * size);
    out.gradient.fill(0, 0, size);
    let sum = 0;
    let weight = 0;
    for (let row = 0; row < count; row++) {
      const value = dualAt(program, constants, this.columns, row, slopes);
      if (!Number.isFinite(value) || !slopes.every(Number.isFinite)) return Number.NaN;
      const r = value - target[row];
      const w = this.weights?.[row] ?? 1;
      const pull = w * rule.derivative(r, delta);
      const stiffness = w * rule.irlsWeight(r, delta, RESIDUAL_FLOOR * (1 + Math.abs(target[row])));
      for (let i = 0; i < size; i++) {
        out.gradient[i] += pull * slopes[i];
        for (let j = 0; j < size; j++) out.hessian[i * size + j] += stiffness * slopes[i] * slopes[j];
      }
      sum += w * rule.rho(r, delta);
      weight += w;
    }
    return finiteOrNaN(rule.mean ? sum / weight : sum);
  }

  dispose(): void {
    this.columns = [];
    this.target = undefined;
    this.weights = undefined;
    this.rows = 0;
  }
}

const finiteOrNaN = (x: number): number => (Number.isFinite(x) ? x : Number.NaN);

/** The plain f64 back-end: the operator table's rules, row by row; slow, and right by inspection. */
export function createReferenceEvaluator(): LocalEvaluator {
  return new ReferenceEvaluator();
}
