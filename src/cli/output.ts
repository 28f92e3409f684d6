import { EXIT, oneLine } from './exit.ts';

/**
 * Makes a closed pipe end the command quietly, as `ansatz ... | head -1` wants it, and a full disk behind
 * stdout end it with one line.
 */
export function guardOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    warn(`ansatz: cannot write to stdout: ${oneLine(error.message)}`);
    process.exit(EXIT.badInput);
  });
  process.stderr.on('error', () => {});
}

/**
 * Writes to stdout; resolves when the text is with the system, so that memory stays bounded and nothing is
 * lost. After a failure `guardOutput` ends the process.
 */
export function print(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve();
    });
  });
}

/** Writes a line to stderr. */
export function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}
