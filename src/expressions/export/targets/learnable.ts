import { numbersWith, render } from '../render.ts';
import type { ExportUnit, Notation, NumberPlace } from '../target.ts';

/** The lines of a formula whose constants are entries of a vector, and that vector. */
export interface LearnableLines {
  readonly steps: readonly string[];
  readonly result: string;
  /** Values of the constants in the order in which the lines name them. */
  readonly constants: readonly number[];
}

/**
 * Renders a formula with constants[0], constants[1], ... in the place of its numbers. Whole exponents stay numbers: the
 * derivative of a power by its exponent is NaN at a negative base.
 */
export function learnableLines(
  unit: ExportUnit,
  notation: Omit<Notation, 'number'>,
  words: { readonly nan: string; readonly infinity: string },
): LearnableLines {
  const constants: number[] = [];
  const literal = numbersWith(words);
  const number = (value: number, place: NumberPlace): string => {
    if (!Number.isFinite(value) || (place.exponent && Number.isInteger(value))) return literal(value);
    constants.push(value);
    return `constants[${constants.length - 1}]`;
  };
  const full = { ...notation, number };
  const steps = unit.steps.map((step) => `${step.name} = ${render(step.value, full)}`);
  return { steps, result: render(unit.result, full), constants };
}

/** A list of numbers in Python, a few to a line. */
export function pythonList(values: readonly number[], indent: string): string {
  const literal = numbersWith({ nan: 'float("nan")', infinity: 'float("inf")' });
  const rows: string[] = [];
  for (let i = 0; i < values.length; i += 4)
    rows.push(
      values
        .slice(i, i + 4)
        .map(literal)
        .join(', '),
    );
  return rows.length > 1 ? `[\n${rows.map((row) => `${indent}    ${row},\n`).join('')}${indent}]` : `[${rows.join()}]`;
}
