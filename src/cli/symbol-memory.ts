import { freemem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { AnsatzError } from '../core/index.ts';

/** Bytes that a process may still take. */
export interface FreeMemory {
  /** Of the machine, or of the container that it runs in. */
  readonly machine: number;
  /** Of the heap of JavaScript, which `--max-old-space-size` limits. */
  readonly heap: number;
}

/** Bytes of the heap that any symbol takes: arrays of words are outside of it. */
const HEAP = 3e7;

/** What a command takes beside generating: Node itself, orbits, checks, what is being written; measured at six loops. */
const MARGIN = 1.5;

/** What this process may still take. */
export function freeMemory(): FreeMemory {
  const { heap_size_limit, used_heap_size } = getHeapStatistics();
  // What a container has in use counts files that give way when memory is asked for, so its limit alone is compared.
  const limit = process.constrainedMemory?.() ?? 0;
  return { machine: limit > 0 ? Math.min(freemem(), limit) : freemem(), heap: heap_size_limit - used_heap_size };
}

/**
 * Refuses what memory does not suffice for.
 *
 * @param cost bytes that generating the symbol takes
 * @throws AnsatzError "out-of-memory" with the bytes needed and free
 */
export function assertMemory({ bytes }: { readonly bytes: number }, loops: number, free: FreeMemory): void {
  const refuse = (needed: number, left: number, what: string, hint: string): never => {
    const message = `${loops} loops take ${megabytes(needed)} of ${what}, and ${megabytes(left)} are free`;
    throw new AnsatzError('out-of-memory', message, hint, { needed, free: left });
  };
  if (free.machine < MARGIN * bytes)
    refuse(MARGIN * bytes, free.machine, 'memory', 'end other programs, or take fewer loops');
  if (free.heap < HEAP) refuse(HEAP, free.heap, 'heap', 'give node a larger --max-old-space-size');
}

/** The error for an allocation that failed all the same; any other error comes back as it is. */
export function asMemoryError(error: unknown): unknown {
  const isAllocation = error instanceof RangeError && /allocation|array length|memory/i.test(error.message);
  if (!isAllocation) return error;
  return new AnsatzError(
    'out-of-memory',
    `memory ran out: ${error.message}`,
    'end other programs, or take fewer loops',
  );
}

function megabytes(bytes: number): string {
  return `${Math.max(0, Math.ceil(bytes / 1e6)).toLocaleString('en')} MB`;
}
