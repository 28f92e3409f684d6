import { constant, print, variable } from '../../expressions/index.ts';
import type { ResolvedRequirement } from './requirement-spec.ts';

const number = (value: number): string => print(constant(value));
const name = (input: string): string => print(variable(input));
const formula = (value: number | string): string => (typeof value === 'number' ? number(value) : value);
const point = (at: Readonly<Record<string, number>>): string =>
  Object.entries(at)
    .map(([input, value]) => `${name(input)}=${number(value)}`)
    .join(', ');

function statement(spec: ResolvedRequirement): string {
  switch (spec.kind) {
    case 'symmetric':
    case 'antisymmetric':
      return `${spec.kind} in ${spec.in.map(name).join(', ')}`;
    case 'value':
      return `f(${point(spec.at)}) = ${formula(spec.equals)}`;
    case 'slope':
      return `df/d${name(spec.by)}(${point(spec.at)}) = ${formula(spec.equals)}`;
    case 'power':
      return `power ${number(spec.power)} as ${name(spec.in)} -> ${spec.toward}`;
    case 'positive':
    case 'negative':
      return spec.kind;
    default:
      return `${spec.kind} in ${name(spec.in)}`;
  }
}

/**
 * A requirement as text; `parseRequirement` reads it back.
 *
 * @example requirementText({ kind: 'power', power: 2, in: 'x', toward: 'inf', mode: 'soft' }) // 'power 2 as x -> inf (soft)'
 */
export function requirementText(spec: ResolvedRequirement): string {
  const ranges = Object.entries(spec.for ?? {}).map(
    ([input, [low, high]]) => `${name(input)} in ${number(low)}..${number(high)}`,
  );
  const where = ranges.length > 0 ? ` for ${ranges.join(', ')}` : '';
  const weight = spec.weight === undefined ? '' : `, weight ${number(spec.weight)}`;
  const how = spec.mode === 'soft' || weight !== '' ? ` (${spec.mode}${weight})` : '';
  return statement(spec) + where + how;
}
