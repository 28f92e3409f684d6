import { nearest, OptionError, type RandomStream, UnitError } from '../../core/index.ts';
import {
  constantsOf,
  DimensionAlgebra,
  dimensionRuleOf,
  type Expression,
  type Operator,
} from '../../expressions/index.ts';
import {
  BASE_SYMBOLS,
  DimensionTable,
  equalDimensions,
  formatDimension,
  isDimensionless,
  parseUnit,
  type Unit,
  type UnitSystem,
} from '../../units/index.ts';
import { exactCost } from '../tree-cost.ts';
import { Reachable } from './reachable.ts';
import { fits, Slot } from './slots.ts';
import { TreeGrower } from './tree-grower.ts';
import { type NodeUnits, UnitAnalysis } from './unit-analysis.ts';

/** Units of a fit as the options give them; plain data, for it travels to workers. */
export interface UnitSpec {
  /** Unit by input; an input without one is a pure number. */
  readonly xUnits: Readonly<Record<string, string>>;
  /** Unit of the target; any when absent. */
  readonly yUnits?: string;
  readonly unitSystem: UnitSystem;
  readonly dimensionMode: 'construct' | 'penalty';
  readonly dimensionlessConstantsOnly: boolean;
}

/** The units of a fit, read. */
export interface FitUnits {
  readonly inputs: ReadonlyMap<string, Unit>;
  readonly target: Unit | undefined;
}

/**
 * Reads the units of inputs and target.
 *
 * @throws UnitError with the column in front; OptionError "unknown-input"
 */
