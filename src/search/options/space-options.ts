import { z } from 'zod';
import type { Expression } from '../../expressions/index.ts';
import { callback, count, nonNegative, operatorList } from './rows.ts';

const limit = z.int().min(-1).max(1000);

/** What may stand in a law, and how complex it is. */
export const SPACE_OPTIONS = {
  binaryOperators: operatorList.default(['+', '-', '*', '/', '^']).describe('operators of two arguments'),
  unaryOperators: operatorList.default(['sqrt', 'exp', 'log']).describe('operators of one argument'),
  operators: z
    .strictObject({ 1: operatorList.optional(), 2: operatorList.optional() })
    .optional()
    .describe('operators by number of arguments, instead of the two lists'),
  maxSize: count(1, 200).default(30).describe('largest complexity'),
  maxDepth: count(1, 200).default(30).describe('largest depth'),
  warmupMaxsizeBy: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('share of the run over which the largest complexity grows from 3; needs niterations or maxEvals'),
  constraints: z
    .record(z.string(), z.union([limit, z.array(limit).length(2)]))
    .default({})
    .describe('largest complexity of the arguments of an operator, -1 for any: {"^": [-1, 1], "sin": 5}'),
  nestedConstraints: z
    .record(z.string(), z.record(z.string(), count(0, 1000)))
    .default({})
    .describe('how often an operator may stand inside another: {"sin": {"cos": 0}}'),
  complexityOfOperators: z
    .record(z.string(), nonNegative.max(1000))
    .default({})
    .describe('complexity of an operator; 1 for the others'),
  complexityOfConstants: nonNegative.max(1000).default(1).describe('complexity of a constant'),
  complexityOfVariables: z
    .union([nonNegative.max(1000), z.record(z.string(), nonNegative.max(1000))])
    .default(1)
    .describe('complexity of an input, of all or by name'),
  complexityMapping: callback<(expression: Expression) => number>()
    .optional()
    .describe('complexity of a whole expression, instead of the sum over its nodes; runs on one thread'),
  template: z
    .union([
      z.string().min(1),
      z.strictObject({
        combine: z.string().min(1),
        functions: z.array(z.string().min(1)).optional(),
        parameters: z.record(z.string(), count(1, 1000)).optional(),
      }),
    ])
    .optional()
    .describe('fixed form around functions to find: "f(x, y) * exp(-g(z)) + p[1]", D(f, 1)(x), p[category]'),
};
