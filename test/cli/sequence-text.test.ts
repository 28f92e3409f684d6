import { describe, expect, test } from 'vitest';
import { type CandidateRecord, type SequenceRecord, sequenceRecord } from '../../src/cli/sequence-record.ts';
import { sequenceText } from '../../src/cli/sequence-text.ts';
import type { SequenceCandidate } from '../../src/sequences/index.ts';

const law: CandidateRecord = {
  label: 'conjecture',
  kind: 'c-finite',
  formula: 'u(n) = u(n-1) + u(n-2)',
  latex: '',
  forms: [{ kind: 'polynomial', formula: 'n^2', latex: '' }],
  next: ['55', '89'],
  coefficients: ['1', '1', '-1'],
  initial: ['0', '1'],
  surplus: 8,
  bits: 28,
  rawBits: 92.75,
  confidence: 0.97,
  exceptions: [],
};
const record: SequenceRecord = {
  status: 'found',
  start: 0,
  candidates: [law],
  rawBits: 92.75,
  tried: ['polynomial', 'c-finite'],
  partial: false,
  seconds: 0.01,
};

describe('a record for people', () => {
  test('says every field in its line', () => {
    expect(sequenceText(record, 10)).toEqual([
      '10 terms from n = 0, 92.8 bits',
      'found: the next terms can be relied on, as a conjecture',
      '',
      'conjecture: c-finite',
      '  law         u(n) = u(n-1) + u(n-2)',
      '  initial     0, 1',
      '  also        u(n) = n^2  [polynomial]',
      '  next        55, 89',
      '  confidence  97%',
      '  bits        28.0 of 92.8, 8 equations to spare',
      '',
      'tried: polynomial; c-finite',
    ]);
  });

  test('adds a closed form with its proof, and the growth, where they are known', () => {
    const closedForm = { text: '2^n', latex: '2^{n}', from: 1, proof: 'closed form <-> recurrence, by exact algebra' };
    const lines = sequenceText(
      { ...record, candidates: [{ ...law, closedForm, asymptotics: { text: '0.5 * 2^n' } }] },
      10,
    );
    expect(lines).toContain('  closed form  u(n) = 2^n for n >= 1 (closed form <-> recurrence, by exact algebra)');
    expect(lines).toContain('  growth       0.5 * 2^n');
  });

  test('a sure conjecture is not called certain, and an end of time is told', () => {
    const lines = sequenceText({ ...record, candidates: [{ ...law, confidence: 0.99996 }], partial: true }, 10);
    expect(lines).toContain('  confidence  above 99.9%');
    expect(lines.at(-1)).toBe('tried: polynomial; c-finite; then time ran out');
    const overrun = sequenceText({ ...record, status: 'none', candidates: [], tried: [], partial: true }, 10);
    expect(overrun.at(-1)).toBe('tried: nothing to its end; then time ran out');
  });

  test('no line is long, whatever the law', () => {
    const long = { ...law, formula: `u(n) = ${'1'.repeat(9000)}*n${' + n^2'.repeat(900)}`, next: ['7'.repeat(10_000)] };
    const lines = sequenceText({ ...record, candidates: [long, long], tried: Array(60).fill('a transform') }, 10);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(400);
    expect(lines.join('\n')).toContain('777777777777...777777777777 (10000 digits)');
  });
});

test('a record takes the closed form and the growth of a candidate over', () => {
  const candidate = {
    ...law,
    coefficients: [1n, -1n],
    initial: [],
    exceptions: [{ index: 2, expected: { num: 4n, den: 1n } }],
    next: () => [{ num: 1n, den: 2n }],
    closedForm: { text: 'n^2', latex: 'n^{2}', from: 0, proof: 'p', evaluate: () => ({ num: 1n, den: 1n }) },
    asymptotics: { text: 'n^2', latex: 'n^{2}', growth: { root: 1n } },
  } as unknown as SequenceCandidate;
  const guess = { ...record, candidates: [candidate] };
  const made = sequenceRecord(guess, { terms: [1, 2n, ' 5 ', 7], next: 1, explain: true, timeLimit: 1 });
  expect(JSON.parse(JSON.stringify(made)).candidates[0]).toMatchObject({
    closedForm: { text: 'n^2', latex: 'n^{2}', from: 0, proof: 'p' },
    asymptotics: { text: 'n^2', latex: 'n^{2}' },
    next: ['1/2'],
    exceptions: [{ index: 2, given: '5', expected: '4' }],
  });
});
