import { nearest, OptionError, ParseError } from '../../core/index.ts';
import { parse, variablesOf } from '../../expressions/index.ts';
import { parseRequirement } from './parse-requirement.ts';
import { quote } from './requirement-reader.ts';
import { REQUIREMENT_SCHEMA, type RequirementSpec, type ResolvedRequirement } from './requirement-spec.ts';
import { requirementText } from './requirement-text.ts';

/**
 * Reads the option `requirements`: texts and objects, checked against the names of the inputs.
 *
 * @returns plain data, which may be posted to a worker
 * @throws OptionError "bad-requirement" | "unknown-input" | "bad-range" | "contradictory-requirement"
 * @example readRequirements(['even in x', { kind: 'positive', mode: 'soft' }], ['x']).map((spec) => spec.mode) // ['hard', 'soft']
 */
export function readRequirements(
  requirements: readonly (string | RequirementSpec)[],
  inputs: readonly string[],
): ResolvedRequirement[] {
  return requirements.map((requirement, index) => {
    const spec = typeof requirement === 'string' ? parseRequirement(requirement, inputs) : read(requirement, index);
    check(spec, typeof requirement === 'string' ? requirement : requirementText(spec), inputs);
    return spec;
  });
}

function read(requirement: unknown, index: number): ResolvedRequirement {
  const result = REQUIREMENT_SCHEMA.safeParse(requirement);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = [`requirements[${index}]`, ...issue.path.map(String)].join('.');
  const kinds = REQUIREMENT_SCHEMA.options.map((option) => option.shape.kind.value);
  const hint = issue.path[0] === 'kind' ? `kinds: ${kinds.join(', ')}` : 'see RequirementSpec, or write it as text';
  throw new OptionError('bad-requirement', place, issue.message.toLowerCase().replace(/\s+/g, ' '), hint);
}

function check(spec: ResolvedRequirement, text: string, inputs: readonly string[]): void {
  const fail = (code: string, message: string, hint: string): never => {
    throw new OptionError(code, 'requirements', `${quote(text)}: ${message}`, hint);
  };
  const ranges = Object.entries(spec.for ?? {});
  const held = 'at' in spec ? Object.keys(spec.at) : [];
  const about = 'by' in spec ? [spec.by] : 'in' in spec ? [spec.in].flat() : [];
  const formula = 'equals' in spec && typeof spec.equals === 'string' ? variablesIn(spec.equals, fail) : [];
  for (const name of [...about, ...held, ...ranges.map(([input]) => input), ...formula]) {
    if (inputs.includes(name)) continue;
    const near = nearest(name, inputs);
    const mend = near !== undefined ? `did you mean "${near}"?` : `inputs: ${inputs.join(', ')}`;
    fail('unknown-input', `"${name}" is no input`, mend);
  }
  const twice = about.find((name, i) => about.indexOf(name) !== i);
  if (twice !== undefined) fail('bad-requirement', `"${twice}" is named twice`, 'name different inputs');
  if ('at' in spec && held.length === 0) fail('bad-requirement', 'no input is held', 'hold one, as in f(x=0) = 1');
  for (const [name, [low, high]] of ranges) {
    if (!(low < high)) fail('bad-range', `${low}..${high} is no range of "${name}"`, 'give the lower limit first');
    if (held.includes(name) || (spec.kind === 'power' && spec.in === name)) {
      fail('contradictory-requirement', `"${name}" is held and has a range`, 'leave out one of them');
    }
  }
}

function variablesIn(formula: string, fail: (code: string, message: string, hint: string) => never): string[] {
  try {
    return variablesOf(parse(formula));
  } catch (error) {
    if (error instanceof ParseError) return fail('bad-requirement', error.message, 'mend the formula');
    throw error;
  }
}
