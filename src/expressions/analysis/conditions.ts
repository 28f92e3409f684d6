import { evaluate } from '../evaluate.ts';
import { type Expression, variablesOf } from '../expression.ts';
import { print } from '../print/print.ts';
import { boxOf, innerPoint, type Point, samplesOf } from './box.ts';
import type { Domain } from './enclose.ts';
import { Encloser } from './encloser.ts';
import type { Definedness } from './interval.ts';
import { restricted } from './restricted.ts';
import { split } from './sign.ts';
import { zerosOf } from './zeros.ts';

/** What an operator asks of its arguments, and whether a box grants it. */
export interface ConditionRecord {
  readonly operator: string;
  /** 'x - 1 > 0' */
  readonly condition: string;
  /** Over the box: always, for some points, never, or not settled. */
  readonly holds: 'always' | 'sometimes' | 'never' | 'undecided';
  /** A point at which it fails, for 'sometimes'. */
  readonly fails?: Point;
}

const SAMPLES = 64;
const MOST_BOXES = 200;

/** The conditions of a formula's operators on their arguments, each once, in the order of evaluation. */
export function conditionsOf(expression: Expression, domain: Domain): ConditionRecord[] {
  const found = new Map<string, ConditionRecord>();
  const visit = (node: Expression): void => {
    if (node.kind !== 'call') return;
    node.arguments.forEach(visit);
    const { operator, arguments: args } = node;
    const condition = operator.domain.text.replace(/\b[xy]\b/g, (name) => wrapped(args[name === 'x' ? 0 : 1]));
    // Operators without a condition, and those that hold whatever the arguments are: x^2.
    if (operator.domain.text === 'all real numbers' || args.every((argument) => argument.kind === 'constant')) return;
    if (operator.name === 'pow' && args[1].kind === 'constant' && Number.isInteger(args[1].value) && args[1].value >= 0)
      return;
    if (operator.name === 'div' && args[1].kind === 'constant' && args[1].value !== 0) return;
    const text = operator.name === 'pow' ? (powerCondition(args[0], args[1]) ?? condition) : condition;
    if (!found.has(text)) found.set(text, { operator: operator.name, condition: text, ...judge(node, domain) });
  };
  visit(expression);
  return [...found.values()];
}

function wrapped(argument: Expression | undefined): string {
  return argument ? print(argument) : '';
}

/** The condition of a power with a fixed exponent in one comparison. */
function powerCondition(base: Expression, exponent: Expression): string | null {
  if (exponent.kind !== 'constant') return null;
  const whole = Number.isInteger(exponent.value);
  return `${print(base)} ${whole ? '!= 0' : exponent.value < 0 ? '> 0' : '>= 0'}`;
}

function judge(node: Expression, domain: Domain): Pick<ConditionRecord, 'holds' | 'fails'> {
  const encloser = new Encloser(node, 1);
  const whole = boxOf(encloser.names, domain);
  let works = false;
  let fails: Point | undefined;
  for (const at of [...samplesOf(whole, SAMPLES), ...edgesOf(node, whole)]) {
    const args = node.kind === 'call' ? node.arguments.map((argument) => evaluate(argument, at)) : [];
    if (args.some(Number.isNaN)) continue;
    if (node.kind === 'call' && node.operator.domain.contains(args[0], args[1] ?? Number.NaN)) works = true;
    else fails ??= at;
  }
  if (works && fails) return { holds: 'sometimes', fails };
  const definedness = settle(encloser, whole);
  if (definedness === 'everywhere') return { holds: 'always' };
  if (definedness === 'nowhere') return { holds: 'never' };
  return fails ? { holds: 'sometimes', fails } : { holds: 'undecided' };
}

/** Points at which an argument that must not be 0 is exactly 0, the other variables inside the box. */
function edgesOf(node: Expression, whole: Domain): Point[] {
  if (node.kind !== 'call' || !NOT_ZERO.has(node.operator.name)) return [];
  const argument = node.arguments[node.arguments.length - 1];
  const inner = innerPoint(whole);
  return variablesOf(argument).flatMap((name) =>
    zerosOf(restricted(argument, name, inner), name, whole)
      .zeros.filter(({ low, high }) => low === high)
      .map(({ low }) => ({ ...inner, [name]: low })),
  );
}

const NOT_ZERO: ReadonlySet<string> = new Set(['div', 'inv', 'mod']);

/** Whether a formula has a value on a box, by bisection. */
function settle(encloser: Encloser, whole: Domain): Definedness {
  const queue: { box: Domain; depth: number }[] = [{ box: whole, depth: 0 }];
  let result: Definedness | null = null;
  for (let next = 0; next < queue.length; next++) {
    const { box, depth } = queue[next];
    const { defined } = encloser.plain(box);
    if (defined === 'maybe') {
      const halves = queue.length < MOST_BOXES ? split(box, encloser.names, depth) : null;
      if (!halves) return 'maybe';
      for (const half of halves) queue.push({ box: half, depth: depth + 1 });
    } else if (result === null) result = defined;
    else if (result !== defined) return 'maybe';
  }
  return result ?? 'maybe';
}

/** Whether the formula has a value everywhere on the box, somewhere or nowhere, as far as bisection tells. */
export function definednessOn(encloser: Encloser, domain: Domain): Definedness {
  return settle(encloser, boxOf(encloser.names, domain));
}
