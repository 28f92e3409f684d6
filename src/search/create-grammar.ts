import { nearest, OptionError } from '../core/index.ts';
import { type Operator, STANDARD_OPERATORS } from '../expressions/index.ts';
import type { ArgumentLimits, GrammarRules, NestingLimits } from './measure.ts';
import { hasUnits, type ResolvedOptions } from './options/options.ts';
import type { Grammar } from './problem.ts';
import type { Template } from './template/template.ts';
import { readConstants } from './units/named-constants.ts';
import { UnitRules } from './units/unit-rules.ts';

/**
 * The grammar that the options describe.
 *
 * @param inputs names that a law may contain
 * @throws AnsatzError "unknown-operator"; UnitError; OptionError "wrong-arity" | "unknown-operator" | "unknown-input"
 *   | "unknown-constant" | "contradictory-options"
 */
export function createGrammar(
  options: ResolvedOptions,
  inputs: readonly string[],
  template: Template | undefined,
): Grammar {
  const unary = unique(options.unaryOperators.map((operator) => resolveOperator(operator, 1)));
  const binary = unique(options.binaryOperators.map((operator) => resolveOperator(operator, 2)));
  const { maxSize, maxDepth } = options;
  const units = unitRules(options, inputs, [...unary, ...binary]);
  const rules = rulesOf(options, [...unary, ...binary], inputs);
  const constants = readConstants(options, inputs);
  return { unary, binary, maxSize, maxDepth, rules, template, units, constants };
}

function unique(operators: readonly Operator[]): Operator[] {
  const byName = new Map(operators.map((operator) => [operator.name, operator]));
  return [...byName.values()];
}

/** Undefined when no unit was given. @throws UnitError; OptionError "unknown-input" | "unreachable-dimension" */
function unitRules(
  options: ResolvedOptions,
  inputs: readonly string[],
  operators: readonly Operator[],
): UnitRules | undefined {
  if (!hasUnits(options)) return undefined;
  const { xUnits, yUnits, unitSystem, dimensionMode, dimensionlessConstantsOnly } = options;
  const spec = { xUnits, yUnits, unitSystem, dimensionMode, dimensionlessConstantsOnly };
  const rules = new UnitRules(spec, inputs, operators);
  rules.checkReachable();
  return rules;
}

/** Undefined when nothing but the operators' own rows counts, for that is the fast way. */
function rulesOf(
  options: ResolvedOptions,
  operators: readonly Operator[],
  inputs: readonly string[],
): GrammarRules | undefined {
  const { complexityOfVariables, complexityOfConstants, complexityMapping } = options;
  const known = new Map(operators.flatMap((row) => [[row.name, row] as const, [row.notation.text, row] as const]));
  const find = (option: string, name: string): Operator => {
    const row = known.get(name.trim()) ?? known.get(STANDARD_OPERATORS.find(name.trim())?.name ?? '');
    if (row) return row;
    const near = nearest(name, [...known.keys()]);
    const hint = near
      ? `did you mean "${near}"?`
      : `operators of this search: ${operators.map((each) => each.name).join(', ')}`;
    throw new OptionError('unknown-operator', option, `"${name}" is not among the operators`, hint);
  };
  const byOperator = <V, W>(option: string, record: Readonly<Record<string, V>>, of: (value: V, row: Operator) => W) =>
    Object.fromEntries(
      Object.entries(record).map(([name, value]) => {
        const row = find(option, name);
        return [row.name, of(value, row)];
      }),
    );
  const argumentLimits: ArgumentLimits = byOperator('constraints', options.constraints, (value, row) => {
    if (Array.isArray(value) && value.length !== row.arity) {
      throw new OptionError(
        'wrong-arity',
        'constraints',
        `"${row.name}" takes ${row.arity} argument`,
        'give one number',
      );
    }
    return Array.isArray(value) ? value : Array.from({ length: row.arity }, () => value as number);
  });
  const nestingLimits: NestingLimits = byOperator('nestedConstraints', options.nestedConstraints, (inner) =>
    byOperator('nestedConstraints', inner, (most) => most),
  );
  const operatorComplexity = byOperator('complexityOfOperators', options.complexityOfOperators, (value) => value);
  const perInput = typeof complexityOfVariables === 'object';
  if (perInput) {
    for (const name of Object.keys(complexityOfVariables)) {
      if (inputs.includes(name)) continue;
      const near = nearest(name, [...inputs]);
      const hint = near ? `did you mean "${near}"?` : `inputs: ${inputs.join(', ')}`;
      throw new OptionError('unknown-input', 'complexityOfVariables', `no input "${name}"`, hint);
    }
  }
  const plain =
    Object.keys({ ...argumentLimits, ...nestingLimits, ...operatorComplexity }).length === 0 &&
    complexityOfConstants === 1 &&
    complexityOfVariables === 1 &&
    !complexityMapping;
  if (plain) return undefined;
  return {
    argumentLimits,
    nestingLimits,
    complexity: {
      operators: operatorComplexity,
      constants: complexityOfConstants,
      variables: perInput ? complexityOfVariables : {},
      otherVariables: perInput ? 1 : complexityOfVariables,
      mapping: complexityMapping,
    },
  };
}

function resolveOperator(operator: string | Operator, arity: 1 | 2): Operator {
  const row = typeof operator === 'string' ? STANDARD_OPERATORS.get(operator.trim()) : operator;
  if (row.arity === arity) return row;
  const [list, other] = arity === 1 ? ['unaryOperators', 'binaryOperators'] : ['binaryOperators', 'unaryOperators'];
  const message = `"${row.name}" takes ${row.arity} argument${row.arity === 1 ? '' : 's'}`;
  throw new OptionError('wrong-arity', list, message, `put it in ${other}`);
}
