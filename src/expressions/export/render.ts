import type { Call, Expression } from '../expression.ts';
import type { Notation, NumberPlace } from './target.ts';
import { around, LEVEL, type Template } from './template.ts';

const ROOT: NumberPlace = { exponent: false, amongConstants: true };

/** An expression in the notation of a language. */
export function render(expression: Expression, notation: Notation): string {
  const constants = new Map<Expression, boolean>();
  const isConstant = (node: Expression): boolean => {
    if (node.kind !== 'call') return node.kind === 'constant';
    let known = constants.get(node);
    if (known === undefined) {
      known = node.arguments.every(isConstant);
      constants.set(node, known);
    }
    return known;
  };
  const show = (node: Expression, place: NumberPlace): { text: string; level: number } => {
    if (node.kind === 'variable') return { text: node.name, level: LEVEL.atom };
    if (node.kind === 'constant') {
      const text = notation.number(node.value, place);
      return { text, level: numberLevel(text) };
    }
    const template = notation.special?.(node) ?? notation.operators[node.operator.name];
    const amongConstants = node.arguments.every(isConstant);
    const parts = node.arguments.map((argument, i) =>
      show(argument, { exponent: i === 1 && node.operator.name === 'pow', amongConstants }),
    );
    const text = template.text.replace(/#([12])/g, (_match, index: string) => {
      const part = parts[Number(index) - 1];
      return part.level < template.needs[Number(index) - 1] ? `(${part.text})` : part.text;
    });
    return { text, level: template.level };
  };
  return show(expression, ROOT).text;
}

function numberLevel(text: string): number {
  if (text.startsWith('-')) return LEVEL.sign;
  return /^\d+\/\d+$/.test(text) ? LEVEL.product : LEVEL.atom;
}

/** A finite number as a double literal: the shortest decimal that reads back exactly, always with a point or an e. */
export function doubleLiteral(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A number in a language with words for what is not finite. */
export function numbersWith(
  words: { readonly nan: string; readonly infinity: string },
  finite: (value: number) => string = doubleLiteral,
): (value: number) => string {
  return (value) => {
    if (Number.isFinite(value)) return finite(value);
    return Number.isNaN(value) ? words.nan : value > 0 ? words.infinity : `-${words.infinity}`;
  };
}

const LARGEST_WHOLE_POWER = 16;

/**
 * The exponent, when a power is x^1 to x^16 in plain sight: there every language agrees with the rule of Ansatz, so
 * that the guarded power is not needed.
 */
export function smallWholePower(node: Call): number | undefined {
  if (node.operator.name !== 'pow') return undefined;
  const exponent = node.arguments[1];
  if (exponent.kind !== 'constant' || !Number.isInteger(exponent.value)) return undefined;
  return exponent.value >= 1 && exponent.value <= LARGEST_WHOLE_POWER ? exponent.value : undefined;
}

/** A `special` that writes small whole powers with a sign, as in `x ** 3`. */
export function wholePowers(sign: string): (node: Call) => Template | undefined {
  return (node) => {
    const exponent = smallWholePower(node);
    return exponent === undefined ? undefined : around(`#1${sign}${exponent}`, LEVEL.power);
  };
}

/**
 * The definitions that a text uses, in the order of the table; a definition may use earlier ones.
 *
 * @param table source text by the name that is called in formulas
 */
export function usedDefinitions(text: string, table: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(table);
  const used = new Set<string>();
  let searched = text;
  for (const name of names.reverse()) {
    if (!new RegExp(`(?<![A-Za-z0-9_.:])${name}\\b`).test(searched)) continue;
    used.add(name);
    searched += `\n${table[name]}`;
  }
  return Object.keys(table)
    .filter((name) => used.has(name))
    .map((name) => table[name]);
}
