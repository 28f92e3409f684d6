import {
  createWasmEvaluator,
  type LocalEvaluator,
  type Program,
  type WasmEvaluatorOptions,
} from '../../evaluation/index.ts';
import { repairSlopes } from './repair-slopes.ts';
import type { Requirement, SlopeVisitor } from './requirement.ts';

/** Largest residual of a hard requirement that is met. */
export const REQUIREMENT_TOLERANCE = 1e-6;

/** What the residual of a soft requirement counts as where the law has no value: worse than most, yet finite. */
const UNDEFINED_RESIDUAL = 10;

/** One requirement with its place among all probes, and its workspace. */
interface Entry {
  readonly requirement: Requirement;
  readonly first: number;
  readonly values: Float64Array;
  readonly residuals: Float64Array;
}

/**
 * The requirements of a run, on an evaluator of their own that holds all their probes.
 *
 * Programs are compiled against the inputs in the order of `Requirement.inputs`. Results depend on nothing but
 * the arguments.
 */
export class RequirementSet {
  /** Hard ones first. */
  readonly requirements: readonly Requirement[];
  /** Probes of all requirements, and of the hard ones: rows that a program passes over in one call. */
  readonly rows: number;
  readonly hardRows: number;

  private readonly entries: readonly Entry[];
  private readonly evaluator: LocalEvaluator;
  private jacobian: Float64Array = new Float64Array(0);
  private slopes: Float64Array = new Float64Array(0);
  /** What `addSlope` works on. */
  private entry!: Entry;
  private parameters = 0;
  private readonly addSlope: SlopeVisitor;

  /** @param requirements at least one */
  constructor(
    requirements: readonly Requirement[],
    private readonly tolerance = REQUIREMENT_TOLERANCE,
    options: WasmEvaluatorOptions = {},
  ) {
    const isHard = (requirement: Requirement): boolean => requirement.mode === 'hard';
    this.requirements = [...requirements.filter(isHard), ...requirements.filter((each) => !isHard(each))];
    let rows = 0;
    let hardRows = 0;
    this.entries = this.requirements.map((requirement) => {
      const first = rows;
      const probes = requirement.probes[0].length;
      rows += probes;
      if (isHard(requirement)) hardRows = rows;
      return {
        requirement,
        first,
        values: new Float64Array(probes),
        residuals: new Float64Array(requirement.residuals),
      };
    });
    this.rows = rows;
    this.hardRows = hardRows;
    const columns = this.requirements[0].probes.map((_, input) => {
      const column = new Float64Array(rows);
      for (const { requirement, first } of this.entries) column.set(requirement.probes[input], first);
      return column;
    });
    this.evaluator = createWasmEvaluator({ ...options, precision: 64 });
    this.evaluator.setData({ columns });
    this.addSlope = (residual, probe, slope) => {
      if (Number.isNaN(this.entry.residuals[residual])) return;
      const row = this.entry.first + probe;
      for (let k = 0; k < this.parameters; k++) {
        this.slopes[residual * this.parameters + k] += slope * this.jacobian[k * this.rows + row];
      }
    };
  }

  /** The largest residual of the hard requirements, in size; Infinity where one fails for want of a value. */
  violation(program: Program, constants: Float64Array): number {
    if (this.hardRows === 0) return 0;
    const { values } = this.evaluator.values(bind(program, constants), this.hardRows);
    let largest = 0;
    for (const entry of this.entries) {
      if (entry.requirement.mode !== 'hard') break;
      measure(entry, values);
      for (const residual of entry.residuals) {
        if (Number.isNaN(residual)) return Number.POSITIVE_INFINITY;
        largest = Math.max(largest, Math.abs(residual));
      }
    }
    return largest;
  }

  /** True when every hard requirement is met within the tolerance. */
  holds(program: Program, constants: Float64Array): boolean {
    if (this.hardRows === 0) return true;
    const { values } = this.evaluator.values(bind(program, constants), this.hardRows);
    for (const entry of this.entries) {
      if (entry.requirement.mode !== 'hard') break;
      measure(entry, values);
      const most = entry.requirement.tolerance ?? this.tolerance;
      for (const residual of entry.residuals) if (!(Math.abs(residual) <= most)) return false;
    }
    return true;
  }

