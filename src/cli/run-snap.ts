import { parse, variablesOf } from '../expressions/index.ts';
import { parseTableSource, readTable } from '../io/index.ts';
import { type SnapTable, snapTable } from '../search/index.ts';
import { EXIT } from './exit.ts';
import { shortNumber } from './front-table.ts';
import { print } from './output.ts';
import type { SnapArguments } from './snap.ts';

/** `ansatz snap`. @throws AnsatzError */
export async function runSnap(formula: string, path: string, args: SnapArguments): Promise<number> {
  const source = parseTableSource(path);
  const table = await readTable(source.path, source);
  const used = variablesOf(parse(formula));
  const inputs = args.inputs ?? (used.length > 0 ? used : undefined);
  const { target, sigma, weights, loss } = args;
  const result = snapTable(table, formula, { target, inputs, sigma, weights, loss });
  await print(`${args.json ? JSON.stringify(result, null, 2) : describe(result).join('\n')}\n`);
  return EXIT.done;
}

function describe(result: SnapTable): string[] {
  const cells = result.rows.map((row) => [
    `c${row.constant + 1} = ${shortNumber(row.value)}`,
    row.snapped.text,
    shortNumber(row.price),
    row.relativePrice === Infinity ? '-' : `${shortNumber(100 * row.relativePrice)} %`,
    row.expression,
  ]);
  const head = ['constant', 'number', 'price', 'of the loss', 'formula'];
  const widths = head.map((name, i) => Math.max(name.length, ...cells.map((row) => row[i].length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 4 ? cell : cell.padEnd(widths[i]))).join('  ');
  return [`fitted: ${result.expression}, loss ${shortNumber(result.loss)}`, '', line(head), ...cells.map(line)];
}
