import { RandomStream } from '../../../src/core/index.ts';
import { compile, type Program } from '../../../src/evaluation/index.ts';
import { parse } from '../../../src/expressions/index.ts';
import {
  buildRequirements,
  type Range,
  type Requirement,
  type RequirementSpec,
  readRequirements,
} from '../../../src/search/requirements/index.ts';

export const INPUTS = ['x', 'y', 'z'] as const;

/** Ranges of x, y and z: one on both sides of 0, one positive, one that does not reach 0. */
export const RANGES: readonly Range[] = [
  [-2, 3],
  [0, 4],
  [1, 5],
];

/** Requirements on laws of x, y and z, relative to a target of scale 1 unless told. */
export function build(
  requirements: readonly (string | RequirementSpec)[],
  { ranges = RANGES, scale = 1, seed = 5, inputs = INPUTS as readonly string[] } = {},
): Requirement[] {
  return buildRequirements(readRequirements(requirements, inputs), inputs, ranges, scale, new RandomStream(seed));
}

export function program(formula: string, inputs: readonly string[] = INPUTS): Program {
  return compile(parse(formula), new Map(inputs.map((name, i) => [name, i])));
}
