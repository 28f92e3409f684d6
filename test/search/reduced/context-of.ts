import { RandomStream, type Table } from '../../../src/core/index.ts';
import { createWasmEvaluator } from '../../../src/evaluation/index.ts';
import type { SearchContext } from '../../../src/search/context.ts';
import { createContext } from '../../../src/search/create-context.ts';
import { createObjectiveRules } from '../../../src/search/create-objective-rules.ts';
import { DeviceChoice } from '../../../src/search/device/device-choice.ts';
import { objectiveWire } from '../../../src/search/fit.ts';
import { Objective } from '../../../src/search/objective.ts';
import { type FitOptions, resolveOptions } from '../../../src/search/options/options.ts';
import { prepare } from '../../../src/search/prepare.ts';
import { createSyntax } from '../../../src/search/syntax.ts';

/** What the phases of a run share, before any has run. */
export function contextOf(table: Table, given: FitOptions): SearchContext {
  const options = resolveOptions(given);
  const { problem, grammar, ...rest } = prepare(table, options);
  const evaluator = createWasmEvaluator({ precision: options.precision });
  evaluator.setData(problem);
  const syntax = createSyntax(grammar);
  const wire = objectiveWire({ problem, grammar, ...rest }, options);
  const rules = createObjectiveRules(wire, syntax, problem, new RandomStream(options.seed));
  const objective = new Objective(problem, evaluator, { ...rules, lossFunction: options.lossFunction });
  const fresh = { threads: 1, brood: 1, device: DeviceChoice.onWasm(1), notes: [], fingerprint: '', seconds: 0 };
  return createContext(options, { syntax, objective, wire, ...fresh });
}
