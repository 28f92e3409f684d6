/** A number in so many significant digits: 0.1234, 12340, 1.2 × 10⁻⁹, with a real minus sign. */
export function shown(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) {
    const [mantissa, exponent] = rounded.toExponential().split('e');
    const power = `10${superscript(Number(exponent))}`;
    return mantissa === '1' ? power : `${minus(mantissa)} × ${power}`;
  }
  return minus(String(rounded));
}

/** A whole number in groups of three digits. */
export function counted(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** `count` things: "1 row", "12 rows". */
export function many(count: number, thing: string): string {
  return `${counted(count)} ${thing}${count === 1 ? '' : 's'}`;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A whole number as an exponent. */
export function superscript(value: number): string {
  return String(value).replace(/./g, (character) => (character === '-' ? '⁻' : SUPERSCRIPTS[Number(character)]));
}

function minus(text: string): string {
  return text.replace('-', '−');
}
