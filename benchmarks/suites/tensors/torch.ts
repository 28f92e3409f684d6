import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PYTHON = '/usr/bin/python3';

/** What some steps of a workload took. */
export interface Measured {
  /** CPU milliseconds a step. */
  readonly milliseconds: number;
  readonly loss: number;
  /** Parameters of the network. */
  readonly parameters: number;
}

/** PyTorch in a process of its own, which waits while we measure. */
export class Torch {
  private readonly lines: AsyncIterator<string>;

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** Undefined where Debian's python3-torch is not installed. */
  static open(): Torch | undefined {
    try {
      execFileSync(PYTHON, ['-c', 'import torch'], { stdio: 'ignore' });
    } catch {
      return undefined;
    }
    const script = fileURLToPath(new URL('./torch_workloads.py', import.meta.url));
    const one = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
    const child = spawn(PYTHON, [script], { env: { ...process.env, ...one } });
    child.stderr.pipe(process.stderr);
    return new Torch(child);
  }

  /** @throws Error when the process ended */
  async measure(name: string, steps: number): Promise<Measured> {
    this.child.stdin.write(`${name} ${steps}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error('the process of PyTorch ended');
    const [milliseconds, loss, parameters] = String(value).split(' ').map(Number);
    return { milliseconds, loss, parameters };
  }

  close(): void {
    this.child.stdin.end();
  }
}
