import { nearest, OptionError } from '../core/index.ts';

/** Reads the text of an option; `previous` is what an earlier one gave. @throws OptionError */
export type Parser<T> = (value: string, previous?: unknown) => T;

/** A parser of a value that may be given once and is no option itself. */
export function once<T>(option: string, parse: (value: string) => T): Parser<T> {
  return (value, previous) => {
    if (previous !== undefined) throw new OptionError('option-twice', option, 'given twice', 'give it once');
    if (value.startsWith('--')) {
      throw new OptionError('missing-value', option, `a value is missing before ${value}`, `write ${option} VALUE`);
    }
    return parse(value);
  };
}

/** Any text but the empty one. */
export function text(option: string): Parser<string> {
  return once(option, (value) => {
    if (value.trim() === '')
      throw new OptionError('empty-value', option, 'the value is empty', `write ${option} VALUE`);
    return value;
  });
}

/** A number in [least, most], or (least, most] when `open`; `whole` asks for an integer. */
export interface NumberRange {
  readonly least: number;
  readonly most?: number;
  readonly open?: boolean;
  readonly whole?: boolean;
}

/** A finite decimal number within a range. */
export function number(option: string, range: NumberRange): Parser<number> {
  return once(option, (value) => numberIn(option, value, range));
}

/** The number that a text is. @throws OptionError "not-a-number" | "out-of-range" */
export function numberIn(option: string, value: string, range: NumberRange): number {
  const { least, most = Number.MAX_VALUE, open = false, whole = false } = range;
  const given = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value.trim()) ? Number(value) : Number.NaN;
  const kind = whole ? 'whole number' : 'number';
  const above = open ? `above ${least}` : `${least} or more`;
  const bounded = most < Number.MAX_VALUE ? `a ${kind} from ${least} to ${most}` : `a ${kind}, ${above}`;
  const wanted = least === -Infinity ? `a ${kind}` : bounded;
  if (!Number.isFinite(given) || (whole && !Number.isInteger(given))) {
    throw new OptionError('not-a-number', option, `"${value}" is not a ${kind}`, `give ${wanted}`);
  }
  if (given < least || given > most || (open && given === least)) {
    throw new OptionError('out-of-range', option, `${value} is out of range`, `give ${wanted}`);
  }
  return given;
}

/** One of a few words, whatever the case of its letters. */
export function choice<T extends string>(option: string, choices: readonly T[]): Parser<T> {
  return once(option, (value) => choiceOf(option, value, choices));
}

/** The choice that a text names. @throws OptionError "unknown-choice" */
export function choiceOf<T extends string>(option: string, value: string, choices: readonly T[], others = ''): T {
  const found = choices.find((candidate) => candidate.toLowerCase() === value.trim().toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(value, choices);
  const list = `hoices: ${choices.join(', ')}${others}`;
  const hint = near ? `did you mean ${near}? C${list}` : `c${list}`;
  throw new OptionError('unknown-choice', option, `"${value}" is not a choice`, hint);
}

/**
 * Names separated by commas; a name with a comma goes in double quotes. `none` gives the empty list
 * where `mayBeEmpty`.
 */
export function names(option: string, mayBeEmpty = false): Parser<string[]> {
  return once<string[]>(option, (value) => {
    if (mayBeEmpty && ['', 'none'].includes(value.trim())) return [];
    const wanted = split(value)
      .map(unquoted)
      .filter((name) => name !== '');
    if (wanted.length === 0) throw new OptionError('empty-value', option, 'no name is given', `write ${option} A,B`);
    const twice = wanted.find((name, i) => wanted.indexOf(name) !== i);
    if (twice !== undefined) throw new OptionError('name-twice', option, `"${twice}" is given twice`, 'give it once');
    return wanted;
  });
}

/** The parts between commas that stand in no double quotes. */
function split(value: string): string[] {
  return (value.match(/("[^"]*"|[^,"])+/g) ?? []).map((part) => part.trim());
}

function unquoted(name: string): string {
  return name.trim().replace(/^"(.*)"$/, '$1');
}

/**
 * Values by name, "a=1,b=2"; a name with a comma goes in double quotes.
 *
 * @param read reads a value, which a name of its own stands before
 */
export function pairs<V>(
  option: string,
  example: string,
  read: (value: string, name: string) => V,
): Parser<Record<string, V>> {
  return once(option, (value) => pairsOf(option, value, example, read));
}

/** The values by name of a text. @throws OptionError "not-a-pair" | "name-twice" | "empty-value" */
export function pairsOf<V>(
  option: string,
  value: string,
  example: string,
  read: (value: string, name: string) => V,
): Record<string, V> {
  const entries = new Map<string, V>();
  for (const part of split(value)) {
    const equals = part.lastIndexOf('=');
    const name = unquoted(part.slice(0, Math.max(0, equals)));
    if (name === '')
      throw new OptionError('not-a-pair', option, `"${part}" is not NAME=VALUE`, `write ${option} "${example}"`);
    if (entries.has(name)) throw new OptionError('name-twice', option, `"${name}" is given twice`, 'give it once');
    entries.set(name, read(part.slice(equals + 1).trim(), name));
  }
  if (entries.size === 0)
    throw new OptionError('empty-value', option, 'the value is empty', `write ${option} "${example}"`);
  return Object.fromEntries(entries);
}

/** A value that may be given more than once: the list of all. */
export function repeated<T>(read: Parser<T>): Parser<T[]> {
  return (value, previous) => [...((previous as T[] | undefined) ?? []), read(value)];
}
