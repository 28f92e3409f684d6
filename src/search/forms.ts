import { call, constant, type Expression, type Operator } from '../expressions/index.ts';
import type { Grammar } from './problem.ts';

/**
 * Builds common forms out of the operators a user allowed. A form that these operators cannot express
 * is `undefined`, and so is any form made from one.
 */
export class Forms {
  private readonly operators: ReadonlyMap<string, Operator>;

  constructor(grammar: Grammar) {
    this.operators = new Map([...grammar.unary, ...grammar.binary].map((operator) => [operator.name, operator]));
  }

  has(name: string): boolean {
    return this.operators.has(name);
  }

  /** name(args), or undefined when the operator or an argument is missing. */
  apply(name: string, ...args: (Expression | undefined)[]): Expression | undefined {
    const operator = this.operators.get(name);
    if (!operator) return undefined;
    for (const argument of args) if (!argument) return undefined;
    return call(operator, ...(args as Expression[]));
  }

  private first(...forms: (() => Expression | undefined)[]): Expression | undefined {
    for (const form of forms) {
      const built = form();
      if (built) return built;
    }
    return undefined;
  }

  add(a: Expression | undefined, b: Expression | undefined): Expression | undefined {
    return this.first(
      () => this.apply('add', a, b),
      () => (b?.kind === 'constant' ? this.apply('sub', a, constant(-b.value)) : undefined),
    );
  }

  multiply(a: Expression | undefined, b: Expression | undefined): Expression | undefined {
    if (a?.kind === 'constant' && a.value === 1) return b;
    return this.first(
      () => this.apply('mul', a, b),
      () => (a?.kind === 'constant' ? this.apply('div', b, constant(1 / a.value)) : undefined),
    );
  }

  divide(a: Expression | undefined, b: Expression | undefined): Expression | undefined {
    return this.first(
      () => this.apply('div', a, b),
      () => this.apply('mul', a, this.apply('inv', b)),
      () => this.apply('mul', a, this.apply('pow', b, constant(-1))),
    );
  }

  /** scale * f + offset; a zero offset or unit scale leaves no trace. */
  affine(scale: number, f: Expression | undefined, offset: number): Expression | undefined {
    const scaled = this.multiply(constant(scale), f);
    return offset === 0 ? scaled : this.add(scaled, constant(offset));
  }

  /** f^p in the shortest way the operators allow. */
  power(f: Expression | undefined, p: number): Expression | undefined {
    if (!f) return undefined;
    if (p === 1) return f;
    const named: Record<string, string> = { '2': 'square', '3': 'cube', '0.5': 'sqrt', '-1': 'inv' };
    return this.first(
      () => (named[p] ? this.apply(named[p], f) : undefined),
      () => this.apply('pow', f, constant(p)),
      () => (p === -1 ? this.apply('div', constant(1), f) : undefined),
      () => (p < 0 ? this.apply('div', constant(1), this.power(f, -p)) : undefined),
      () => (Number.isInteger(p) && p > 1 && p <= 6 ? this.apply('mul', this.power(f, p - 1), f) : undefined),
      () =>
        p > 1 && !Number.isInteger(p) && Number.isInteger(2 * p)
          ? this.multiply(this.power(f, Math.floor(p)), this.power(f, 0.5))
          : undefined,
      () =>
        p > 0 && p < 2 && !Number.isInteger(p) && Number.isInteger(3 * p)
          ? this.apply('cbrt', this.power(f, 3 * p))
          : undefined,
    );
  }
}
