import { type ProblemSuite, readSuite, suiteNames } from './problem.ts';
import { randomSuite } from './random-laws.ts';

const RANDOM = /^random(?:-(\d{1,9}))?$/;
const RANDOM_LAWS = 100;
const RANDOM_SEED = 1;

const made = new Map<string, ProblemSuite>();

/** The suites: files of problems, and random laws. */
export function knownSuites(): string[] {
  return [...suiteNames(), 'random'];
}

/** Whether there is a suite of this name. */
export function isSuite(name: string): boolean {
  return RANDOM.test(name) || suiteNames().includes(name);
}

/**
 * A suite by name: a file of problems; "random", a hundred random laws of seed 1; or "random-7", those of seed 7.
 *
 * @throws FormatError "no-suite" | "bad-json" | "bad-problem"
 */
export function suiteOf(name: string): ProblemSuite {
  let suite = made.get(name);
  if (suite === undefined) {
    const random = RANDOM.exec(name);
    suite = random ? randomSuite(RANDOM_LAWS, Number(random[1] ?? RANDOM_SEED)) : readSuite(name);
    made.set(name, suite);
  }
  return suite;
}
