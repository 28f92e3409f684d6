import { OptionError } from '../core/index.ts';
import { type Expression, parse } from '../expressions/index.ts';
import type { ResolvedOptions } from './options/options.ts';
import type { RunRecord } from './result.ts';
import type { Syntax } from './syntax.ts';
import { operatorsOf } from './wire.ts';

/**
 * The candidates that the user starts from.
 *
 * Formulas may hold operators that the search itself does not use. What a warm start brings from another grammar
 * is passed over where it cannot be read.
 *
 * @throws ParseError for a formula that cannot be read; OptionError "bad-guess"
 */
export function readGuesses(options: ResolvedOptions, inputs: readonly string[], syntax: Syntax): Expression[] {
  const operators = operatorsOf(syntax.grammar);
  const { template } = syntax.grammar;
  const read = (guess: ResolvedOptions['guesses'][number]): Expression => {
    if (!template) {
      if (typeof guess !== 'string') throw bad('functions by name belong to a template', 'give a formula');
      return parse(guess, { operators, variables: inputs });
    }
    if (typeof guess === 'string') {
      throw bad(
        'a template needs a formula for each function',
        `give { functions: { ${template.functions[0]?.name ?? 'f'}: "..." } }`,
      );
    }
    const { functions, parameters = {} } = guess;
    const trees = template.functions.map(({ name, inputs: variables }) => {
      const formula = Object.hasOwn(functions, name) ? functions[name] : undefined;
      if (formula === undefined)
        throw bad(`no formula for "${name}"`, `write it in ${variables.join(', ') || 'numbers'}`);
      return parse(formula, { operators, variables });
    });
    const values = template.parameters.flatMap(({ name, size }) => {
      const given = Object.hasOwn(parameters, name) ? parameters[name] : [];
      return Array.from({ length: size }, (_, i) => given[i] ?? 1);
    });
    return template.create(trees, values);
  };
  return [...options.guesses.map(read), ...warmStart(options.warmStart, read)];
}

function warmStart(
  run: Pick<RunRecord, 'front'> | undefined,
  read: (guess: ResolvedOptions['guesses'][number]) => Expression,
): Expression[] {
  if (!run || !Array.isArray(run.front)) return [];
  return run.front.flatMap((entry) => {
    try {
      const { functions, parameters } = entry;
      const given =
        parameters &&
        Object.fromEntries(Object.entries(parameters).map(([name, list]) => [name, [...(list as number[])]]));
      return read(functions ? { functions: { ...functions }, parameters: given } : entry.expression);
    } catch {
      return [];
    }
  });
}

function bad(message: string, hint: string): OptionError {
  return new OptionError('bad-guess', 'guesses', message, hint);
}
