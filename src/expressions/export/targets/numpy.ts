import { commentLines } from '../comment.ts';
import { numbersWith, render, usedDefinitions, wholePowers } from '../render.ts';
import type { ExportTarget, ExportUnit } from '../target.ts';
import { arrayDefinitions, arrayOperators, paragraphs, pythonNames } from './python.ts';

/** A vectorised function of NumPy arrays; erf and gamma come from SciPy, which is imported only where they are used. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  ...arrayDefinitions('np'),
  _gamma: `
def _gamma(a):
    return np.where((a <= 0) & (np.floor(a) == a), np.nan, scipy.special.gamma(a))
`.trim(),
  _erf: `
def _erf(a):
    return scipy.special.erf(a)
`.trim(),
};

const NOTATION = {
  operators: arrayOperators('np'),
  special: wholePowers(' ** '),
  number: numbersWith({ nan: 'np.nan', infinity: 'np.inf' }),
};

export const NUMPY: ExportTarget = {
  name: 'numpy',
  language: 'NumPy',
  extension: '.py',
  operators: NOTATION.operators,
  special: NOTATION.special,
  absent: {},
  outsideDomain: 'NaN, without a warning',
  names: pythonNames(),
  form: 'steps',
  module: numpyModule,
};

function numpyModule(unit: ExportUnit): string {
  const lines = [
    ...unit.steps.map((step) => `${step.name} = ${render(step.value, NOTATION)}`),
    `return ${render(unit.result, NOTATION)}`,
  ];
  const definitions = usedDefinitions(lines.join('\n'), DEFINITIONS);
  const usesScipy = definitions.some((text) => text.includes('scipy.'));
  const body = [
    `def ${unit.name}(${unit.arguments.join(', ')}):`,
    '    """Formula found by Ansatz; takes numbers or arrays that broadcast."""',
    ...commentLines(unit.comments, '#', '    '),
    ...unit.arguments.map((name) => `    ${name} = np.asarray(${name}, dtype=float)`),
    '    with np.errstate(all="ignore"):',
    ...lines.map((line) => `        ${line}`),
  ].join('\n');
  return paragraphs(`import numpy as np${usesScipy ? '\nimport scipy.special' : ''}`, ...definitions, body);
}
