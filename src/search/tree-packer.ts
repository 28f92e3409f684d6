import { FormatError } from '../core/index.ts';
import { constant, type Expression, type Operator, type OperatorTable, variable } from '../expressions/index.ts';
import type { Fitted } from './objective.ts';

/** Code of a constant; its value follows. */
const CONSTANT = 0;

/**
 * Writes trees as numbers, so that thousands of them are saved or posted in one block of memory.
 *
 * A tree is its pre-order: 0 and a value for a constant, 1 + i for variable i, -1 - k for operator k.
 */
export class TreePacker {
  private readonly operators: readonly Operator[];
  private readonly variables: readonly string[];
  private readonly operatorIndex: ReadonlyMap<string, number>;
  private readonly variableIndex: ReadonlyMap<string, number>;

  constructor(table: OperatorTable, variables: readonly string[]) {
    this.operators = [...table];
    this.variables = variables;
    this.operatorIndex = new Map(this.operators.map((operator, k) => [operator.name, k]));
    this.variableIndex = new Map(variables.map((name, i) => [name, i]));
  }

  /** Trees with their losses as one array. */
  pack(list: readonly Fitted[]): Float64Array {
    const out = new Forest(16 * list.length);
    for (const fitted of list) this.append(fitted, out);
    return out.toArray();
  }

  /** Adds a tree, its loss first. */
  append(fitted: Fitted, out: Forest): void {
    out.push(fitted.loss);
    this.appendTree(fitted.tree, out);
  }

  private appendTree(node: Expression, out: Forest): void {
    if (node.kind === 'constant') {
      out.push(CONSTANT);
      out.push(node.value);
    } else if (node.kind === 'variable') {
      out.push(1 + this.variableIndex.get(node.name)!);
    } else {
      out.push(-1 - this.operatorIndex.get(node.operator.name)!);
      for (const argument of node.arguments) this.appendTree(argument, out);
    }
  }

  /** @throws FormatError "damaged" when the numbers are no trees */
  unpack(packed: Float64Array): Fitted[] {
    const list: Fitted[] = [];
    let at = 0;
    const tree = (): Expression => {
      const code = packed[at++];
      if (code === CONSTANT) return constant(packed[at++]);
      const name = code > 0 ? this.variables[code - 1] : undefined;
      if (name !== undefined) return variable(name);
      const operator = this.operators[-1 - code];
      if (!operator) throw new FormatError('damaged', 'no tree where one was expected', 'checkpoint');
      return { kind: 'call', operator, arguments: Array.from({ length: operator.arity }, tree) };
    };
    while (at < packed.length) {
      const loss = packed[at++];
      list.push({ loss, tree: tree() });
    }
    return list;
  }
}

/** A growing array of numbers. */
export class Forest {
  private data: Float64Array;
  private length = 0;

  constructor(capacity = 1024) {
    this.data = new Float64Array(Math.max(16, capacity));
  }

  push(value: number): void {
    if (this.length === this.data.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.length++] = value;
  }

  toArray(): Float64Array {
    return this.data.slice(0, this.length);
  }
}
