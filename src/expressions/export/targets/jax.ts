import { commentLines } from '../comment.ts';
import { usedDefinitions, wholePowers } from '../render.ts';
import type { ExportTarget, ExportUnit } from '../target.ts';
import { learnableLines, pythonList } from './learnable.ts';
import { arrayDefinitions, arrayOperators, paragraphs, pythonNames } from './python.ts';

const DEFINITIONS: Readonly<Record<string, string>> = {
  ...arrayDefinitions('jnp'),
  _erf: `
def _erf(a):
    return jax.scipy.special.erf(a)
`.trim(),
  _gamma: `
def _gamma(a):
    floor = jnp.floor(a)
    size = jnp.exp(jax.scipy.special.gammaln(a))
    signed = jnp.where((a > 0) | (floor % 2 == 0), size, -size)
    return jnp.where((a <= 0) & (floor == a), jnp.nan, signed)
`.trim(),
};

const NOTATION = { operators: arrayOperators('jnp'), special: wholePowers(' ** ') };

/** A function of its constants and its arguments, for jit, grad and vmap. */
export const JAX: ExportTarget = {
  name: 'jax',
  language: 'JAX',
  extension: '.py',
  ...NOTATION,
  absent: {},
  outsideDomain: 'NaN; single precision unless jax_enable_x64 is set',
  names: pythonNames(),
  form: 'steps',
  module: jaxModule,
};

function jaxModule(unit: ExportUnit): string {
  const { steps, result, constants } = learnableLines(unit, NOTATION, { nan: 'jnp.nan', infinity: 'jnp.inf' });
  const lines = [...steps, `return ${result}`];
  const definitions = usedDefinitions(lines.join('\n'), DEFINITIONS);
  const usesScipy = definitions.some((text) => text.includes('jax.scipy.'));
  const imports = [
    ...(usesScipy ? ['import jax.scipy.special'] : []),
    'import jax.numpy as jnp',
    'import numpy as np',
    '',
    '# Double precision needs jax.config.update("jax_enable_x64", True) before the first array.',
    `initial_constants = np.array(${pythonList(constants, '')}, dtype=np.float64)`,
  ].join('\n');
  const body = [
    `def ${unit.name}(${['constants', ...unit.arguments].join(', ')}):`,
    '    """Formula found by Ansatz; pass initial_constants, or better ones, as the first argument."""',
    ...commentLines(unit.comments, '#', '    '),
    ...lines.map((line) => `    ${line}`),
  ].join('\n');
  return paragraphs(imports, ...definitions, body);
}
