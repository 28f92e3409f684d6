import type { CheckRow, ParameterCount } from '../amplitudes/index.ts';
import type { SymbolRecord } from './symbol-record.ts';

/** A record in lines for people. */
export function symbolText(record: SymbolRecord): string[] {
  const { loops, seconds, parameters, alone, unique, primes, file, checks } = record;
  const lines = [`${loops} ${loops === 1 ? 'loop' : 'loops'}, ${seconds.toFixed(2)} s`];
  if (record.terms !== undefined) lines.push(...factLines(record));
  if (primes) lines.push(`  modulo      ${primes.join(' and ')}`);
  if (file !== undefined) lines.push(`  written to  ${file}`);
  if (parameters.length > 0) lines.push('', ...parameterLines(parameters, alone));
  if (unique === false) lines.push('', `not unique: ${parameters.at(-1)?.free} free`);
  else if (unique) lines.push('', 'unique all the same');
  if (checks) lines.push('', ...checkLines(checks));
  return lines;
}

function factLines({ terms = 0, distinct, max, maxWord, gcd, positive, negative, orbits }: SymbolRecord): string[] {
  const count = (value: number | undefined): string => (value ?? 0).toLocaleString('en');
  return [
    `  terms       ${count(terms)}: ${count(positive)} positive, ${count(negative)} negative`,
    `  orbits      ${count(orbits)}`,
    `  distinct    ${count(distinct)} coefficients`,
    `  largest     ${count(max)}${maxWord ? ` on ${maxWord}` : ''}`,
    `  divisor     ${count(gcd)}`,
  ];
}

function parameterLines(parameters: readonly ParameterCount[], alone?: readonly ParameterCount[]): string[] {
  if (!alone) {
    const rows = parameters.map(({ name, free }) => [name, String(free)]);
    return columns([['after', 'free parameters'], ...rows]);
  }
  const byName = new Map(alone.map(({ name, free }) => [name, String(free)]));
  const rows = parameters.map(({ name, free }) => [name, byName.get(name) ?? '', String(free)]);
  return columns([['constraint', 'free, alone', 'free, together'], ...rows]);
}

function checkLines(checks: readonly CheckRow[]): string[] {
  const rows = checks.map(({ name, checked, violated, example }) => [
    name,
    checked.toLocaleString('en'),
    violated.toLocaleString('en'),
    example ?? '',
  ]);
  const failed = checks.filter(({ violated }) => violated > 0).length;
  const verdict = failed === 0 ? 'every check holds' : `${failed} of ${checks.length} checks do not hold`;
  return [...columns([['check', 'looked at', 'violated', 'such as'], ...rows]), '', verdict];
}

/** Rows of a table in columns as wide as need be; the first is the head. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]))
      .join('  ')
      .trimEnd(),
  );
}
