import { OptionError } from '../core/index.ts';
import { type FitOptions, MUTATION_NAMES, PHASE_NAMES } from '../search/index.ts';
import { choiceOf, names, numberIn, once, type Parser, pairsOf } from './option-values.ts';

/** Readers of the values of `ansatz fit` that are more than a number or a word. */
const COUNT = { least: 0, most: 1000, whole: true };
const ANY = { least: -Infinity };

/** on, off or auto. */
export function batching(flag: string): Parser<boolean | 'auto'> {
  return once(flag, (value) => {
    const word = choiceOf(flag, value, ['auto', 'on', 'off']);
    return word === 'auto' ? word : word === 'on';
  });
}

/** 32 or 64. */
export function precision(flag: string): Parser<32 | 64> {
  return once(flag, (value) => (choiceOf(flag, value, ['32', '64']) === '32' ? 32 : 64));
}

/** Names of phases. */
export function phases(flag: string): Parser<string[]> {
  const read = names(flag);
  return (value, previous) => read(value, previous).map((name) => choiceOf(flag, name, PHASE_NAMES));
}

/** A limit for all arguments, "5", or one for each, "-1:1". */
export function argumentLimits(flag: string): (value: string) => number | [number, number] {
  return (value) => {
    const limits = value.split(':').map((part) => numberIn(flag, part, { ...COUNT, least: -1 }));
    if (limits.length === 1) return limits[0];
    if (limits.length === 2) return [limits[0], limits[1]];
    throw new OptionError(
      'not-a-limit',
      flag,
      `"${value}" has ${limits.length} limits`,
      'give one for each argument, -1:1',
    );
  };
}

/** "outer:inner=most" for pairs of operators. */
export function nesting(flag: string): Parser<Record<string, Record<string, number>>> {
  const example = 'sin:cos=0';
  return once(flag, (value) => {
    const flat = pairsOf(flag, value, example, (most) => numberIn(flag, most, COUNT));
    const nested = new Map<string, [string, number][]>();
    for (const [names, most] of Object.entries(flat)) {
      const [outer, inner = '', ...rest] = names.split(':').map((name) => name.trim());
      if (outer === '' || inner === '' || rest.length > 0) {
        throw new OptionError('not-a-pair', flag, `"${names}" is not OUTER:INNER`, `write ${flag} "${example}"`);
      }
      nested.set(outer, [...(nested.get(outer) ?? []), [inner, most]]);
    }
    return Object.fromEntries([...nested].map(([outer, inner]) => [outer, Object.fromEntries(inner)]));
  });
}

/** One number for all, or numbers by name. */
export function complexities(flag: string): Parser<number | Record<string, number>> {
  const range = { least: 0, most: 1000 };
  return once(flag, (value) =>
    value.includes('=')
      ? pairsOf(flag, value, 'x=1,y=3', (each) => numberIn(flag, each, range))
      : numberIn(flag, value, range),
  );
}

type KnownConstants = NonNullable<FitOptions['knownConstants']>;

/** Names of constants, "c,k_B", and others with their values, "v0=3.1 m/s". */
export function knownConstants(flag: string): Parser<KnownConstants> {
  const read = names(flag);
  return (value, previous) => {
    const parts = read(value, previous);
    if (!parts.some((part) => part.includes('='))) return parts;
    const entries = parts.map((part) => {
      const [name, ...rest] = part.split('=');
      if (rest.length === 0) return [name.trim(), true] as const;
      const [number = '', unit = ''] = /^(\S*)\s*(.*)$/.exec(rest.join('=').trim())?.slice(1) ?? [];
      const own = { value: numberIn(flag, number, { least: 0, open: true }), ...(unit === '' ? {} : { unit }) };
      return [name.trim(), own] as const;
    });
    const twice = entries.find(([name], i) => entries.findIndex((entry) => entry[0] === name) < i);
    if (twice) throw new OptionError('name-twice', flag, `"${twice[0]}" is given twice`, 'give it once');
    return Object.fromEntries(entries);
  };
}

const LOSSES = ['L2', 'L1', 'Huber', 'log-cosh', 'chi2'];

/** A single word is the name of a loss; anything else is a formula. */
export function loss(flag: string): Parser<string> {
  return once(flag, (value) => {
    const word = value.trim();
    if (!/^[\w-]*$/.test(word)) return word;
    return choiceOf(flag, word, LOSSES, ', or a formula in prediction, target and weight');
  });
}

/** "low:high"; a side that is left out, or inf, is no bound. */
export function bounds(flag: string): Parser<[number, number]> {
  return once(flag, (value) => {
    const sides = value.split(':').map((side) => side.trim());
    if (sides.length !== 2)
      throw new OptionError('not-a-range', flag, `"${value}" is not LOW:HIGH`, `write ${flag} -10:10`);
    const [low, high] = sides.map((side, i) => {
      if (side === '' || /^[+-]?inf(inity)?$/i.test(side))
        return side.startsWith('-') || (side === '' && i === 0) ? -Infinity : Infinity;
      return numberIn(flag, side, ANY);
    });
    return [low, high];
  });
}

/** Weights by the name of a mutation. */
export function mutationWeights(flag: string): Parser<Record<string, number>> {
  return once(flag, (value) => {
    const given = pairsOf(flag, value, 'addNode=2,rotateTree=4', (each) => numberIn(flag, each, { least: 0 }));
    return Object.fromEntries(
      Object.entries(given).map(([name, weight]) => [choiceOf(flag, name, MUTATION_NAMES), weight]),
    );
  });
}

type Guess = NonNullable<FitOptions['guesses']>[number];

/** A formula, or of a template its functions and vectors by name, separated by semicolons. */
export function guess(flag: string): Parser<Guess> {
  return once<Guess>(flag, (value) => {
    if (value.trim() === '')
      throw new OptionError('empty-value', flag, 'the value is empty', `write ${flag} "x^2 + 1"`);
    return /^\s*[A-Za-z_]\w*\s*=/.test(value) ? parts(flag, value) : value;
  });
}

function parts(flag: string, value: string): Guess {
  const functions = new Map<string, string>();
  const parameters = new Map<string, number[]>();
  for (const part of value.split(';').filter((each) => each.trim() !== '')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(0, equals)).trim();
    const given = part.slice(equals + 1).trim();
    if (name === '' || given === '') {
      throw new OptionError('not-a-pair', flag, `"${part.trim()}" is not NAME=FORMULA`, `write ${flag} "f=_1^2; g=_1"`);
    }
    if (functions.has(name) || parameters.has(name))
      throw new OptionError('name-twice', flag, `"${name}" is given twice`, 'give it once');
    const list = /^\[(.*)\]$/.exec(given);
    if (list)
      parameters.set(
        name,
        list[1].split(',').map((each) => numberIn(flag, each, ANY)),
      );
    else functions.set(name, given);
  }
  return {
    functions: Object.fromEntries(functions),
    ...(parameters.size > 0 ? { parameters: Object.fromEntries(parameters) } : {}),
  };
}