export function readUnits(spec: UnitSpec, inputs: readonly string[]): FitUnits {
  for (const name of Object.keys(spec.xUnits)) {
    if (inputs.includes(name)) continue;
    const near = nearest(name, inputs);
    const hint = near === undefined ? `inputs: ${inputs.join(', ')}` : `did you mean "${near}"?`;
    throw new OptionError('unknown-input', 'xUnits', `no input "${name}"`, hint);
  }
  const read = (column: string, text: string): Unit => {
    try {
      return parseUnit(text, spec.unitSystem);
    } catch (error) {
      if (!(error instanceof UnitError)) throw error;
      const message = error.message.replace(/ at position \d+ of ".*?"(?= \(|$)/s, '').replace(/ \([^()]*\)$/, '');
      throw new UnitError(error.code, `${column}: ${message}`, error.unit, error.position, error.hint);
    }
  };
  const given = (name: string): string => (Object.hasOwn(spec.xUnits, name) ? spec.xUnits[name] : '');
  return {
    inputs: new Map(inputs.map((name) => [name, read(`xUnits of "${name}"`, given(name))])),
    target: spec.yUnits === undefined ? undefined : read('yUnits', spec.yUnits),
  };
}

/** The algebra in which small rationals have no unit. */
class PlainNumbers extends DimensionAlgebra {
  override leaf(node: Expression): number {
    return node.kind === 'constant' && exactCost(node.value) !== undefined ? 0 : super.leaf(node);
  }
}

/** What the search knows of dimensions: which trees are right, and how to make more of them. */
export class UnitRules {
  readonly spec: UnitSpec;
  readonly units: FitUnits;
  /** The slot of a whole law: the dimension of the target, or any. */
  readonly target: number;
  readonly algebra: DimensionAlgebra;
  readonly grower: TreeGrower;
  private readonly analysis: UnitAnalysis;
  private readonly other: UnitAnalysis;
  private readonly described: UnitAnalysis;
  private readonly plain: UnitAnalysis;

  /**
   * @param inputs names that a law may contain
   * @param operators that it may contain, in the order of the grammar
   * @throws UnitError, and OptionError "unknown-input"
   */
  constructor(spec: UnitSpec, inputs: readonly string[], operators: readonly Operator[]) {
    this.spec = spec;
    this.units = readUnits(spec, inputs);
    const table = new DimensionTable(BASE_SYMBOLS[spec.unitSystem].length);
    const ids = new Map([...this.units.inputs].map(([name, unit]) => [name, table.id(unit.dimension)]));
    this.target = this.units.target ? table.id(this.units.target.dimension) : Slot.any;
    this.algebra = new DimensionAlgebra(table, ids, !spec.dimensionlessConstantsOnly);
    this.analysis = new UnitAnalysis(this.algebra);
    this.other = new UnitAnalysis(this.algebra);
    this.described = new UnitAnalysis(this.algebra);
    this.plain = new UnitAnalysis(new PlainNumbers(table, ids, !spec.dimensionlessConstantsOnly));
    const reachable = new Reachable(this.algebra, inputs, operators);
    this.grower = new TreeGrower(this.algebra, reachable, inputs, operators, this.analysis);
  }

  /** Whether laws of a wrong dimension are never made; else they cost. */
  get constructs(): boolean {
    return this.spec.dimensionMode === 'construct';
  }

  /** Whether a whole tree is consistent and has a dimension; that of the target when none is given. */
  admits(tree: Expression, wanted = this.target): boolean {
    return fits(this.algebra.dimension(tree), wanted);
  }

  /** Number of violations: operators whose arguments do not go together, and 1 for a wrong dimension of the whole. */
  violations(tree: Expression, wanted = this.target): number {
    return this.analysis.read(tree, wanted).violations;
  }

  /**
   * Dimensions and slots of every node; good until the next call of any method.
   *
   * @param second true keeps the last analysis as it is beside this one
   */
  analyse(tree: Expression, wanted = this.target, second = false): UnitAnalysis {
    return (second ? this.other : this.analysis).read(tree, wanted);
  }

  /**
   * What a description reads of the units of a law, good until the next call; undefined for an inconsistent one. Small
   * rationals are pure numbers where that is consistent: in a (1 + b x) the units of a and b are then not open.
   */
  describe(tree: Expression): NodeUnits | undefined {
    if (this.plain.read(tree, this.target).violations === 0) return this.plain;
    const analysis = this.described.read(tree, this.target);
    return analysis.violations === 0 ? analysis : undefined;
  }

  /** A random tree of about `nodes` nodes that fits a slot, undefined where nothing does. */
  grow(wanted: number, nodes: number, random: RandomStream): Expression | undefined {
    return this.grower.grow(wanted, nodes, random);
  }

  /**
   * Constants on whose values the dimension rests, such as the 2 of v^2: a fit must leave them as they are.
   *
   * @returns 1 for such a constant, in pre-order of the constants; undefined when there are none
   */
  pinned(tree: Expression, wanted = this.target): Uint8Array | undefined {
    if (!hasPower(tree)) return undefined;
    const { count, nodes, slots, violations } = this.analysis.read(tree, wanted);
    if (violations > 0) return undefined;
    let found: Uint8Array | undefined;
    let index = 0;
    for (let at = 0; at < count; at++) {
      if (nodes[at].kind !== 'constant') continue;
      if (slots[at] === Slot.pinned) {
        found ??= new Uint8Array(count);
        found[index] = 1;
      }
      index++;
    }
    return found?.subarray(0, index);
  }

  /**
   * The values of the pinned constants as text, empty without any: trees of one shape that differ in them are
   * different laws, for no fit leads from one to the other.
   */
  pinnedKey(tree: Expression, wanted = this.target): string {
    const pinned = this.pinned(tree, wanted);
    if (!pinned) return '';
    return constantsOf(tree)
      .filter((_, i) => pinned[i] === 1)
      .join(' ');
  }

  /** @throws OptionError "unreachable-dimension" when no law can have the dimension of the target */
  checkReachable(): void {
    if (!this.constructs || this.grower.canFill(this.target)) return;
    const wanted = this.units.target ? formatDimension(this.units.target.dimension) : 'any dimension';
    const shown = [...this.units.inputs].map(([name, unit]) => `${name}: ${formatDimension(unit.dimension)}`);
    throw new OptionError(
      'unreachable-dimension',
      'yUnits',
      `no law of a few operators makes ${wanted} of ${shown.join(', ')}`,
      'correct a unit, allow more operators, or let constants have units: dimensionlessConstantsOnly: false',
    );
  }

  /** What a user should know: inputs of one dimension in units of different size, whose sum would mix them. */
  notes(): string[] {
    const columns = [...this.units.inputs].filter(([, unit]) => !isDimensionless(unit.dimension));
    const notes: string[] = [];
    for (let i = 0; i < columns.length; i++) {
      for (let j = i + 1; j < columns.length; j++) {
        const [[first, a], [second, b]] = [columns[i], columns[j]];
        if (!equalDimensions(a.dimension, b.dimension) || Math.abs(a.scale / b.scale - 1) < 1e-9) continue;
        const [one, two] = [this.spec.xUnits[first], this.spec.xUnits[second]];
        notes.push(`${first} is in ${one} and ${second} in ${two}: a bare sum of them mixes units`);
      }
    }
    return notes;
  }
}

/** Whether a tree has a power, the only operator whose dimension a value decides. */
function hasPower(tree: Expression): boolean {
  if (tree.kind !== 'call') return false;
  if (dimensionRuleOf(tree.operator).kind === 'power') return true;
  for (const argument of tree.arguments) if (hasPower(argument)) return true;
  return false;
}
