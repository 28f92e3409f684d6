import { nearest, OptionError } from '../core/index.ts';
import { defineOperator, type OperatorDefinition } from './define-operator.ts';
import type { Operator } from './operator.ts';
import type { OperatorLookup } from './parser.ts';

/**
 * An immutable set of operators by name.
 *
 * @example STANDARD_OPERATORS.with({ name: 'softplus', formula: 'log(1 + exp(x))' }).get('softplus').arity // 1
 */
export class OperatorTable implements OperatorLookup, Iterable<Operator> {
  private readonly byName = new Map<string, Operator>();
  private readonly bySign = new Map<string, Operator>();

  /** @throws OptionError "duplicate-operator" */
  constructor(rows: Iterable<Operator>) {
    for (const row of rows) {
      if (this.byName.has(row.name)) {
        throw new OptionError(
          'duplicate-operator',
          'operators',
          `operator "${row.name}" appears twice`,
          'rename one of them',
        );
      }
      this.byName.set(row.name, row);
      if (row.notation.form === 'infix') this.bySign.set(row.notation.text, row);
    }
    const power = this.bySign.get('^');
    if (power) this.bySign.set('**', power);
  }

  /** The operator of a name or an infix sign, or undefined. */
  find(name: string): Operator | undefined {
    return this.byName.get(name) ?? this.bySign.get(name);
  }

  /**
   * The operator of a name or an infix sign.
   *
   * @throws OptionError "unknown-operator" with the nearest name
   */
  get(name: string): Operator {
    const operator = this.find(name);
    if (operator) return operator;
    const near = nearest(name, this.names);
    throw new OptionError(
      'unknown-operator',
      'operators',
      `unknown operator "${name}"`,
      near !== undefined ? `did you mean "${near}"?` : `operators: ${this.names.join(', ')}`,
    );
  }

  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  get names(): string[] {
    return [...this.byName.keys()];
  }

  [Symbol.iterator](): IterableIterator<Operator> {
    return this.byName.values();
  }

  /**
   * A new table with one more operator: a full row, or a definition by a formula in x (and y).
   *
   * @throws OptionError "duplicate-operator" | "bad-operator-name" | "bad-arity" | "recursive-definition"
   * @throws ParseError when the formula cannot be read
   */
  with(row: Operator | OperatorDefinition): OperatorTable {
    return new OperatorTable([...this, 'apply' in row ? row : defineOperator(row, this)]);
  }
}
