import { nearest, OptionError } from '../core/index.ts';
import type { Domain } from '../expressions/index.ts';

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?`;
const END = `${NUMBER}|[+-]?inf(?:inity)?`;
const ENTRY = new RegExp(String.raw`^\s*(\`(?:[^\`]|\`\`)*\`|[^=\`]+?)\s*=\s*(${END})\s*(?:\.\.\s*(${END})\s*)?$`, 'i');

/**
 * Reads intervals of variables, `x=0..10,y=1..inf`; a single number holds a variable. A name in back-quotes may hold
 * anything.
 *
 * @param names the variables there are
 * @throws OptionError "bad-domain" | "unknown-variable" | "name-twice"
 * @example readDomain('x=0..10,y=-inf..2', ['x', 'y'], '--domain').y // [-Infinity, 2]
 */
export function readDomain(text: string, names: readonly string[], option: string): Domain {
  const domain: Record<string, readonly [number, number]> = {};
  for (const entry of entriesOf(text)) {
    const match = ENTRY.exec(entry);
    if (!match)
      throw new OptionError('bad-domain', option, `"${entry.trim()}" is no interval`, 'write x=0..10,y=1..inf');
    const name = unquoted(match[1]);
    if (!names.includes(name)) {
      const near = nearest(name, names);
      const hint = near !== undefined ? `did you mean "${near}"?` : `variables: ${names.join(', ') || 'none'}`;
      throw new OptionError('unknown-variable', option, `the formula has no variable "${name}"`, hint);
    }
    if (Object.hasOwn(domain, name))
      throw new OptionError('name-twice', option, `"${name}" is given twice`, 'give it once');
    const low = endOf(match[2]);
    const high = match[3] === undefined ? low : endOf(match[3]);
    if (Number.isNaN(low + high) && !(low === -Infinity && high === Infinity)) {
      throw new OptionError('bad-domain', option, `"${entry.trim()}" leaves the range of f64`, 'write inf for no end');
    }
    if (!(low <= high) || low === Infinity || high === -Infinity) {
      throw new OptionError('bad-domain', option, `"${entry.trim()}" is empty`, 'give the lower end first');
    }
    Object.defineProperty(domain, name, { value: [low, high], enumerable: true, configurable: true });
  }
  return domain;
}

/**
 * Reads numbers of variables, `x=1,y=2`.
 *
 * @throws OptionError "bad-domain" | "unknown-variable" | "name-twice"
 */
export function readPoints(text: string, names: readonly string[], option: string): Record<string, number> {
  const points: Record<string, number> = {};
  for (const [name, [low, high]] of Object.entries(readDomain(text, names, option))) {
    if (low !== high) throw new OptionError('bad-domain', option, `an interval for ${name}`, 'give one number, x=1');
    points[name] = low;
  }
  return points;
}

/** The parts between commas that stand outside back-quotes. */
function entriesOf(text: string): string[] {
  return text.match(/(?:`[^`]*`|[^,`])+|`/g) ?? [text];
}

function unquoted(name: string): string {
  return name.startsWith('`') ? name.slice(1, -1).replaceAll('``', '`') : name;
}

function endOf(text: string): number {
  const number = /inf/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
  return Number.isFinite(number) || /inf/i.test(text) ? number : Number.NaN;
}
