import { OptionError } from '../../core/index.ts';
import { MUTATION_NAMES } from './evolution-options.ts';

/** PySR's names in camelCase where ours are different words; both are understood. */
export const ALIASES: Readonly<Record<string, string>> = {
  maxsize: 'maxSize',
  maxdepth: 'maxDepth',
  elementwiseLoss: 'loss',
  lossFunctionExpression: 'lossFunction',
  expressionSpec: 'template',
  timeout: 'timeLimit',
  timeoutInSeconds: 'timeLimit',
  randomState: 'seed',
  variableNames: 'inputs',
  XUnits: 'xUnits',
  Xresampled: 'xResampled',
};

/** PySR's weightAddNode is our mutationWeights.addNode. */
function mutationOf(name: string): string | undefined {
  if (!name.startsWith('weight')) return undefined;
  const mutation = name.charAt(6).toLowerCase() + name.slice(7);
  return MUTATION_NAMES.includes(mutation) ? mutation : undefined;
}

/** Options with every alias replaced. @throws OptionError "contradictory-options" when a name stands there twice */
export function withoutAliases(options: unknown): unknown {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return options;
  const out: Record<string, unknown> = {};
  const weights: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    const mutation = mutationOf(name);
    const own = Object.hasOwn(ALIASES, name) ? ALIASES[name] : name;
    if (mutation !== undefined) weights[mutation] = value;
    else if (own !== name && (options as Record<string, unknown>)[own] !== undefined) {
      throw new OptionError('contradictory-options', name, `is another name of ${own}`, 'give one of them');
    } else if (!(own in out && value === undefined)) out[own] = value;
  }
  if (Object.keys(weights).length > 0) {
    const given = out.mutationWeights;
    out.mutationWeights = typeof given === 'object' && given !== null ? { ...given, ...weights } : weights;
  }
  return out;
}
