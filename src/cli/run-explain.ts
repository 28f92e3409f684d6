import { DataError } from '../core/index.ts';
import { type Domain, explain, parse, variablesOf } from '../expressions/index.ts';
import { readTable } from '../io/index.ts';
import { nerdamerInWorker } from './cas-worker.ts';
import { readDomain, readPoints } from './domain-option.ts';
import { EXIT } from './exit.ts';
import type { ExplainArguments } from './explain.ts';
import { explanationText } from './explanation-text.ts';
import { print } from './output.ts';

/** `ansatz explain`: what a formula does on a domain. @throws ParseError | OptionError | FormatError | DataError */
export async function runExplain(formula: string, options: ExplainArguments): Promise<number> {
  const table = options.data === undefined ? null : await readTable(options.data);
  const tree = parse(formula, table ? { variables: table.names } : {});
  const names = variablesOf(tree);
  const domain: Record<string, readonly [number, number]> = {};
  if (table) for (const name of names) define(domain, name, extentOf(table.numbers(name), name));
  if (options.domain !== undefined) {
    for (const [name, side] of Object.entries(readDomain(options.domain, names, '--domain')))
      define(domain, name, side);
  }
  const about = options.about === undefined ? {} : readPoints(options.about, names, '--about');
  const record = await explain(tree, domain, {
    order: options.order ?? 4,
    about,
    ...(options.cas === false ? {} : { algebra: nerdamerInWorker }),
  });
  await print(options.json ? `${JSON.stringify(record, plainNumber, 2)}\n` : explanationText(record));
  return EXIT.done;
}

/** Own property whatever the name of the column. */
function define(domain: Domain, name: string, side: readonly [number, number]): void {
  Object.defineProperty(domain, name, { value: side, enumerable: true, configurable: true, writable: true });
}

/** The least and the largest number of a column. */
function extentOf(values: Float64Array, name: string): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(low <= high)) throw new DataError('no-rows', `column "${name}" holds no number`, 'give --domain instead');
  return [low, high];
}

/** JSON has no infinite numbers: they are written 'inf' and '-inf', and NaN null. */
function plainNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  return Number.isNaN(value) ? null : value > 0 ? 'inf' : '-inf';
}
