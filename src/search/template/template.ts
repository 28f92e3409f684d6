import { OptionError } from '../../core/index.ts';
import { compile, type Program } from '../../evaluation/index.ts';
import {
  call,
  constant,
  derive,
  deriveUnsimplified,
  type Expression,
  type Operator,
  type OperatorTable,
  STANDARD_OPERATORS,
  substitute,
  variable,
  variablesOf,
} from '../../expressions/index.ts';
import { type ParsedTemplate, parseTemplate, placeholderName } from './parse-template.ts';

/** A template as a user gives it: the combining formula, or that with what it leaves open. */
export interface TemplateSpec {
  /** Such as "f(x, y) * exp(-g(z)) + p[1]". */
  readonly combine: string;
  /** Names of the functions to search for; every unknown name that is called when absent. */
  readonly functions?: readonly string[];
  /** Size of each vector of parameters; by the largest index when absent. */
  readonly parameters?: Readonly<Record<string, number>>;
}

/** A function that is searched for. */
export interface TemplateFunction {
  readonly name: string;
  /** Names of its arguments: _1, _2, ... */
  readonly inputs: readonly string[];
}

/** A vector of parameters, indexed by number or by the category in a column. */
export interface TemplateParameters {
  readonly name: string;
  readonly size: number;
  /** The column of categories; undefined for p[1], p[2], ... */
  readonly column: string | undefined;
}

/** Name of the row that holds a candidate together: the functions' trees, then the parameters. */
export const TEMPLATE_OPERATOR = 'template';

/** The column that is 1 where the category is `code` and 0 elsewhere; categories count from 1. */
export function indicatorColumn(column: string, code: number): string {
  return `\u0001${column}\u0001${code}`;
}

const parameterName = (index: number): string => `\u0001p${index}`;
const argumentName = (index: number): string => `_${index + 1}`;

/**
 * A fixed form around functions that are searched together.
 *
 * A candidate is one tree: a node `template` over the functions' trees and the parameters, whose constants
 * are therefore one vector like those of any tree. It is compiled through its expansion, where a function
 * that is called twice shares its constants.
 */
export class Template {
  readonly spec: TemplateSpec;
  /** Number of categories by column. */
  readonly categories: Readonly<Record<string, number>>;
  readonly functions: readonly TemplateFunction[];
  readonly parameters: readonly TemplateParameters[];
  /** Columns that the form mentions. */
  readonly columns: readonly string[];
  readonly operator: Operator;
  private readonly parsed: ParsedTemplate;
  private readonly offsets: ReadonlyMap<string, number>;

  /**
   * @param categories number of categories of each column that indexes a vector
   * @throws ParseError | OptionError "bad-template"
   */
  constructor(
    spec: TemplateSpec,
    categories: Readonly<Record<string, number>> = {},
    operators: OperatorTable = STANDARD_OPERATORS,
  ) {
    this.spec = spec;
    this.categories = categories;
    this.parsed = parseTemplate(spec.combine, operators, spec.functions);
    this.functions = functionsOf(this.parsed, spec);
    this.parameters = parametersOf(this.parsed, spec, categories);
    const offsets = new Map<string, number>();
    let parameters = 0;
    for (const vector of this.parameters) {
      offsets.set(vector.name, parameters);
      parameters += vector.size;
    }
    this.offsets = offsets;
    const columns = new Set<string>();
    const collect = (tree: Expression): void => {
      for (const name of variablesOf(tree)) if (!name.startsWith('\u0001')) columns.add(name);
    };
    collect(this.parsed.combine);
    for (const placeholder of this.parsed.placeholders) {
      if (placeholder.kind === 'function') placeholder.arguments.forEach(collect);
    }
    this.columns = [...columns];
    this.operator = templateRow(this.functions.length + parameters);
  }

  /** Columns of categories, each once. */
  get categoryColumns(): string[] {
    return categoryColumnsOf(this.parsed);
  }

  /** A candidate from the functions' trees; parameters start at 1. */
  create(trees: readonly Expression[], parameters?: ArrayLike<number>): Expression {
    const count = this.operator.arity - this.functions.length;
    const values = Array.from({ length: count }, (_, i) => constant(parameters?.[i] ?? 1));
    return call(this.operator, ...trees, ...values);
  }

