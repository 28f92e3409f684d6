import { FORM_FACTOR, type WordConnection, type WordRecord, wordKey } from '../amplitudes/index.ts';
import { AnsatzError } from '../core/index.ts';
import type { SymbolResult } from './symbol-job.ts';
import { columns } from './symbol-text.ts';

/** Relations shown to people. */
const MOST_RELATIONS = 12;

/** What `ansatz symbol --word --json` prints. */
export function wordRecord({
  loops,
  word,
  connection,
}: SymbolResult): WordRecord & { loops: number; connection?: WordConnection } {
  return { loops, ...word!, ...(connection && { connection }) };
}

/** Refuses words that the symbol at some loop order cannot have, before it is generated. @throws AnsatzError */
export function checkWords(loops: number | undefined, words: readonly (string | undefined)[]): void {
  for (const word of words) {
    if (word === undefined) continue;
    wordKey(FORM_FACTOR, word);
    if (loops === undefined || word.length === 2 * loops) continue;
    const message = `"${word}" has ${word.length} letters`;
    throw new AnsatzError('word-length', message, `words at ${loops} loops have ${2 * loops}`, { word });
  }
}

/** A word, its orbit, its relations and its connection, in lines for people. */
export function wordText(result: SymbolResult): string[] {
  const { loops, word, coefficient, forbidden, orbit, relations, connection } = wordRecord(result);
  const lines = [`${word}  ${coefficient}  at ${loops} ${loops === 1 ? 'loop' : 'loops'}`];
  if (forbidden !== undefined) lines.push(`always zero: ${forbidden}`);
  lines.push('', `orbit of ${orbit.length}`, ...columns(orbit.map((row) => [`  ${row.word}`, `${row.coefficient}`])));
  if (forbidden === undefined) lines.push('', ...relationLines(word, relations));
  if (connection) lines.push('', ...connectionLines(connection));
  return lines;
}

function relationLines(word: string, relations: WordRecord['relations']): string[] {
  const nonzero = relations.filter(({ others }) => others > 0).length;
  const lines = [`relations: ${relations.length}, of which ${nonzero} with other words that have a coefficient`];
  for (const { kind, at, terms, others, relation } of relations.slice(0, MOST_RELATIONS)) {
    const fixed =
      others === 0 ? 'zero: no other word has a coefficient' : `fixed by ${others} ${others === 1 ? 'word' : 'words'}`;
    lines.push(`  ${fixed}; ${kind}, after ${at} ${at === 1 ? 'letter' : 'letters'}: ${relation}`);
    const shown = terms.filter((term) => term.word !== word && term.coefficient !== 0);
    for (const term of shown) lines.push(`    ${term.word}  ${term.coefficient}  times ${term.factor}`);
  }
  const rest = relations.length - MOST_RELATIONS;
  if (rest > 0) lines.push(`  and ${rest} more (--json has them all)`);
  return lines;
}

function connectionLines({ steps, visited, bounded }: WordConnection): string[] {
  const looked = `${visited.toLocaleString('en')} words looked at`;
  if (!steps) return [bounded ? `no chain of relations found; ${looked}` : `no chain of relations; all ${looked}`];
  const lines = [`connected by ${steps.length} ${steps.length === 1 ? 'relation' : 'relations'}; ${looked}`];
  const rows = steps.map(({ from, to, kind, at, relation }) => [`  ${from} - ${to}`, `${kind} after ${at}`, relation]);
  return rows.length === 0 ? lines : [...lines, ...columns(rows)];
}
