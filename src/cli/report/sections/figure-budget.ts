import type { Input, Observations } from '../observations.ts';

/** Marks that all figures of the law draw together; a mark takes about 200 bytes with its specification. */
const MOST_MARKS = 5000;
const MOST_POINTS = 1500;
/** Residuals are drawn against at most so many inputs. */
const MOST_INPUTS = 8;

/** Inputs that get a figure of the residuals. */
export function drawnInputs({ inputs }: Observations): readonly Input[] {
  return inputs.slice(0, MOST_INPUTS);
}

/** Rows that a figure of the law shows, so that the page stays below 2 MB. */
export function pointsPerFigure(data: Observations): number {
  // With error bars the first figure draws two marks a row.
  const figures = 2 + drawnInputs(data).length + (data.errors ? 1 : 0);
  return Math.min(MOST_POINTS, Math.floor(MOST_MARKS / figures));
}
