import { type Expression, variablesOf } from '../expression.ts';

type Trend = 'increasing' | 'decreasing';

const OPPOSITE: Readonly<Record<Trend, Trend>> = { increasing: 'decreasing', decreasing: 'increasing' };

/** Operators that do not fall with either argument. */
const RISING_PAIRS: ReadonlySet<string> = new Set(['add', 'min', 'max']);

/**
 * The trend that follows from the operators alone: monotone functions of monotone functions, their sums and multiples.
 *
 * It needs no derivative, so that steps and kinks do not matter: floor(2 x) - 1 is increasing. Null where the operators
 * do not tell.
 */
export function structuralTrend(expression: Expression, name: string): Trend | null {
  if (expression.kind === 'variable') return expression.name === name ? 'increasing' : null;
  if (expression.kind === 'constant') return null;
  const { operator, arguments: args } = expression;
  const [first, second] = args;
  if (operator.name === 'neg') return opposite(structuralTrend(first, name));
  if (operator.facts.monotone && args.length === 1) return structuralTrend(first, name);
  if (args.length < 2) return null;
  const moves = args.map((argument) => variablesOf(argument).includes(name));
  const trends = args.map((argument, i) => (moves[i] ? structuralTrend(argument, name) : null));
  if (moves.some((moving, i) => moving && trends[i] === null)) return null;
  if (operator.name === 'sub') trends[1] = opposite(trends[1]);
  if (operator.name === 'sub' || RISING_PAIRS.has(operator.name)) {
    const [a, b] = trends;
    return a === null || b === null || a === b ? (a ?? b) : null;
  }
  const factor = operator.name === 'mul' || (operator.name === 'div' && !moves[1]) ? (moves[0] ? second : first) : null;
  if (factor?.kind !== 'constant' || factor.value === 0) return null;
  const trend = trends[0] ?? trends[1];
  return factor.value > 0 ? trend : opposite(trend);
}

function opposite(trend: Trend | null): Trend | null {
  return trend && OPPOSITE[trend];
}
