import type { CandidateRecord, SequenceRecord } from './sequence-record.ts';

const STATUS: Readonly<Record<SequenceRecord['status'], string>> = {
  found: 'found: the next terms can be relied on, as a conjecture',
  weak: 'weak: a law fits, and so may others; a conjecture',
  none: 'none: no law that was tried fits',
};

const LONGEST_LINE = 400;
/** Other forms of the best candidate that are shown. */
const MOST_FORMS = 4;

/** A record as lines for people, with long numbers shortened. */
export function sequenceText(record: SequenceRecord, count: number): string[] {
  const { status, start, scale, candidates, rawBits, tried, partial } = record;
  const bits = rawBits > 0 ? `, ${rawBits.toFixed(1)} bits` : '';
  const lines = [`${count} terms from n = ${start}${bits}`, STATUS[status]];
  const [best, ...others] = candidates;
  if (best) lines.push('', ...bestLines(best));
  if (scale !== undefined && best) lines.push(`  where     u(n) is ${scale} times the term`);
  if (others.length > 0) lines.push('', 'other candidates', ...others.map((other) => `  ${oneLine(other)}`));
  const ways = tried.length > 0 ? tried.join(', ') : 'nothing to its end';
  lines.push('', `tried: ${ways}${partial ? '; time ran out' : ''}`);
  return lines.map((line, i) => (i === lines.length - 1 ? line : short(line)));
}

function bestLines(best: CandidateRecord): string[] {
  const { closedForm, asymptotics } = best;
  const rows: [string, string][] = [[best.kind.includes(':') ? 'law' : best.kind, best.formula]];
  if (closedForm) {
    const from = closedForm.from > 0 ? ` for n >= ${closedForm.from}` : '';
    const proof = closedForm.proof ? ` (${closedForm.proof})` : '';
    rows.push(['closed form', `${closedForm.text}${from}${proof}`]);
  }
  rows.push(
    ...best.forms.slice(0, MOST_FORMS).map(({ kind, formula }): [string, string] => ['also', `${formula}  [${kind}]`]),
  );
  if (asymptotics) rows.push(['growth', asymptotics.text]);
  rows.push(...exceptionWords(best).map((words): [string, string] => ['fits', words]));
  if (best.next.length > 0) rows.push(['next', best.next.map(shortNumber).join(', ')]);
  rows.push(['confidence', percent(best.confidence)]);
  rows.push(['bits', `${best.bits.toFixed(1)} of ${best.rawBits.toFixed(1)}, ${best.surplus} equations to spare`]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [`${best.label}: ${best.kind}`, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)];
}

function exceptionWords({ exceptions }: CandidateRecord): string[] {
  return exceptions.map(
    ({ index, given, expected }) =>
      `except at index ${index}: given ${shortNumber(given)}, expected ${shortNumber(expected)}`,
  );
}

function oneLine(candidate: CandidateRecord): string {
  const { kind, formula, next, bits, confidence } = candidate;
  const ahead = next.length > 0 ? `; next ${next.slice(0, 3).map(shortNumber).join(', ')}` : '';
  const but = exceptionWords(candidate).map((words) => `; fits ${words}`);
  return `${short(formula, 120)}  [${kind}]${but.join('')}${ahead}; ${percent(confidence)}, ${bits.toFixed(1)} bits`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0.99 ? 1 : 0)}%`;
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
