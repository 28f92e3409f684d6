/** A number as text: the shortest that reads back exactly, or so many significant digits. */
export function formatNumber(value: number, digits?: number): string {
  if (Object.is(value, -0)) return '-0';
  return String(digits === undefined ? value : Number(value.toPrecision(Math.min(Math.max(digits, 1), 17))));
}
