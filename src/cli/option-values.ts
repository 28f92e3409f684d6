import { nearest, OptionError } from '../core/index.ts';

type Parser<T> = (value: string, previous: T | undefined) => T;

/** A parser of a value that may be given once and is no option itself. */
function once<T>(option: string, parse: (value: string) => T): Parser<T> {
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
  const { least, most = Number.MAX_VALUE, open = false, whole = false } = range;
  return once(option, (value) => {
    const given = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value.trim()) ? Number(value) : Number.NaN;
    const kind = whole ? 'whole number' : 'number';
    const above = open ? `above ${least}` : `${least} or more`;
    const wanted = most < Number.MAX_VALUE ? `a ${kind} from ${least} to ${most}` : `a ${kind}, ${above}`;
    if (!Number.isFinite(given) || (whole && !Number.isInteger(given))) {
      throw new OptionError('not-a-number', option, `"${value}" is not a ${kind}`, `give ${wanted}`);
    }
    if (given < least || given > most || (open && given === least)) {
      throw new OptionError('out-of-range', option, `${value} is out of range`, `give ${wanted}`);
    }
    return given;
  });
}

/** One of a few words, whatever the case of its letters. */
export function choice<T extends string>(option: string, choices: readonly T[]): Parser<T> {
  return once(option, (value) => {
    const found = choices.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
    if (found !== undefined) return found;
    const near = nearest(value, choices);
    const hint = near ? `did you mean ${near}? Choices: ${choices.join(', ')}` : `choices: ${choices.join(', ')}`;
    throw new OptionError('unknown-choice', option, `"${value}" is not a choice`, hint);
  });
}

/**
 * Names separated by commas; a name with a comma goes in double quotes. `none` gives the empty list
 * where `mayBeEmpty`.
 */
export function names(option: string, mayBeEmpty = false): Parser<string[]> {
  return once<string[]>(option, (value) => {
    if (mayBeEmpty && ['', 'none'].includes(value.trim())) return [];
    const found = (value.match(/("[^"]*"|[^,"])+/g) ?? []).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
    const wanted = found.filter((name) => name !== '');
    if (wanted.length === 0) throw new OptionError('empty-value', option, 'no name is given', `write ${option} A,B`);
    const twice = wanted.find((name, i) => wanted.indexOf(name) !== i);
    if (twice !== undefined) throw new OptionError('name-twice', option, `"${twice}" is given twice`, 'give it once');
    return wanted;
  });
}
