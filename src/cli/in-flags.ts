import { AnsatzError, OptionError } from '../core/index.ts';
import { FIT_FLAGS, flagOf, type OptionName } from './fit-flags.ts';

/** The flag of a name that is an option. */
function flagNamed(name: string): string | undefined {
  return Object.hasOwn(FIT_FLAGS, name) ? flagOf(name as OptionName) : undefined;
}

/**
 * An OptionError of `fit` in the words of the command line: maxSize is --max-size there, and the option at the head of
 * the message, whatever its name, is its flag. What stands in double quotes is the user's and stays.
 */
export function inFlags(error: unknown): unknown {
  if (!(error instanceof OptionError)) return error;
  const head = /^([A-Za-z]+)((?:\[\d+\])?[\w.]*: )/.exec(error.message);
  const flag = head ? flagNamed(head[1]) : undefined;
  const rest = head && flag ? error.message.slice(head[0].length) : error.message;
  const message = (head && flag ? `${flag}${head[2]}` : '') + wordsInFlags(rest);
  return new AnsatzError(error.code, message);
}

/** Words about options of the library in those of the command line: needs maxEvals -> needs --max-evals. */
export function wordsInFlags(text: string): string {
  return text.replace(/"[^"]*"|[^"]+/g, withFlags);
}

function withFlags(part: string): string {
  if (part.startsWith('"')) return part;
  return part
    .replace(/\b([A-Za-z]+): ('?)([\w-]+)\2/g, (whole, name: string, _quote, value: string) => {
      const flag = flagNamed(name);
      return flag === undefined ? whole : value === 'true' ? flag : `${flag} ${value}`;
    })
    .replace(/(?<![\w-])(?:niterations|[a-z]+(?:[A-Z][a-z]*)+)\b/g, (name) => flagNamed(name) ?? name);
}
