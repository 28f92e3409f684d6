import { UnitError } from '../core/index.ts';
import { formatDimension, type UnitSystem } from './dimension.ts';
import { asUnit } from './parse-unit.ts';
import { formatUnit, sameDimension, type Unit } from './unit.ts';

/**
 * A number in one unit as a number in another.
 *
 * @param system with natural units, hbar = c = k_B = epsilon_0 = 1 make a length an inverse energy
 * @throws UnitError "unequal-dimensions", or what `parseUnit` throws
 * @example convert(1, 'km/h', 'm/s') // 0.27778
 * @example convert(1, 'GeV^-2', 'mb', 'natural') // 0.38938
 */
export function convert(value: number, from: string | Unit, to: string | Unit, system: UnitSystem = 'SI'): number {
  const source = asUnit(from, system);
  const wanted = asUnit(to, system);
  if (!sameDimension(source, wanted)) {
    const [a, b] = [formatDimension(source.dimension), formatDimension(wanted.dimension)];
    const text = formatUnit(source);
    const hint = system === 'SI' ? 'in natural units more of them agree' : 'check the exponents';
    throw new UnitError('unequal-dimensions', `${text} is ${a}, ${formatUnit(wanted)} is ${b}`, text, -1, hint);
  }
  return value * (source.scale / wanted.scale);
}
