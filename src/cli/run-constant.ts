import { AnsatzError } from '../core/index.ts';
import { type ConstantCandidate, type ConstantReport, identifyConstant } from '../sequences/index.ts';
import type { ConstantArguments } from './constant.ts';
import { EXIT } from './exit.ts';
import { print } from './output.ts';

/** Longer than any number that is read. */
const LONGEST_INPUT = 1 << 16;

/** `ansatz constant`. @throws AnsatzError */
export async function runConstant(given: string, args: ConstantArguments): Promise<number> {
  const { json, ...options } = args;
  const text = (given.trim() === '-' ? await standardInput() : given).trim();
  const report = await identifyConstant(text, options);
  await print(`${json ? JSON.stringify({ number: text, ...report }, null, 2) : describe(text, report).join('\n')}\n`);
  return EXIT.done;
}

async function standardInput(): Promise<string> {
  let text = '';
  for await (const part of process.stdin.setEncoding('utf8')) {
    text += part;
    if (text.length > LONGEST_INPUT) {
      throw new AnsatzError('too-long', 'standard input holds more than a number', 'give one decimal number');
    }
  }
  return text;
}

const WORDS: Readonly<Record<ConstantReport['status'], string>> = {
  found: 'found, as a conjecture',
  weak: 'weak: conjectures that chance may explain',
  none: 'none: the digits carry no formula that was tried',
};

function describe(text: string, report: ConstantReport): string[] {
  const { status, candidates, near, digits, digitBits, tried } = report;
  const shown = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  const lines = [`${shown}: ${digits} digits, ${digitBits.toFixed(1)} bits`, WORDS[status]];
  if (candidates.length > 0) lines.push('', ...table(candidates));
  if (near.length > 0) {
    lines.push('', 'just outside the error, as cut-off digits would be; conjectures too:', ...table(near));
  }
  const ways = tried.map(({ stage, outcome }) => (outcome === 'done' ? stage : `${stage} (${outcome})`));
  return [...lines, '', `tried: ${ways.join(', ')}`];
}

function table(candidates: readonly ConstantCandidate[]): string[] {
  const rows = candidates.map(({ formula, value, residual, bits, chance, kind }) => [
    formula,
    value.length > 40 ? `${value.slice(0, 37)}...` : value,
    residual.toExponential(1),
    bits.toFixed(1),
    chance.toExponential(1),
    kind,
  ]);
  const head = ['formula', 'value', 'residual', 'bits', 'chance', 'kind'];
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i].length)));
  return [head, ...rows].map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]))
      .join('  ')
      .trimEnd(),
  );
}
