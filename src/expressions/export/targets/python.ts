import type { NamingRules } from '../identifiers.ts';
import { around, calling, functions, inSum, LEVEL, SIGNS, type Template } from '../template.ts';

/** What the targets in Python share. */

const KEYWORDS =
  'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
  'import in is lambda nonlocal not or pass raise return try while with yield match case type print float int ' +
  'np jnp sp jax torch nn numpy scipy sympy self constants initial_constants value';

/** Names that a variable may have; helpers begin with _ and cannot collide. */
export function pythonNames(...more: readonly string[]): NamingRules {
  return { reserved: new Set([...KEYWORDS.split(' '), ...more]) };
}

/**
 * Templates of the operators that NumPy, PyTorch and JAX call by the same names.
 *
 * @param module the name before the dot
 */
export function arrayOperators(module: string): Record<string, Template> {
  return {
    ...SIGNS,
    inv: around('1.0 / #1', LEVEL.product),
    square: calling(`${module}.square`),
    cube: calling('_cube'),
    pow: calling('_power', 2),
    cbrt: calling(`${module}.cbrt`),
    atan2: inSum(`${module}.arctan2(#1 + 0.0, #2 + 0.0)`),
    ...functions({
      ...Object.fromEntries(
        'sqrt exp exp2 log log2 log10 log1p expm1 sin cos tan sinh cosh tanh abs sign floor ceil'
          .split(' ')
          .map((name) => [name, `${module}.${name}`]),
      ),
      asin: `${module}.arcsin`,
      acos: `${module}.arccos`,
      atan: `${module}.arctan`,
      asinh: `${module}.arcsinh`,
      acosh: `${module}.arccosh`,
      atanh: `${module}.arctanh`,
      step: '_step',
      relu: '_relu',
      erf: '_erf',
      gamma: '_gamma',
      sigmoid: '_sigmoid',
    }),
    ...functions({ min: `${module}.minimum`, max: `${module}.maximum`, mod: '_modulo' }, 2),
  };
}

/** Functions of Python that an array module lacks or means differently; `np` stands for the module. */
export function arrayDefinitions(module: string): Record<string, string> {
  const definitions: Record<string, string> = {
    _cube: `
def _cube(a):
    return a * a * a
`,
    _power: `
def _power(a, b):
    """Real power: NaN at 0^-1, at a negative base with a fractional exponent, and wherever an argument is NaN."""
    whole = np.isfinite(b) & (np.floor(b) == b)
    positive = (a > 0) & ((a != 1) | np.isfinite(b))
    inside = positive | ((a < 0) & whole) | ((a == 0) & (b >= 0))
    return np.where(inside, np.power(a, b), np.nan)
`,
    _step: `
def _step(a):
    return np.where(np.isnan(a), np.nan, np.where(a > 0, 1.0, 0.0))
`,
    _relu: `
def _relu(a):
    return np.maximum(a, 0.0)
`,
    _modulo: `
def _modulo(a, b):
    return a - b * np.floor(a / b)
`,
    _sigmoid: `
def _sigmoid(a):
    return 1.0 / (1.0 + np.exp(-a))
`,
  };
  return Object.fromEntries(
    Object.entries(definitions).map(([name, text]) => [name, text.trim().replace(/\bnp\./g, `${module}.`)]),
  );
}

/** Paragraphs of a Python module, two blank lines apart. */
export function paragraphs(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n\n')}\n`;
}
