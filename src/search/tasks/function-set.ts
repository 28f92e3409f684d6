import type { Expression } from '../../expressions/index.ts';
import { type LibraryEntry, valueKey, varies } from '../library.ts';
import type { Measure } from '../measure.ts';
import { Slot } from '../units/slots.ts';
import type { UnitRules } from '../units/unit-rules.ts';

/** Collects distinct functions by their values on the probe rows; the first of several equal ones stays. */
export class FunctionSet {
  readonly entries: LibraryEntry[] = [];
  private readonly seen = new Set<number>();

  constructor(
    private readonly measure: Pick<Measure, 'complexity'>,
    private readonly units: UnitRules | undefined,
    private readonly limit: number,
  ) {}

  get isFull(): boolean {
    return this.entries.length >= this.limit;
  }

  /** Keeps a copy of `values` unless the function is there, is constant, not finite or of no dimension. */
  add(tree: Expression | undefined, values: Float64Array): void {
    if (!tree || this.isFull || !varies(values) || !allFinite(values)) return;
    const key = valueKey(values);
    if (this.seen.has(key) || (this.units && !this.units.admits(tree, Slot.any))) return;
    this.seen.add(key);
    this.entries.push({ tree, complexity: this.measure.complexity(tree), values: Float64Array.from(values) });
  }
}

function allFinite(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
