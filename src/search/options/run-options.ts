import { z } from 'zod';
import type { Iteration, Progress, RunRecord } from '../result.ts';
import { callback, count } from './rows.ts';

const guess = z.union([
  z.string().min(1),
  z.strictObject({
    functions: z.record(z.string(), z.string()),
    parameters: z.record(z.string(), z.array(z.number())).optional(),
  }),
]);

/** When a run ends, what it starts from, and what it tells. */
export const RUN_OPTIONS = {
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0).describe('seed of every random number'),
  threads: count(1, 256).optional().describe('worker threads; the front does not depend on it'),
  device: z
    .enum(['wasm', 'gpu', 'auto', 'reference'])
    .default('wasm')
    .describe('what scores broods: the CPU, the GPU, what is faster, or plain JavaScript for everything, as a check'),
  precision: z
    .union([z.literal(32), z.literal(64)])
    .default(64)
    .describe('bits of the losses while searching; fits and the final front are in 64'),
  niterations: count(1, 1_000_000_000).optional().describe('most epochs of the islands'),
  timeLimit: z
    .number()
    .positive()
    .max(1e9)
    .default(60)
    .describe('seconds of a run; the last tenth, 5 s at most, is kept for refitting and snapping what was found'),
  maxEvals: z.number().positive().optional().describe('budget of evaluations of an expression on the data'),
  stopAtLoss: z.number().optional().describe('stop when an expression reaches this loss'),
  earlyStopCondition: z
    .union([z.number(), callback<(loss: number, complexity: number) => boolean>()])
    .optional()
    .describe('loss at which to stop, or a function of loss and complexity that says so'),
  patience: count(1, 1_000_000).default(8).describe('epochs without progress after which the front rests'),
  guesses: z.array(guess).default([]).describe('formulas to start from; of a template, its functions by name'),
  warmStart: z
    .custom<Pick<RunRecord, 'front'>>(
      (value) => typeof value === 'object' && value !== null && 'front' in value,
      'expected a finished run',
    )
    .optional()
    .describe('finished run to start from: its front joins the guesses'),
  resume: z
    .custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected the bytes that onCheckpoint gave')
    .optional()
    .describe('saved state to go on from'),
  onCheckpoint: callback<(state: Uint8Array) => void>()
    .optional()
    .describe('called with the state of the run, twice a second, to save it'),
  onProgress: callback<(progress: Progress) => void>().optional().describe('called while the run goes on'),
  onIteration: callback<(iteration: Iteration) => unknown>()
    .optional()
    .describe('called after every epoch; returning false ends the run'),
  signal: z
    .custom<AbortSignal>((value) => value instanceof AbortSignal, 'expected an AbortSignal')
    .optional()
    .describe('ends the run'),
};
