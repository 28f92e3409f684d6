import { nearest, OptionError, UnitError } from '../../core/index.ts';
import { CONSTANT_NAMES, type Dimension, isDimensionless, knownConstant, parseUnit } from '../../units/index.ts';
import { hasUnits, type ResolvedOptions } from '../options/options.ts';

/** A constant that a law may hold by name. */
export interface NamedConstant {
  /** As the user writes it. */
  readonly name: string;
  /** Its value in `unit`, > 0. */
  readonly value: number;
  /** The unit it is tabulated in; "1" for a pure number. */
  readonly unit: string;
  /** Its value in coherent units of the system: the SI, or powers of GeV. */
  readonly coherent: number;
  readonly dimension: Dimension;
  /** Relative standard uncertainty; 0 for an exact value and for the user's own. */
  readonly uncertainty: number;
}

type Asked = Pick<
  ResolvedOptions,
  'knownConstants' | 'unitSystem' | 'xUnits' | 'yUnits' | 'dimensionlessConstantsOnly' | 'dimensionMode' | 'target'
>;

const PLAIN_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const OPTION = 'knownConstants';

/**
 * The constants that the options name, by the table of units or with the user's own values.
 *
 * @param inputs names that a constant must not have
 * @throws OptionError "unknown-constant" | "invalid-option" | "contradictory-options"; UnitError for the user's units
 */
export function readConstants(options: Asked, inputs: readonly string[]): NamedConstant[] {
  const { knownConstants: asked } = options;
  if (asked === undefined) return [];
  const given = Array.isArray(asked) ? asked.map((name) => [name, true] as const) : Object.entries(asked);
  const constants = given.map(([name, own]) => {
    checkName(name, options, inputs);
    return own === true ? tabulated(name, options) : ownConstant(name, own, options);
  });
  constants.forEach((constant, i) => {
    const row = knownConstant(constant.name);
    const same = constants.findIndex(
      ({ name, value }) => name === constant.name || (row && knownConstant(name) === row && value === constant.value),
    );
    if (same < i)
      throw new OptionError('invalid-option', OPTION, `"${constant.name}" is given twice`, 'once is enough');
  });
  checkUnits(constants, options);
  return constants;
}

function checkName(name: string, { target }: Asked, inputs: readonly string[]): void {
  if (!PLAIN_NAME.test(name) || name === 'pi') {
    throw new OptionError('invalid-option', OPTION, `"${name}" is no name of a constant`, 'use letters, digits and _');
  }
  if (inputs.includes(name) || name === target) {
    const owner = name === target ? 'the target' : 'an input';
    const hint = 'rename the column, or give the constant another name with its value';
    throw new OptionError('contradictory-options', OPTION, `"${name}" is ${owner}`, hint);
  }
}

function tabulated(name: string, { unitSystem }: Asked): NamedConstant {
  const row = knownConstant(name);
  if (!row) {
    const near = nearest(name, CONSTANT_NAMES);
    const own = 'give its value: {name: {value, unit}}';
    throw new OptionError(
      'unknown-constant',
      OPTION,
      `no constant "${name}"`,
      near ? `did you mean "${near}"? Or ${own}` : own,
    );
  }
  const { value, unit, uncertainty } = row;
  const { scale, dimension } = parseUnit(unit, unitSystem);
  return { name, value, unit, coherent: value * scale, dimension, uncertainty: uncertainty / value };
}

function ownConstant(
  name: string,
  { value, unit = '1' }: { readonly value: number; readonly unit?: string },
  { unitSystem }: Asked,
): NamedConstant {
  try {
    const { scale, dimension } = parseUnit(unit, unitSystem);
    return { name, value, unit, coherent: value * scale, dimension, uncertainty: 0 };
  } catch (error) {
    if (!(error instanceof UnitError)) throw error;
    throw new UnitError(error.code, `${OPTION} "${name}": ${error.unit}`, error.unit, error.position, error.hint);
  }
}

function checkUnits(constants: readonly NamedConstant[], options: Asked): void {
  const withUnit = constants.find(({ dimension }) => !isDimensionless(dimension));
  if (!withUnit) return;
  if (!hasUnits(options)) {
    const asked = options.knownConstants;
    const own = !Array.isArray(asked) && asked?.[withUnit.name] !== true;
    if (!own) return;
    const hint = 'give xUnits and yUnits, or leave out its unit';
    throw new OptionError(
      'contradictory-options',
      OPTION,
      `the unit of "${withUnit.name}" needs those of columns`,
      hint,
    );
  }
  if (options.dimensionlessConstantsOnly && options.dimensionMode === 'construct') {
    throw new OptionError(
      'contradictory-options',
      'dimensionlessConstantsOnly',
      `"${withUnit.name}" is in ${withUnit.unit}`,
      'a law can hold it only where constants may have units',
    );
  }
}
