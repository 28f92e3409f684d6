import { ANY_DIMENSION, DIMENSION_VIOLATION, type DimensionAlgebra, type Expression } from '../../expressions/index.ts';
import { argumentSlot, fits } from './slots.ts';

/** What is known of the units of a consistent tree, by the position of a node in pre-order. */
export type NodeUnits = Readonly<Pick<UnitAnalysis, 'dimensions' | 'slots' | 'ends'>>;

/** Every node of a tree in pre-order with its dimension and its slot; the arrays are used again by the next tree. */
export class UnitAnalysis {
  /** Number of nodes. */
  count = 0;
  /** Operators that cannot bring their arguments together, and 1 for a tree of a wrong dimension. */
  violations = 0;
  readonly nodes: Expression[] = [];
  /** Shape [count]: an id, ANY_DIMENSION or INEXACT. */
  dimensions = new Int32Array(64);
  /** Shape [count]: what may stand there; of use where there are no violations. */
  slots = new Int32Array(64);
  /** Shape [count]: position after the last node of the sub-tree. */
  ends = new Int32Array(64);
  private readonly algebra: DimensionAlgebra;

  constructor(algebra: DimensionAlgebra) {
    this.algebra = algebra;
  }

  /** Looks at a tree that should have the dimension `wanted`. */
  read(tree: Expression, wanted: number): this {
    this.count = 0;
    this.violations = 0;
    const dimension = this.climb(tree);
    if (!fits(dimension, wanted)) this.violations++;
    if (this.violations === 0) this.descend(0, wanted);
    return this;
  }

  private climb(node: Expression): number {
    const at = this.count++;
    if (at >= this.slots.length) this.widen();
    this.nodes[at] = node;
    let dimension: number;
    if (node.kind === 'call') {
      const a = this.climb(node.arguments[0]);
      dimension = this.algebra.result(node, a, node.operator.arity === 1 ? 0 : this.climb(node.arguments[1]));
      if (dimension === DIMENSION_VIOLATION) {
        this.violations++;
        dimension = ANY_DIMENSION;
      }
    } else {
      dimension = this.algebra.leaf(node);
    }
    this.dimensions[at] = dimension;
    this.ends[at] = this.count;
    return dimension;
  }

  private descend(at: number, slot: number): void {
    this.slots[at] = slot;
    const node = this.nodes[at];
    if (node.kind !== 'call') return;
    const first = at + 1;
    const a = this.dimensions[first];
    if (node.operator.arity === 1) {
      this.descend(first, argumentSlot(this.algebra, node, 0, slot, a, 0));
      return;
    }
    const second = this.ends[first];
    const b = this.dimensions[second];
    this.descend(first, argumentSlot(this.algebra, node, 0, slot, a, b));
    this.descend(second, argumentSlot(this.algebra, node, 1, slot, a, b));
  }

  private widen(): void {
    const grown = (array: Int32Array): Int32Array<ArrayBuffer> => {
      const wider = new Int32Array(2 * array.length);
      wider.set(array);
      return wider;
    };
    this.dimensions = grown(this.dimensions);
    this.slots = grown(this.slots);
    this.ends = grown(this.ends);
  }
}
