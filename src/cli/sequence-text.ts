import { isEquation } from '../sequences/index.ts';
import type { CandidateRecord, SequenceRecord } from './sequence-record.ts';

const STATUS: Readonly<Record<SequenceRecord['status'], string>> = {
  found: 'found: the next terms can be relied on, as a conjecture',
  weak: 'weak: a law fits, and so may others; a conjecture',
  none: 'none: no law that was tried fits',
};

const LONGEST_LINE = 400;
/** Laws in words: neither an equation nor a right side. */
const WORDS = /^(decimal digits|multiplicative|u\b|u\/)/;
/** Other forms of the best candidate that are shown. */
const MOST_FORMS = 4;

/** A record as lines for people, with long numbers shortened. */
export function sequenceText(record: SequenceRecord, count: number): string[] {
  const { status, start, candidates, rawBits, tried, partial } = record;
  const bits = rawBits > 0 ? `, ${rawBits.toFixed(1)} bits` : '';
  const lines = [`${count} terms from n = ${start}${bits}`, STATUS[status]];
  const [best, ...others] = candidates;
  if (best) lines.push('', ...bestLines(best, record));
  if (others.length > 0) lines.push('', 'other candidates', ...others.map((other) => `  ${oneLine(other)}`));
  const ways = tried.length > 0 ? tried.join('; ') : 'nothing to its end';
  lines.push('', ...wrapped(`tried: ${ways}${partial ? '; then time ran out' : ''}`));
  return lines.map((line) => short(line));
}

function bestLines(best: CandidateRecord, { start }: SequenceRecord): string[] {
  const { closedForm, asymptotics } = best;
  const rows: [string, string][] = [['law', equation(best.formula)]];
  if (best.recurrence && best.recurrence.formula !== best.formula) rows.push(['recurrence', best.recurrence.formula]);
  if (best.initial.length > 0) rows.push(['initial', best.initial.map(shortNumber).join(', ')]);
  if (closedForm) {
    const from = closedForm.from > start ? ` for n >= ${closedForm.from}` : '';
    const proof = closedForm.proof ? ` (${closedForm.proof})` : '';
    rows.push(['closed form', `u(n) = ${closedForm.text}${from}${proof}`]);
  }
  rows.push(
    ...best.forms
      .slice(0, MOST_FORMS)
      .map(({ kind, formula }): [string, string] => ['also', `${equation(formula)}  [${kind}]`]),
  );
  if (asymptotics) rows.push(['growth', asymptotics.text]);
  rows.push(...exceptionWords(best).map((words): [string, string] => ['fits', words]));
  if (best.next.length > 0) rows.push(['next', best.next.map(shortNumber).join(', ')]);
  rows.push(['confidence', percent(best.confidence)]);
  rows.push(['bits', `${best.bits.toFixed(1)} of ${best.rawBits.toFixed(1)}, ${best.surplus} equations to spare`]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [`${best.label}: ${best.kind}`, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)];
}

/** Closed forms are kept as their right sides. */
function equation(formula: string): string {
  return isEquation(formula) || WORDS.test(formula) ? formula : `u(n) = ${formula}`;
}

function exceptionWords({ exceptions }: CandidateRecord): string[] {
  return exceptions.map(
    ({ index, given, expected }) =>
      `except at index ${index}: given ${shortNumber(given)}, expected ${shortNumber(expected)}`,
  );
}

function oneLine(candidate: CandidateRecord): string {
  const { kind, next, bits, confidence } = candidate;
  const ahead = next.length > 0 ? `; next ${next.slice(0, 3).map(shortNumber).join(', ')}` : '';
  const but = exceptionWords(candidate).map((words) => `; fits ${words}`);
  return `${short(equation(candidate.formula), 120)}  [${kind}]${but.join('')}${ahead}; ${percent(confidence)}, ${bits.toFixed(1)} bits`;
}

function percent(share: number): string {
  // A conjecture is never printed as certain.
  return share > 0.999 ? 'above 99.9%' : `${(100 * share).toFixed(share > 0.99 ? 1 : 0)}%`;
}

function shortNumber(text: string): string {
  return text.replace(/\d{41,}/g, (digits) => {
    return `${digits.slice(0, 12)}...${digits.slice(-12)} (${digits.length} digits)`;
  });
}

function short(line: string, longest = LONGEST_LINE): string {
  const shortened = shortNumber(line);
  return shortened.length > longest ? `${shortened.slice(0, longest - 3)}...` : shortened;
}

const WIDTH = 100;

function wrapped(line: string): string[] {
  const lines = [''];
  for (const word of line.split(' ')) {
    const last = lines[lines.length - 1];
    if (last.length + word.length < WIDTH) lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines;
}
