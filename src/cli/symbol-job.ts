import {
  bootstrapCost,
  bootstrapSymbol,
  type CheckRow,
  connectWords,
  exploreWord,
  FORM_FACTOR,
  orbits,
  type ParameterCount,
  PolylogSymbol,
  parameterTable,
  type SymbolFacts,
  symbolFacts,
  verifySymbol,
  type WordConnection,
  type WordRecord,
} from '../amplitudes/index.ts';
import { AnsatzError, FormatError } from '../core/index.ts';
import { readSymbol } from '../io/index.ts';
import { type DatasetFacts, type DatasetRequest, writeDataset } from './symbol-dataset.ts';
import { assertMemory, freeMemory } from './symbol-memory.ts';

/** What a thread is asked to do with the symbol at some loop order. */
export interface SymbolJob {
  readonly kind: 'symbol' | 'without' | 'table' | 'word' | 'dataset';
  readonly loops?: number;
  readonly read?: string;
  readonly without?: readonly string[];
  readonly word?: string;
  /** A word to connect with `word`. */
  readonly connect?: string;
  readonly dataset?: DatasetRequest;
  readonly check?: { readonly samples?: number; readonly seed?: number };
}

/** How far a job is. */
export interface SymbolProgress {
  readonly words: string;
  /** From 0 to 1, by time as expected; undefined where it is not known. */
  readonly fraction?: number;
}

/** A symbol as threads pass it on. */
export interface SymbolTerms {
  readonly weight: number;
  readonly keys: Float64Array;
  readonly coefficients: Int32Array;
}

/** What came of a job. */
export interface SymbolResult {
  readonly loops: number;
  readonly seconds: number;
  readonly parameters: readonly ParameterCount[];
  readonly alone?: readonly ParameterCount[];
  readonly primes?: readonly [number, number];
  readonly terms?: SymbolTerms;
  readonly facts?: SymbolFacts & { readonly orbits: number };
  readonly checks?: readonly CheckRow[];
  readonly word?: WordRecord;
  readonly connection?: WordConnection;
  readonly dataset?: DatasetFacts;
}

/** The symbol of what a thread passed on. */
export function symbolOf({ weight, keys, coefficients }: SymbolTerms): PolylogSymbol {
  return new PolylogSymbol(FORM_FACTOR, weight, keys, coefficients);
}

/** Does a job. @throws AnsatzError */
export async function doJob(job: SymbolJob, onProgress: (progress: SymbolProgress) => void): Promise<SymbolResult> {
  if (job.kind === 'table') return table(job.loops!);
  if (job.kind === 'without') return withoutConstraints(job, onProgress);
  const made = job.read === undefined ? await generated(job.loops!, onProgress) : await fromFile(job, onProgress);
  const { symbol, ...rest } = made;
  if (job.kind === 'word') return { ...rest, ...explored(symbol, job) };
  if (job.dataset) {
    onProgress({ words: `the data set ${job.dataset.task}` });
    return { ...rest, dataset: await writeDataset(symbol, job.dataset) };
  }
  const facts = { ...symbolFacts(symbol), orbits: orbits(symbol).representatives.length };
  const checks = job.check && (await checked(symbol, job.check, onProgress));
  const { weight, keys, coefficients } = symbol;
  return { ...rest, facts, terms: { weight, keys, coefficients }, ...(checks && { checks }) };
}

function table(loops: number): SymbolResult {
  assertMemory(bootstrapCost(loops), loops, freeMemory());
  const started = performance.now();
  const { alone, together } = parameterTable(loops);
  return { loops, seconds: (performance.now() - started) / 1000, parameters: together, alone };
}

function explored(symbol: PolylogSymbol, { word = '', connect }: SymbolJob): Pick<SymbolResult, 'word' | 'connection'> {
  const record = exploreWord(symbol, word);
  return { word: record, ...(connect !== undefined && { connection: connectWords(word, connect) }) };
}

interface Made extends SymbolResult {
  readonly symbol: PolylogSymbol;
}

async function generated(loops: number, onProgress: (progress: SymbolProgress) => void): Promise<Made> {
  assertMemory(bootstrapCost(loops), loops, freeMemory());
  const made = await bootstrapSymbol(loops, {
    onProgress: ({ loops: at, step, free, fraction }) => onProgress({ words: stepWords(at, step, free), fraction }),
  });
  return { loops, ...made };
}

function stepWords(loops: number, step: string, free: number | undefined): string {
  const left = free === undefined ? '' : `, ${free} ${free === 1 ? 'parameter' : 'parameters'} free`;
  return `${loops} ${loops === 1 ? 'loop' : 'loops'}: ${step}${left}`;
}

/** What stays free is an answer here, where it is an error to whoever asks for a symbol. */
async function withoutConstraints(
  { loops = 0, without }: SymbolJob,
  onProgress: (progress: SymbolProgress) => void,
): Promise<SymbolResult> {
  assertMemory(bootstrapCost(loops), loops, freeMemory());
  const parameters: ParameterCount[] = [];
  const started = performance.now();
  try {
    const made = await bootstrapSymbol(loops, {
      without,
      onProgress: ({ loops: at, step, free, fraction }) => {
        if (at === loops && free !== undefined) parameters.push({ name: step, free });
        onProgress({ words: stepWords(at, step, free), fraction });
      },
    });
    return { loops, seconds: made.seconds, parameters: made.parameters, primes: made.primes };
  } catch (error) {
    if (!(error instanceof AnsatzError && error.code === 'not-unique')) throw error;
    return { loops, seconds: (performance.now() - started) / 1000, parameters };
  }
}

async function fromFile(
  { read = '', loops }: SymbolJob,
  onProgress: (progress: SymbolProgress) => void,
): Promise<Made> {
  const started = performance.now();
  onProgress({ words: `reading ${read}` });
  const symbol = await readSymbol(read, FORM_FACTOR, { index: loops });
  const { weight } = symbol;
  const hint = 'at L loops words have 2 L letters';
  if (weight % 2 === 1) throw new FormatError('odd-weight', `words of ${weight} letters`, read, 0, hint);
  if (loops !== undefined && weight !== 2 * loops) {
    throw new FormatError('other-loops', `words of ${weight} letters, not of ${2 * loops}`, read, 0, hint);
  }
  return { loops: weight / 2, seconds: (performance.now() - started) / 1000, parameters: [], symbol };
}

async function checked(
  symbol: PolylogSymbol,
  options: NonNullable<SymbolJob['check']>,
  onProgress: (progress: SymbolProgress) => void,
): Promise<CheckRow[]> {
  bootstrapCost(symbol.weight / 2);
  onProgress({ words: 'checking' });
  return verifySymbol(symbol, { ...options, onProgress: ({ name }) => onProgress({ words: `checked: ${name}` }) });
}