  /** The functions' trees of a candidate. */
  trees(candidate: Expression): readonly Expression[] {
    return candidate.kind === 'call' ? candidate.arguments.slice(0, this.functions.length) : [];
  }

  /** Values of the vectors of a candidate, by name. */
  parameterValues(candidate: Expression): Record<string, number[]> {
    const values = candidate.kind === 'call' ? candidate.arguments.slice(this.functions.length) : [];
    const numbers = values.map((node) => (node.kind === 'constant' ? node.value : NaN));
    return Object.fromEntries(
      this.parameters.map(({ name, size }) => {
        const offset = this.offsets.get(name)!;
        return [name, numbers.slice(offset, offset + size)];
      }),
    );
  }

  /** The candidate with one function's tree replaced. */
  withTree(candidate: Expression, index: number, tree: Expression): Expression {
    if (candidate.kind !== 'call') return candidate;
    const args = candidate.arguments.slice();
    args[index] = tree;
    return { kind: 'call', operator: candidate.operator, arguments: args };
  }

  /** The program of a candidate; its parameters are the candidate's constants in pre-order. */
  compile(candidate: Expression, columns: ReadonlyMap<string, number>): Program {
    const values: number[] = [];
    const names = new Map<string, number>();
    const tree = this.expand(
      candidate,
      indicatorSum,
      (value) => {
        const name = parameterName(values.length);
        names.set(name, values.length);
        values.push(value);
        return variable(name);
      },
      deriveUnsimplified,
    );
    return compile(tree, columns, { names, values });
  }

  /**
   * The formula that a candidate stands for, in the columns of the table. A vector by category becomes a sum of
   * steps in the number of the category.
   */
  express(candidate: Expression): Expression {
    return this.expand(candidate, stepSum, constant, derive);
  }

  private expand(
    candidate: Expression,
    byCategory: (column: string, values: readonly Expression[]) => Expression,
    leaf: (value: number) => Expression,
    differentiate: (tree: Expression, variable: string) => Expression,
  ): Expression {
    if (candidate.kind !== 'call') return candidate;
    // Constants are numbered in pre-order, so that functions come first and vectors after them.
    const visit = (node: Expression): Expression => {
      if (node.kind === 'constant') return leaf(node.value);
      if (node.kind === 'variable') return node;
      return { kind: 'call', operator: node.operator, arguments: node.arguments.map(visit) };
    };
    const children = candidate.arguments.map(visit);
    const parameters = children.slice(this.functions.length);
    const bodies = new Map(this.functions.map(({ name }, i) => [name, children[i]]));
    const values: Record<string, Expression> = {};
    this.parsed.placeholders.forEach((placeholder, i) => {
      const name = placeholderName(i);
      if (placeholder.kind === 'parameter') {
        values[name] = parameters[this.offsets.get(placeholder.name)! + placeholder.index];
      } else if (placeholder.kind === 'category') {
        const offset = this.offsets.get(placeholder.name)!;
        const { size } = this.parameters.find((vector) => vector.name === placeholder.name)!;
        values[name] = byCategory(placeholder.column, parameters.slice(offset, offset + size));
      } else {
        let body = bodies.get(placeholder.name)!;
        for (const index of placeholder.derivatives) body = differentiate(body, argumentName(index));
        // Placeholders of inner calls come before those of the calls around them.
        const args = placeholder.arguments.map((argument) => substitute(argument, values));
        values[name] = substitute(body, Object.fromEntries(args.map((tree, k) => [argumentName(k), tree])));
      }
    });
    return substitute(this.parsed.combine, values);
  }
}

