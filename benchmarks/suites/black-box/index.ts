import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OptionError } from '../../../src/core/index.ts';
import type { Row } from '../../row.ts';
import { type Comparison, compare, rowsOf, summaryOf } from './comparison.ts';
import { findScikitLearn, type ScikitLearn } from './scikit-learn.ts';
import { readSettings, type Settings, USAGE } from './settings.ts';
import { type RealTable, scikitLearnTables, shippedTables } from './tables.ts';

/** Tells the runner that this suite reads flags of its own and writes its own results, table by table. */
export const ownFlags = true;
export { USAGE as usage };

const RESULTS = fileURLToPath(new URL('../../results/', import.meta.url));

/**
 * Real tables, no law known: R2 of held-out rows under 5-fold cross-validation, and sizes, of our formulas, of gradient
 * boosting, of plain genetic programming and of the mean. Without scikit-learn, our own tables without boosting.
 */
export async function run({ log, args }: { log: (text: string) => void; args: readonly string[] }): Promise<Row[]> {
  const settings = readSettings(args);
  const at = findScikitLearn();
  if (at) log(`scikit-learn ${at.version} of ${at.python}`);
  else log('no scikit-learn: its tables and gradient boosting are left out (apt-get install python3-sklearn)');
  const all = [...(at ? scikitLearnTables(at) : []), ...(await shippedTables())];
  const comparisons: Comparison[] = [];
  for (const table of chosen(all, settings)) {
    const rows = table.columns[table.target].length;
    log(`${table.name}: ${rows} rows, ${table.target} by ${table.inputs.length} inputs`);
    const comparison = await compare(table, at, settings.budget);
    comparisons.push(comparison);
    for (const [i, one] of comparison.expressions.entries()) log(`  fold ${i + 1}: ${table.target} = ${one}`);
    write(settings, at, comparisons);
  }
  return [...comparisons.flatMap(rowsOf), ...summaryOf(comparisons)];
}

function chosen(tables: readonly RealTable[], { tables: names }: Settings): readonly RealTable[] {
  const known = tables.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new OptionError('bad-flag', '--tables', `"${unknown}" is none of ${known.join(', ')}`, 'see --help');
  }
  return tables.filter(({ name }) => names?.includes(name) ?? true);
}

/**
 * Writes what there is: an interrupted run keeps its tables. A quick run, or one on some tables, does not stand in for
 * the recorded figures.
 */
function write(settings: Settings, at: ScikitLearn | undefined, comparisons: readonly Comparison[]): void {
  const result = {
    suite: 'black-box',
    machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, node: process.version },
    commit: commit(),
    settings,
    scikitLearn: at?.version ?? null,
    rows: [...comparisons.flatMap(rowsOf), ...summaryOf(comparisons)],
    formulas: Object.fromEntries(comparisons.map(({ table, expressions }) => [table, expressions])),
  };
  const file = settings.quick || settings.tables ? 'black-box.quick.json' : 'black-box.json';
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, file), `${JSON.stringify(result, null, 2)}\n`);
}

function commit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: RESULTS, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return null;
  }
}
