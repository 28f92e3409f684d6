/** What separates the cells of a line: one character, or a run of blanks. */
export type Delimiter = ',' | '\t' | ';' | '|' | 'blanks';

const CHARACTERS = [',', '\t', ';', '|'] as const;
const SAMPLE_LINES = 100;
const SAMPLE_CHARACTERS = 1 << 20;

/**
 * The delimiter on which the first lines agree best.
 *
 * Cells are counted outside quotes. A character that the header holds and at least half of the rows
 * agree on wins, the one with most cells first; runs of blanks come next; a table of one column last.
 */
export function findDelimiter(text: string): Delimiter {
  const lines = sampleLines(text);
  if (lines.length === 0) return ',';
  const candidates = CHARACTERS.map((delimiter) => measure(lines, (line) => line.split(delimiter).length, delimiter));
  const inHeader = candidates.filter((candidate) => candidate.cells > 1).sort(byAgreementThenCells);
  if (inHeader.length > 0 && inHeader[0].agreement >= 0.5) return inHeader[0].delimiter;
  const blanks = measure(lines, (line) => line.trim().split(/[ \t]+/).length, 'blanks');
  if (blanks.cells > 1 && blanks.agreement >= 0.5) return 'blanks';
  return inHeader.length > 0 ? inHeader[0].delimiter : ',';
}

interface Candidate {
  readonly delimiter: Delimiter;
  /** Cells of the header. */
  readonly cells: number;
  /** Share of the other lines that have as many. */
  readonly agreement: number;
}

function measure(lines: readonly string[], count: (line: string) => number, delimiter: Delimiter): Candidate {
  const cells = count(lines[0]);
  let agreeing = 0;
  for (let i = 1; i < lines.length; i++) if (count(lines[i]) === cells) agreeing++;
  return { delimiter, cells, agreement: lines.length > 1 ? agreeing / (lines.length - 1) : 1 };
}

function byAgreementThenCells(a: Candidate, b: Candidate): number {
  return b.agreement - a.agreement || b.cells - a.cells;
}

/** The first lines that are neither blank nor comments, with what stands in quotes replaced by a letter. */
function sampleLines(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.slice(0, SAMPLE_CHARACTERS).split(/\r\n|\r|\n/)) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    lines.push(line.replace(/"[^"]*(?:"|$)/g, 'q'));
    if (lines.length === SAMPLE_LINES) break;
  }
  return lines;
}
