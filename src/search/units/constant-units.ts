import { DimensionAlgebra, type Expression } from '../../expressions/index.ts';
import { BASE_SYMBOLS, DimensionTable, formatFactors, rational, type Unit } from '../../units/index.ts';
import { Slot } from './slots.ts';
import { UnitAnalysis } from './unit-analysis.ts';
import type { FitUnits } from './unit-rules.ts';

/** The symbols that a unit is written with, each with its exponent. */
type Spelling = (unit: Unit) => readonly { readonly symbol: string; readonly exponent: readonly [number, number] }[];

/**
 * The unit of each constant of a law, by the symbols that the columns' units are written with: with a in AU and
 * the target in d, the 365.2 of 365.2 a^1.5 is in d/AU^1.5.
 *
 * @param units of inputs and target
 * @returns shape [constants], in pre-order: a unit, "1" for a pure number, "any" where several constants share one;
 *   undefined for a law that is not consistent
 */
export function constantUnits(tree: Expression, units: FitUnits): string[] | undefined {
  return spelled(tree, units, asWritten) ?? spelled(tree, units, inBaseUnits);
}

const asWritten: Spelling = ({ coefficient, factors }) =>
  // A number in front is part of the unit: a column in "100 km" holds multiples of 100 km.
  coefficient === 1 ? factors : [{ symbol: `(${coefficient} ${formatFactors(factors)})`, exponent: rational(1) }];

const inBaseUnits: Spelling = ({ dimension }) => {
  const symbols = BASE_SYMBOLS[dimension.length === 1 ? 'natural' : 'SI'];
  return dimension.map((exponent, i) => ({ symbol: symbols[i], exponent }));
};

function spelled(tree: Expression, { inputs, target }: FitUnits, spelling: Spelling): string[] | undefined {
  const all = [...inputs.values(), ...(target ? [target] : [])];
  // The target's own symbols stand first.
  const ordered = [...(target ? spelling(target) : []), ...all.flatMap((unit) => spelling(unit))];
  const symbols = [...new Set(ordered.map(({ symbol }) => symbol))];
  const table = new DimensionTable(symbols.length);
  const idOf = (unit: Unit): number => {
    const factors = spelling(unit);
    return table.id(symbols.map((name) => factors.find(({ symbol }) => symbol === name)?.exponent ?? [0, 1]));
  };
  const ids = new Map([...inputs].map(([name, unit]) => [name, idOf(unit)]));
  const algebra = new DimensionAlgebra(table, ids, true);
  const analysis = new UnitAnalysis(algebra).read(tree, target ? idOf(target) : Slot.any);
  if (analysis.violations > 0) return undefined;
  const found: string[] = [];
  for (let at = 0; at < analysis.count; at++) {
    if (analysis.nodes[at].kind !== 'constant') continue;
    const slot = analysis.slots[at];
    if (slot === Slot.any || slot === Slot.wild) found.push('any');
    else if (slot < 0) found.push('1');
    else found.push(formatFactors(table.dimension(slot).map((exponent, i) => ({ symbol: symbols[i], exponent }))));
  }
  return found;
}
