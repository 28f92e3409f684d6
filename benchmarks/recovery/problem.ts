import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { FormatError } from '../../src/core/index.ts';
import { parse } from '../../src/expressions/index.ts';
import { parseUnit } from '../../src/units/index.ts';
import { parseCondition } from './condition.ts';

/** How an input of a problem is drawn. */
export interface ProblemInput {
  readonly name: string;
  readonly unit?: string;
  /** The range of the values; of their magnitudes where `sign` is not "positive". Both ends above 0 for "log". */
  readonly low: number;
  readonly high: number;
  readonly sampling: 'linear' | 'log' | 'integer';
  /** "positive" takes values as they are drawn, "negative" their opposites, "either" one of both. */
  readonly sign: 'positive' | 'negative' | 'either';
}

/** A law to be found again, and how data of it are made. */
export interface Problem {
  /** Unique in its suite. */
  readonly name: string;
  /** What the law is, in words. */
  readonly title?: string;
  /** The true law in our syntax, in the names of the inputs and of the constants. */
  readonly law: string;
  readonly target: { readonly name: string; readonly unit?: string };
  readonly inputs: readonly ProblemInput[];
  /** Values of the named constants of the law. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Units of the named constants; those left out are pure numbers. */
  readonly constantUnits?: Readonly<Record<string, string>>;
  /** What rows must obey, such as "v4 > v5". */
  readonly where?: readonly string[];
  /** Rows of a data set, where the problem has a size of its own. */
  readonly rows?: number;
  /** Noise that belongs to the problem; relative to each value unless `noiseKind` says otherwise. */
  readonly noise?: number;
  /** "relative": times |y| of the row; "absolute": in the unit of the target. */
  readonly noiseKind?: 'relative' | 'absolute';
  /** Table with measured rows, beside the file of the suite as in "../data/hubble.csv"; columns by the names above. */
  readonly data?: string;
  /** Rows with |y| below this are dropped: what underflow has left of them. */
  readonly dropBelow?: number;
  /** Why the units as the source gives them do not fit its law; nothing where they do. */
  readonly unitFault?: string;
  readonly source: string;
}

/** What may stand in laws that are searched for in a suite: the same for all its problems. */
export interface SuiteOperators {
  readonly unary: readonly string[];
  readonly binary: readonly string[];
}

/** A file of problems: benchmarks/recovery/problems/<suite>.json. */
export interface ProblemSuite {
  readonly suite: string;
  /** What the suite is. */
  readonly about: string;
  /** Where the facts come from, with authors and licence. */
  readonly source: string;
  readonly operators: SuiteOperators;
  readonly problems: readonly Problem[];
}

const name = z.string().regex(/^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u, 'a name of letters, digits and _');
const INPUT = z
  .strictObject({
    name,
    unit: z.string().optional(),
    low: z.number(),
    high: z.number(),
    sampling: z.enum(['linear', 'log', 'integer']),
    sign: z.enum(['positive', 'negative', 'either']).default('positive'),
  })
  .refine(({ low, high }) => low < high, 'low must be below high')
  .refine(({ low, sampling }) => sampling !== 'log' || low > 0, 'a logarithmic range lies above 0')
  .refine(
    ({ low, high, sampling }) => sampling !== 'integer' || (Number.isInteger(low) && Number.isInteger(high)),
    'whole numbers have whole limits',
  );
const PROBLEM = z.strictObject({
  name: z.string().min(1),
  title: z.string().optional(),
  law: z.string().min(1),
  target: z.strictObject({ name, unit: z.string().optional() }),
  inputs: z.array(INPUT).min(1),
  constants: z.record(name, z.number()).optional(),
  constantUnits: z.record(name, z.string()).optional(),
  where: z.array(z.string()).optional(),
  rows: z.int().min(3).optional(),
  noise: z.number().nonnegative().optional(),
  noiseKind: z.enum(['relative', 'absolute']).optional(),
  data: z.string().optional(),
  dropBelow: z.number().nonnegative().optional(),
  unitFault: z.string().optional(),
  source: z.string().optional(),
});
const SUITE = z.strictObject({
  suite: name,
  about: z.string(),
  source: z.string().min(1),
  operators: z.strictObject({ unary: z.array(z.string()), binary: z.array(z.string()).min(1) }),
  problems: z.array(PROBLEM).min(1),
});

