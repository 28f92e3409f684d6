import { UnitError } from '../core/index.ts';
import { systemOf, type UnitSystem } from './dimension.ts';
import { isSmall, type Rational, rational } from './rational.ts';
import { nearestSymbol, unitOfSymbol } from './symbols.ts';
import { multiplyUnits, powerOfUnit, type Unit, unitOne } from './unit.ts';
import { OFFSET_SCALES } from './unit-table.ts';

const LONGEST = 200;
const DEEPEST = 16;
const SPACE = /\s*/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const SYMBOL = /°[CF]?|%|[\p{L}_]+/uy;
const POWER_SIGN = /\s*(?:\*\*|\^)\s*/y;
const DECIMAL = /[+-]?(?:\d+(?:\.\d+)?|\.\d+)/y;
const FRACTION = /\(\s*([+-]?\d+(?:\.\d+)?)\s*(?:\/\s*(\d+))?\s*\)/y;
const PLAIN_POWER = /[+-]?\d+/y;
const SUPERSCRIPT = /[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/uy;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Signs of a product; between a slash and a space nobody can tell what is divided. */
const PRODUCT = /\s*([*×·⋅.]|\/)\s*|\s+(?=[\p{L}_(%°\d])/uy;

/**
 * Reads a unit: symbols with SI prefixes, products by a space, "*" or "·", quotients by "/", powers as "^2", "**-2",
 * "s-2", "²", "^0.5" or "^(3/2)". An empty text is a pure number.
 *
 * "J/kg K" is refused, for some read it as J/(kg K) and others as J K/kg.
 *
 * @param system natural units turn everything into powers of GeV: "fm" is about 5.07 GeV^-1
 * @throws UnitError "unknown-unit" | "bad-unit" | "ambiguous-unit" | "bad-exponent" | "offset-unit", with the position
 * @example parseUnit('km/s/Mpc').scale // 3.2408e-20
 */
export function parseUnit(text: string, system: UnitSystem = 'SI'): Unit {
  if (typeof text !== 'string') throw new UnitError('bad-unit', 'a unit must be text', String(text));
  if (text.length > LONGEST) {
    throw new UnitError('bad-unit', `unit of ${text.length} characters`, `${text.slice(0, 20)}...`, LONGEST);
  }
  if (text.trim() === '') return unitOne(system);
  // The ohm and angstrom signs have two code points each; normalising keeps the length.
  return new UnitReader(text.normalize('NFC'), system).whole();
}

class UnitReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly system: UnitSystem,
  ) {}

  whole(): Unit {
    this.take(SPACE);
    const unit = this.product(0);
    this.take(SPACE);
    if (this.at < this.text.length) throw this.fault('bad-unit', `unexpected "${this.text[this.at]}"`, 'e.g. kg m^2/s');
    if (!(unit.scale > 0 && Number.isFinite(unit.scale))) {
      throw this.fault('bad-unit', `a unit of size ${unit.scale}`, 'use a smaller number', 0);
    }
    return unit;
  }

  private product(depth: number): Unit {
    if (depth > DEEPEST) throw this.fault('bad-unit', 'too many brackets', `at most ${DEEPEST}`);
    let total = this.factor(depth);
    let divided = false;
    for (;;) {
      const start = this.at;
      const sign = this.take(PRODUCT);
      if (sign === '') return total;
      const operator = sign.trim();
      if (operator === '/') {
        divided = true;
        total = multiplyUnits(total, powerOfUnit(this.factor(depth), [-1, 1]));
      } else if (divided && operator !== '*' && operator !== '×') {
        throw this.fault('ambiguous-unit', 'a product after a slash', 'use brackets, as in J/(kg K)', start);
      } else {
        total = multiplyUnits(total, this.factor(depth));
      }
      this.checkExponents(total, start);
    }
  }

  private factor(depth: number): Unit {
    const start = this.at;
    if (this.text[this.at] === '(') {
      this.at++;
      this.take(SPACE);
      const inner = this.product(depth + 1);
      this.take(SPACE);
      if (this.text[this.at] !== ')') throw this.fault('bad-unit', 'a bracket is not closed', 'add ")"');
      this.at++;
      return this.power(inner, start, false);
    }
    const number = this.take(NUMBER);
    if (number !== '') {
      const value = Number(number);
      if (!(value > 0 && Number.isFinite(value))) {
        throw this.fault('bad-unit', `a factor of ${number}`, 'use a positive number', start);
      }
      return this.power(unitOne(this.system, value), start, false);
    }
    const symbol = this.take(SYMBOL);
    if (symbol === '') {
      const found = this.at < this.text.length ? `"${this.text[this.at]}"` : 'the end';
      throw this.fault('bad-unit', `expected a unit, found ${found}`, 'e.g. kg m^2/s');
    }
    return this.power(this.symbol(symbol, start), start, true);
  }

  private symbol(symbol: string, start: number): Unit {
    const unit = unitOfSymbol(symbol, this.system);
    if (unit) return unit;
    if (OFFSET_SCALES.includes(symbol)) {
      throw this.fault('offset-unit', `"${symbol}" has its zero elsewhere`, 'convert the column to K', start);
    }
    const near = nearestSymbol(symbol);
    const hint = near === undefined ? 'use SI symbols' : `did you mean "${near}"?`;
    throw this.fault('unknown-unit', `unknown unit "${symbol}"`, hint, start);
  }

  /** @param bare whether digits may follow at once, as in s-2 */
  private power(unit: Unit, start: number, bare: boolean): Unit {
    const exponent = this.exponent(bare);
    if (!exponent) return unit;
    const raised = powerOfUnit(unit, exponent);
    this.checkExponents(raised, start);
    return raised;
  }

  private exponent(bare: boolean): Rational | undefined {
    const raised = this.take(SUPERSCRIPT);
    if (raised !== '') {
      const digits = [...raised].map((c) => (c === '⁻' ? '-' : c === '⁺' ? '' : String(SUPERSCRIPTS.indexOf(c))));
      return this.small(rational(Number(digits.join(''))));
    }
    if (this.take(POWER_SIGN) === '') {
      const plain = bare ? this.take(PLAIN_POWER) : '';
      return plain === '' ? undefined : this.small(rational(Number(plain)));
    }
    const decimal = this.take(DECIMAL);
    if (decimal !== '') return this.small(ofDecimal(decimal));
    FRACTION.lastIndex = this.at;
    const fraction = FRACTION.exec(this.text);
    if (!fraction) throw this.fault('bad-exponent', 'expected an exponent', 'e.g. ^-2, ^0.5 or ^(3/2)');
    this.at += fraction[0].length;
    const below = Number(fraction[2] ?? 1);
    if (below === 0) throw this.fault('bad-exponent', 'an exponent divided by 0', 'e.g. ^(3/2)');
    const [numerator, denominator] = ofDecimal(fraction[1]);
    return this.small(rational(numerator, denominator * below));
  }

  private small(exponent: Rational): Rational {
    if (isSmall(exponent)) return exponent;
    throw this.fault('bad-exponent', `exponent ${exponent[0] / exponent[1]}`, 'use a small fraction');
  }

  private checkExponents(unit: Unit, start: number): void {
    if (unit.dimension.every(isSmall) && unit.factors.every(({ exponent }) => isSmall(exponent))) return;
    throw this.fault('bad-exponent', 'an exponent out of range', 'use small fractions', start);
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private fault(code: string, message: string, hint: string, position = this.at): UnitError {
    return new UnitError(code, message, this.text, position, hint);
  }
}

/** A decimal as the exact fraction it is written as. */
function ofDecimal(text: string): Rational {
  const [whole, decimals = ''] = text.split('.');
  if (decimals.length > 6) return rational(LONGEST * LONGEST);
  return rational(Number(whole + decimals), 10 ** decimals.length);
}

/** A unit as text or as read before; text is read in the system asked for. */
export function asUnit(unit: string | Unit, system: UnitSystem): Unit {
  if (typeof unit === 'string') return parseUnit(unit, system);
  if (systemOf(unit.dimension) === system) return unit;
  throw new UnitError('mixed-systems', `a unit in ${systemOf(unit.dimension)} units`, '', -1, `read it as ${system}`);
}
