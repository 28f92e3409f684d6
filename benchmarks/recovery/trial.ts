import type { Table } from '../../src/core/index.ts';
import { parse, simplify, size } from '../../src/expressions/index.ts';
import type { FitOptions, Model } from '../../src/search/index.ts';
import { generate } from './generate.ts';
import { halfOf } from './half.ts';
import { createJudge } from './judge.ts';
import { type Constants, lawOf } from './law.ts';
import type { Problem, ProblemSuite } from './problem.ts';
import type { Trial } from './result.ts';
import type { Settings } from './settings.ts';

/** Constants of nature that laws may hold by name where the run asks for it, with their units. */
const NATURE: Readonly<Record<string, string>> = {
  c: 'm/s',
  hbar: 'J s',
  k_B: 'J/K',
  eps0: 'F/m',
  G: 'm^3/(kg s^2)',
};

/** `fit`, of the source or of the built package. */
export type Fit = (table: Table, options: FitOptions) => Promise<Model>;

/**
 * Makes the data of a problem for a seed, searches, and judges what was found.
 *
 * @param stage is called when the search begins and when it has ended
 */
export async function runTrial(
  suite: ProblemSuite,
  problem: Problem,
  seed: number,
  settings: Settings,
  fit: Fit,
  stage: (name: 'search' | 'judge') => void,
): Promise<Trial> {
  const { noise, noiseKind, rows } = settings;
  const data = generate(problem, { seed, noise, noiseKind, rows });
  const names = settings.constants ? natureOf(suite, problem) : {};
  const options = optionsOf(suite, problem, seed, settings, names);
  stage('search');
  const start = performance.now();
  const model = await fit(data.train, options);
  const seconds = (performance.now() - start) / 1000;
  stage('judge');
  const judge = createJudge(problem, data, names);
  const verdict = judge(model.best.expression);
  const found = verdict.same ? { expression: model.best.expression, how: verdict.how } : lawOnFront(model, judge);
  return {
    problem: problem.name,
    half: halfOf(problem.name),
    seed,
    law: problem.law,
    best: verdict.same,
    front: found !== undefined,
    how: found?.how ?? 'no',
    reason: verdict.reason,
    lookAlike: verdict.lookAlike,
    seconds,
    evaluations: model.evaluations,
    stoppedBy: model.stoppedBy,
    phase: model.lastPhase,
    expression: model.best.expression,
    found: found?.expression ?? null,
    lowest: model.front[model.front.length - 1].expression,
    size: size(parse(model.best.expression)),
    trueSize: size(simplify(lawOf(problem))),
    r2Inside: r2(model, data.held ?? data.train),
    r2Outside: data.outside ? r2(model, data.outside) : null,
    error: null,
  };
}

/** A trial that ended without a front. */
export function failedTrial(problem: Problem, seed: number, seconds: number, error: string): Trial {
  return {
    problem: problem.name,
    half: halfOf(problem.name),
    seed,
    law: problem.law,
    best: false,
    front: false,
    how: 'no',
    reason: error,
    lookAlike: false,
    seconds,
    evaluations: 0,
    stoppedBy: 'error',
    phase: null,
    expression: '',
    found: null,
    lowest: '',
    size: 0,
    trueSize: size(simplify(lawOf(problem))),
    r2Inside: null,
    r2Outside: null,
    error,
  };
}

function optionsOf(
  suite: ProblemSuite,
  problem: Problem,
  seed: number,
  settings: Settings,
  names: Constants,
): FitOptions {
  const units = Object.fromEntries(problem.inputs.map((input) => [input.name, input.unit ?? '1']));
  const known = Object.entries(names).map(([name, value]) => [name, { value, unit: NATURE[name] }]);
  return {
    target: problem.target.name,
    unaryOperators: [...suite.operators.unary],
    binaryOperators: [...suite.operators.binary],
    seed,
    timeLimit: settings.seconds,
    maxSize: settings.maxSize,
    threads: settings.threads,
    ...(settings.phases && { phases: [...settings.phases] as FitOptions['phases'] }),
    ...(settings.units && { xUnits: units, yUnits: problem.target.unit ?? '1' }),
    ...(settings.constants && { knownConstants: Object.fromEntries(known) }),
  };
}

/** The constants of nature with the values that the suite takes, all of them whether the law holds them or not. */
function natureOf(suite: ProblemSuite, problem: Problem): Constants {
  const taken = [problem.target.name, ...problem.inputs.map(({ name }) => name)];
  const values: Record<string, number> = {};
  for (const name of Object.keys(NATURE)) {
    const own = [problem, ...suite.problems].find(({ constants }) => constants && Object.hasOwn(constants, name));
    if (own?.constants && !taken.includes(name)) values[name] = own.constants[name];
  }
  return values;
}

function lawOnFront(
  model: Model,
  judge: ReturnType<typeof createJudge>,
): { expression: string; how: string } | undefined {
  for (const { expression, complexity } of model.front) {
    if (complexity === model.best.complexity && expression === model.best.expression) continue;
    const { same, how } = judge(expression);
    if (same) return { expression, how };
  }
  return undefined;
}

/** 1 - sum of squared errors / sum of squared deviations; null where a prediction is not finite. */
function r2(model: Model, table: Table): number | null {
  const y = table.numbers(model.target);
  const predicted = model.predict(table);
  // Scaled, since squares of values at the ends of the f64 range are out of it.
  const largest = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const mean = y.reduce((sum, value) => sum + value / largest / y.length, 0);
  let error = 0;
  let spread = 0;
  for (let i = 0; i < y.length; i++) {
    error += ((predicted[i] - y[i]) / largest) ** 2;
    spread += (y[i] / largest - mean) ** 2;
  }
  const value = 1 - error / spread;
  return Number.isFinite(value) ? value : null;
}
