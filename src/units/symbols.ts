import { nearest } from '../core/index.ts';
import type { Dimension, UnitSystem } from './dimension.ts';
import { naturalDimension, naturalScale } from './natural.ts';
import { rational } from './rational.ts';
import type { Unit } from './unit.ts';
import { PREFIXES, UNITS, type UnitRow } from './unit-table.ts';

const BY_SYMBOL: ReadonlyMap<string, UnitRow> = new Map(
  UNITS.flatMap((row) => row.symbols.map((symbol) => [symbol, row] as const)),
);

const BY_PREFIX: ReadonlyMap<string, number> = new Map(
  PREFIXES.flatMap(({ symbols, factor }) => symbols.map((symbol) => [symbol, factor] as const)),
);

const LONGEST_PREFIX = 6;

function dimensionOfRow({ exponents }: UnitRow): Dimension {
  return Array.from({ length: 7 }, (_, i) => rational(exponents[i] ?? 0));
}

/** A unit that has a symbol, with or without a prefix: an exact symbol wins, so that "min" is a minute. */
export function unitOfSymbol(symbol: string, system: UnitSystem): Unit | undefined {
  const exact = BY_SYMBOL.get(symbol);
  if (exact) return unitOfRow(symbol, exact, 1, system);
  for (let length = 1; length <= Math.min(LONGEST_PREFIX, symbol.length - 1); length++) {
    const factor = BY_PREFIX.get(symbol.slice(0, length));
    const row = factor === undefined ? undefined : BY_SYMBOL.get(symbol.slice(length));
    if (factor !== undefined && row?.prefixes) return unitOfRow(symbol, row, factor, system);
  }
  return undefined;
}

function unitOfRow(symbol: string, row: UnitRow, prefix: number, system: UnitSystem): Unit {
  const dimension = dimensionOfRow(row);
  const scale = prefix * row.scale;
  const factors = [{ symbol, exponent: rational(1) }];
  if (system === 'SI') return { coefficient: 1, factors, dimension, scale };
  return {
    coefficient: 1,
    factors,
    dimension: naturalDimension(dimension),
    scale: scale * naturalScale(dimension),
  };
}

const COMMON_PREFIXES = ['k', 'M', 'G', 'T', 'm', 'u', 'n', 'p', 'f', 'c'];

/** The known symbol nearest to a misspelt one. */
export function nearestSymbol(symbol: string): string | undefined {
  const known = [...BY_SYMBOL.keys()];
  const prefixed = UNITS.filter((row) => row.prefixes).flatMap((row) =>
    COMMON_PREFIXES.map((prefix) => prefix + row.symbols[0]),
  );
  const all = [...known, ...prefixed];
  return all.find((name) => name.toLowerCase() === symbol.toLowerCase()) ?? nearest(symbol, all);
}
