/** A value of a Python literal: a dict as a Map, a tuple or list as an array. */
export type PythonValue = string | number | boolean | null | readonly PythonValue[] | ReadonlyMap<string, PythonValue>;

/** Deepest nesting that is read. */
const DEEPEST = 32;
const NUMBER = /[+-]?\d+L?/y;
const STRING = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/y;
const WORD = /[A-Za-z]+/y;
const SPACE = /\s*/y;
const WORDS: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };

/**
 * Reads a Python literal of strings, whole numbers, True, False, None, tuples, lists and dicts with strings as keys,
 * the language of the header of an npy file; undefined when the text is anything else. Nothing is evaluated.
 *
 * @example parsePythonLiteral("{'descr': '<f8', 'shape': (3,), }")?.get('shape') // [3]
 */
export function parsePythonLiteral(text: string): ReadonlyMap<string, PythonValue> | undefined {
  let position = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const found = pattern.exec(text);
    if (found) position += found[0].length;
    return found;
  };
  const take = (sign: string): boolean => {
    match(SPACE);
    if (text[position] !== sign) return false;
    position++;
    return true;
  };
  const items = <T>(close: string, item: () => T): T[] => {
    const found: T[] = [];
    while (!take(close)) {
      found.push(item());
      if (!take(',')) {
        if (!take(close)) throw new SyntaxError(close);
        break;
      }
    }
    return found;
  };
  const value = (depth: number): PythonValue => {
    if (depth > DEEPEST) throw new SyntaxError('too deep');
    if (take('{')) {
      const entry = (): [string, PythonValue] => {
        const key = value(depth + 1);
        if (typeof key !== 'string' || !take(':')) throw new SyntaxError('key');
        return [key, value(depth + 1)];
      };
      return new Map(items('}', entry));
    }
    if (take('[')) return items(']', () => value(depth + 1));
    if (take('(')) return items(')', () => value(depth + 1));
    const string = match(STRING);
    if (string) return (string[1] ?? string[2]).replace(/\\(.)/g, '$1');
    const number = match(NUMBER);
    if (number) return Number.parseInt(number[0], 10);
    const word = match(WORD)?.[0];
    if (word === undefined || !Object.hasOwn(WORDS, word)) throw new SyntaxError('word');
    return WORDS[word];
  };
  try {
    const found = value(0);
    match(SPACE);
    return found instanceof Map && position === text.length ? found : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