function functionsOf(parsed: ParsedTemplate, spec: TemplateSpec): TemplateFunction[] {
  const arities = new Map<string, number>();
  for (const placeholder of parsed.placeholders) {
    if (placeholder.kind !== 'function') continue;
    const { name } = placeholder;
    const arity = placeholder.arguments.length;
    const known = arities.get(name) ?? arity;
    if (known !== arity) throw fault(`"${name}" is called with ${known} and with ${arity} arguments`, 'use one number');
    arities.set(name, arity);
  }
  for (const name of spec.functions ?? []) {
    if (!arities.has(name)) throw fault(`the function "${name}" does not occur`, 'call it in combine, or leave it out');
  }
  return [...arities].map(([name, arity]) => ({
    name,
    inputs: Array.from({ length: arity }, (_, i) => argumentName(i)),
  }));
}

function parametersOf(
  parsed: ParsedTemplate,
  spec: TemplateSpec,
  categories: Readonly<Record<string, number>>,
): TemplateParameters[] {
  const vectors = new Map<string, TemplateParameters>();
  for (const placeholder of parsed.placeholders) {
    if (placeholder.kind === 'function') continue;
    const { name } = placeholder;
    const column = placeholder.kind === 'category' ? placeholder.column : undefined;
    const held = vectors.get(name);
    if (held && held.column !== column) throw fault(`"${name}" has two kinds of index`, 'use one name for each');
    const declared = spec.parameters?.[name];
    const needed = placeholder.kind === 'category' ? (categories[placeholder.column] ?? 1) : placeholder.index + 1;
    if (declared !== undefined && declared < needed) {
      throw fault(`"${name}" has ${declared} entries and needs ${needed}`, 'give it more');
    }
    vectors.set(name, { name, column, size: declared ?? Math.max(held?.size ?? 0, needed) });
  }
  for (const name of Object.keys(spec.parameters ?? {})) {
    if (!vectors.has(name)) throw fault(`the parameters "${name}" do not occur`, `write ${name}[1] in combine`);
  }
  return [...vectors.values()];
}

function categoryColumnsOf(parsed: ParsedTemplate): string[] {
  const columns = parsed.placeholders.flatMap((placeholder) =>
    placeholder.kind === 'category' ? placeholder.column : [],
  );
  return [...new Set(columns)];
}

/** Columns that index a vector in a template, without knowing how many categories they hold. */
export function templateCategories(spec: TemplateSpec, operators: OperatorTable = STANDARD_OPERATORS): string[] {
  return categoryColumnsOf(parseTemplate(spec.combine, operators, spec.functions));
}

const STANDARD = (name: string): Operator => STANDARD_OPERATORS.get(name);

function sum(terms: readonly Expression[]): Expression {
  return terms.reduce((total, term) => call(STANDARD('add'), total, term));
}

/** v1 * [column is 1] + v2 * [column is 2] + ... over the indicator columns. */
function indicatorSum(column: string, values: readonly Expression[]): Expression {
  if (values.length === 1) return values[0];
  return sum(values.map((value, k) => call(STANDARD('mul'), value, variable(indicatorColumn(column, k + 1)))));
}

/** v1 + (v2 - v1) * step(column - 1.5) + (v3 - v2) * step(column - 2.5) + ... */
function stepSum(column: string, values: readonly Expression[]): Expression {
  const jump = (from: Expression, to: Expression): Expression =>
    from.kind === 'constant' && to.kind === 'constant'
      ? constant(to.value - from.value)
      : call(STANDARD('sub'), to, from);
  const terms = values.map((value, k) => {
    if (k === 0) return value;
    const past = call(STANDARD('step'), call(STANDARD('sub'), variable(column), constant(k + 0.5)));
    return call(STANDARD('mul'), jump(values[k - 1], value), past);
  });
  return sum(terms);
}

/** A row that exists only inside the search: it holds the parts of a candidate and adds no complexity. */
function templateRow(count: number): Operator {
  return {
    name: TEMPLATE_OPERATOR,
    // The one row with more than two arguments; no formula that a user sees contains it.
    arity: count as 1 | 2,
    complexity: 0,
    notation: { text: TEMPLATE_OPERATOR, form: 'function', latex: '' },
    apply: () => Number.NaN,
    derivative: () => [],
    domain: { text: 'nowhere', contains: () => false },
    facts: {},
  };
}

function fault(message: string, hint: string): OptionError {
  return new OptionError('bad-template', 'template', message, hint);
}
