import { AnsatzError } from '../core/index.ts';

/** What the process says when it ends. */
export const EXIT = { done: 0, violated: 1, badInput: 2, internal: 70, cancelled: 130 } as const;

const LONGEST_MESSAGE = 1000;

/** A message as the terminal gets it: one line, without control characters. */
export function oneLine(message: string): string {
  const line = message.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE - 3)}...` : line;
}

/** The line on stderr and the exit code for an error that ends the command. */
export function explain(error: unknown): { readonly line: string; readonly code: number } {
  if (error instanceof AnsatzError) return { line: `ansatz: ${oneLine(error.message)}`, code: EXIT.badInput };
  const message = error instanceof Error ? error.message : String(error);
  return {
    line: `ansatz: internal error: ${oneLine(message)} (please report it; ANSATZ_DEBUG=1 shows where it happened)`,
    code: EXIT.internal,
  };
}

/** Prints why the command ends, with a stack only when ANSATZ_DEBUG=1 asks for it. Returns the exit code. */
export function report(error: unknown): number {
  const { line, code } = explain(error);
  process.stderr.write(`${line}\n`);
  if (process.env['ANSATZ_DEBUG'] === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return code;
}
