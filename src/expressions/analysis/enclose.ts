import { OptionError } from '../../core/index.ts';
import type { Expression } from '../expression.ts';
import { ANYTHING, type Interval, interval, NOWHERE, point } from './interval.ts';
import { INTERVAL_RULES } from './interval-rules.ts';

/** Interval of each variable, ends included where they are finite; a variable without one may be any number. */
export type Domain = Readonly<Record<string, readonly [number, number]>>;

/**
 * Refuses what is no interval.
 *
 * @throws OptionError "bad-domain"
 */
export function checkDomain(domain: Domain): void {
  for (const [name, [low, high]] of Object.entries(domain)) {
    if (!(low <= high) || low === Infinity || high === -Infinity) {
      throw new OptionError('bad-domain', 'domain', `${low}..${high} for ${name}`, 'give the lower end first');
    }
  }
}

/** The interval of a variable. */
export function sideOf(domain: Domain, name: string): readonly [number, number] {
  return Object.hasOwn(domain, name) ? domain[name] : [-Infinity, Infinity];
}

/**
 * An interval that holds every value of a formula on a box, by the rules of interval arithmetic.
 *
 * The enclosure is as wide as the formula is written: x - x on [0, 1] is [-1, 1]. `enclosure.defined` says whether the
 * formula has a value everywhere on the box.
 *
 * @throws OptionError "bad-domain"
 * @example enclose(parse('x^2 - 1'), { x: [-2, 1] }).low // -1
 */
export function enclose(expression: Expression, domain: Domain): Interval {
  checkDomain(domain);
  return encloseOn(expression, domain);
}

/** As `enclose`, without the check, for boxes that are made here. */
export function encloseOn(expression: Expression, box: Domain): Interval {
  if (expression.kind === 'constant') return point(expression.value);
  if (expression.kind === 'variable') {
    const [low, high] = sideOf(box, expression.name);
    return interval(low, high);
  }
  const { operator, arguments: args } = expression;
  const a = encloseOn(args[0], box);
  if (a.defined === 'nowhere') return NOWHERE;
  const b = args.length > 1 ? encloseOn(args[1], box) : a;
  if (b.defined === 'nowhere') return NOWHERE;
  return applyRule(operator, args, a, b);
}

/** The enclosure of one operator; an operator defined by a formula is its formula on the intervals of its arguments. */
function applyRule(
  operator: Extract<Expression, { kind: 'call' }>['operator'],
  args: readonly Expression[],
  a: Interval,
  b: Interval,
): Interval {
  if (operator.definition) {
    const inner = encloseOn(operator.definition, { x: [a.low, a.high], y: [b.low, b.high] });
    const operands = args.length > 1 ? [a, b] : [a];
    const certain = operands.every((operand) => operand.defined === 'everywhere');
    return {
      ...inner,
      defined: inner.defined === 'everywhere' && !certain ? 'maybe' : inner.defined,
      continuous: inner.continuous && operands.every((operand) => operand.continuous),
    };
  }
  const rule = Object.hasOwn(INTERVAL_RULES, operator.name) ? INTERVAL_RULES[operator.name] : undefined;
  return rule ? rule(a, b) : ANYTHING;
}