  /**
   * Sum of weight * residual^2 over all requirements, the hard ones too. NaN when a hard one fails for want of a
   * value; a residual of a soft one then counts as 10.
   */
  penalty(program: Program, constants: Float64Array): number {
    const { values } = this.evaluator.values(bind(program, constants));
    let sum = 0;
    for (const entry of this.entries) {
      measure(entry, values);
      sum += entry.requirement.weight * sumOfSquares(entry);
    }
    return sum;
  }

  /**
   * Adds the Gauss-Newton matrix and the gradient of strength * penalty to those of a fit, and returns
   * strength * penalty.
   *
   * Factors are those of L2: hessian 2 w J^T J, gradient 2 w J^T r. `LocalEvaluator.normalEquations` gives
   * those of the sum over rows even where its loss is a mean over N rows; beside such a loss call this with
   * N * strength and add 1/N of the result to the loss.
   *
   * @param hessian shape [parameters * parameters], both triangles
   * @param gradient shape [parameters]
   * @returns NaN, with the arrays undefined, when `penalty` is NaN or a derivative is not finite
   */
  addNormalEquations(
    program: Program,
    constants: Float64Array,
    strength: number,
    hessian: Float64Array,
    gradient: Float64Array,
  ): number {
    const bound = bind(program, constants);
    const { values, jacobian } = this.evaluator.jacobian(bound);
    const n = program.parameters;
    repairSlopes(this.evaluator, bound, values, jacobian);
    this.jacobian = jacobian;
    this.parameters = n;
    let sum = 0;
    for (const entry of this.entries) {
      const { requirement, residuals } = entry;
      measure(entry, values);
      sum += requirement.weight * sumOfSquares(entry);
      const cells = n * requirement.residuals;
      if (this.slopes.length < cells) this.slopes = new Float64Array(cells);
      const { slopes } = this;
      slopes.fill(0, 0, cells);
      this.entry = entry;
      requirement.slopesOf(entry.values, this.addSlope);
      const factor = 2 * strength * requirement.weight;
      for (let r = 0; r < residuals.length; r++) {
        const line = r * n;
        for (let i = 0; i < n; i++) {
          const pull = factor * slopes[line + i];
          if (pull === 0) continue;
          if (!Number.isFinite(pull)) return Number.NaN;
          gradient[i] += pull * residuals[r];
          for (let j = 0; j < n; j++) hessian[i * n + j] += pull * slopes[line + j];
        }
      }
    }
    return strength * sum;
  }

  dispose(): void {
    this.evaluator.dispose();
  }
}

/**
 * The requirements of a run, or undefined when there are none, so that nothing is built for them.
 *
 * @param tolerance largest residual of a hard requirement that is met; 1e-6 by default
 */
export function createRequirementSet(
  requirements: readonly Requirement[],
  tolerance?: number,
  options?: WasmEvaluatorOptions,
): RequirementSet | undefined {
  return requirements.length > 0 ? new RequirementSet(requirements, tolerance, options) : undefined;
}

/** The program at other constants; missing ones keep the program's own values. */
function bind(program: Program, constants: Float64Array): Program {
  const { code, parameters, stackDepth } = program;
  if (constants.length >= program.constants.length) return { code, constants, parameters, stackDepth };
  const all = Float64Array.from(program.constants);
  all.set(constants);
  return { code, constants: all, parameters, stackDepth };
}

/** Copies the values of a requirement's probes and measures it. */
function measure({ requirement, first, values, residuals }: Entry, all: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] = all[first + i];
  requirement.residualsOf(values, residuals);
}

/** NaN for a hard requirement without a value. */
function sumOfSquares({ requirement, residuals }: Entry): number {
  let sum = 0;
  for (let r = 0; r < residuals.length; r++) {
    const residual = residuals[r];
    if (!Number.isNaN(residual)) sum += residual * residual;
    else if (requirement.mode === 'soft') sum += UNDEFINED_RESIDUAL ** 2;
    else return Number.NaN;
  }
  return sum;
}