/** Folder of the files of problems. */
export const PROBLEMS = join(dirname(fileURLToPath(import.meta.url)), 'problems');

/** Names of the suites there are. */
export function suiteNames(): string[] {
  return readdirSync(PROBLEMS)
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .sort();
}

/**
 * Reads a file of problems.
 *
 * @param suite a name of `suiteNames`
 * @throws FormatError "no-suite" | "bad-json" | "bad-problem", which names the file, the problem and its fault
 */
export function readSuite(suite: string): ProblemSuite {
  const path = join(PROBLEMS, `${suite}.json`);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new FormatError('no-suite', 'no such suite', `${suite}.json`, 0, `there are ${suiteNames().join(', ')}`);
  }
  return parseSuite(text, `${suite}.json`);
}

/**
 * Reads the text of a file of problems: shape, names, formulas, conditions and units are checked.
 *
 * @param file its name, for messages
 * @throws FormatError "bad-json" | "bad-problem"
 */
export function parseSuite(text: string, file: string): ProblemSuite {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (reason) {
    throw new FormatError('bad-json', (reason as Error).message, file, 0, 'the file is one JSON object');
  }
  const read = SUITE.safeParse(json);
  if (!read.success) {
    const { path, message } = read.error.issues[0];
    throw fault(file, path[0] === 'problems' ? nameAt(json, path[1]) : '', `${path.slice(2).join('.')}: ${message}`);
  }
  const seen = new Set<string>();
  const problems = read.data.problems.map((problem): Problem => {
    if (seen.has(problem.name)) throw fault(file, problem.name, 'the name is taken');
    seen.add(problem.name);
    check(problem, file);
    return { ...problem, source: problem.source ?? read.data.source };
  });
  return { ...read.data, problems };
}

function check(problem: z.infer<typeof PROBLEM>, file: string): void {
  const inputs = problem.inputs.map((input) => input.name);
  const constants = Object.keys(problem.constants ?? {});
  const names = [...inputs, ...constants];
  const repeated = [problem.target.name, ...names].find((one, i, all) => all.indexOf(one) !== i);
  if (repeated !== undefined) throw fault(file, problem.name, `"${repeated}" stands for two things`);
  const unknown = Object.keys(problem.constantUnits ?? {}).find((one) => !constants.includes(one));
  if (unknown !== undefined) throw fault(file, problem.name, `a unit of "${unknown}", which is no constant`);
  const reading = (what: string, read: () => unknown): void => {
    try {
      read();
    } catch (reason) {
      throw fault(file, problem.name, `${what}: ${(reason as Error).message}`);
    }
  };
  reading('law', () => parse(problem.law, { variables: names }));
  for (const condition of problem.where ?? []) reading('where', () => parseCondition(condition, names));
  for (const { name: of, unit } of [problem.target, ...problem.inputs]) {
    if (unit !== undefined) reading(`unit of ${of}`, () => parseUnit(unit));
  }
  for (const [of, unit] of Object.entries(problem.constantUnits ?? {})) reading(`unit of ${of}`, () => parseUnit(unit));
}

function nameAt(json: unknown, index: PropertyKey | undefined): string {
  const problems = (json as { problems: readonly { name?: unknown }[] }).problems;
  return typeof index === 'number' ? String(problems[index]?.name ?? `number ${index + 1}`) : '';
}

function fault(file: string, problem: string, message: string): FormatError {
  const where = problem === '' ? message : `problem "${problem}": ${message}`;
  return new FormatError('bad-problem', where, file, 0, 'see benchmarks/recovery/problem.ts');
}
