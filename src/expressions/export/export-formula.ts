import { nearest, OptionError } from '../../core/index.ts';
import type { Expression } from '../expression.ts';
import { prepare } from './prepare.ts';
import type { ExportOptions, ExportTarget, ExportTargetName } from './target.ts';
import { CPP } from './targets/cpp.ts';
import { FORM } from './targets/form.ts';
import { FORTRAN } from './targets/fortran.ts';
import { JAVASCRIPT } from './targets/javascript.ts';
import { JAX } from './targets/jax.ts';
import { LATEX } from './targets/latex.ts';
import { MATHEMATICA } from './targets/mathematica.ts';
import { NUMPY } from './targets/numpy.ts';
import { ONNX } from './targets/onnx.ts';
import { PYTORCH } from './targets/pytorch.ts';
import { SYMPY } from './targets/sympy.ts';

/**
 * The languages and formats that a formula is exported to, one row each.
 *
 * A value outside the domain of an operator is NaN in Ansatz. Elsewhere it is
 *
 * | target | outside the domain | what else differs |
 * | --- | --- | --- |
 * | numpy | NaN, without a warning | erf and gamma are SciPy's |
 * | sympy | the complex value | cancellation may widen the domain; atan2(0, 0) is nan |
 * | pytorch | NaN | constants are parameters, but for whole exponents; gamma is exp(lgamma) |
 * | jax | NaN | as pytorch; single precision unless jax_enable_x64 is set |
 * | cpp | NaN | -ffast-math breaks the rules |
 * | fortran | NaN | -ffast-math breaks the rules, -ffpe-trap stops the program |
 * | javascript | NaN | nothing |
 * | mathematica | the complex value | a pole is ComplexInfinity; ArcTan[0, 0] is Indeterminate |
 * | form | no value | functions are symbols; den(x) is 1/x, and x * den(x) is not reduced |
 * | latex | as the reader understands it | |
 * | onnx | NaN | no gamma; Erf in double is in the standard, but not in ONNX Runtime 1.30 |
 *
 * Real powers (NaN at a negative base with a fractional exponent), the real cube root and the floored remainder are as
 * in Ansatz wherever the table says NaN, and in sympy the last two.
 */
export const EXPORT_TARGETS: readonly ExportTarget[] = [
  NUMPY,
  SYMPY,
  PYTORCH,
  JAX,
  CPP,
  FORTRAN,
  JAVASCRIPT,
  MATHEMATICA,
  FORM,
  LATEX,
  ONNX,
];

/**
 * A formula as a usable unit of another language: a function, a module, a program or a binary model.
 *
 * Constants keep every bit. Variables whose names the language does not accept are renamed, and a comment says how.
 * Operators defined by a formula are written out. Formulas too deep or long for a compiler are computed in steps.
 *
 * @param target a name in `EXPORT_TARGETS`
 * @returns bytes for "onnx", text for everything else
 * @throws OptionError "unknown-target" | "operator-absent" | "unknown-variable" | "name-twice" | "bad-name" |
 *   "unknown-choice"
 * @throws AnsatzError "non-finite-constant" | "too-large" | "too-deep"; for FORM "inexact-number" | "not-finite"; for
 *   ONNX in single precision "out-of-range"
 * @example exportFormula(parse('2*x + 1'), 'latex') // 'f\\left(x\\right) = 2 \\cdot x + 1\n'
 */
export function exportFormula(expression: Expression, target: 'onnx', options?: ExportOptions): Uint8Array;
export function exportFormula(
  expression: Expression,
  target: Exclude<ExportTargetName, 'onnx'>,
  options?: ExportOptions,
): string;
export function exportFormula(
  expression: Expression,
  target: ExportTargetName,
  options?: ExportOptions,
): string | Uint8Array;
export function exportFormula(
  expression: Expression,
  target: ExportTargetName,
  options: ExportOptions = {},
): string | Uint8Array {
  const row = EXPORT_TARGETS.find(({ name }) => name === target);
  if (!row) throw unknownTarget(String(target));
  for (const [option, choices] of Object.entries(CHOICES)) {
    const value = options[option as keyof typeof CHOICES];
    if (value === undefined || choices.includes(value)) continue;
    throw new OptionError('unknown-choice', option, `"${value}" is not a choice`, `choices: ${choices.join(', ')}`);
  }
  return row.module(prepare(expression, row, options));
}

const CHOICES = {
  assumptions: ['real', 'positive', 'none'],
  floats: ['refuse', 'decimal', 'binary'],
  precision: ['float64', 'float32'],
};

function unknownTarget(name: string): OptionError {
  const names = EXPORT_TARGETS.map((target) => target.name);
  const near = nearest(name, names);
  const hint = near === undefined ? `targets: ${names.join(', ')}` : `did you mean "${near}"?`;
  return new OptionError('unknown-target', 'target', `"${name}" is not a target`, hint);
}
