import { z } from 'zod';
import type { Operator } from '../../expressions/index.ts';

/** Building blocks of the option rows. */
export const operatorRow = z.custom<Operator>(
  (value) => typeof value === 'object' && value !== null && 'apply' in value,
  'expected an operator',
);
export const operatorList = z.array(z.union([z.string(), operatorRow]));
export const count = (low: number, high: number) => z.int().min(low).max(high);
export const fraction = z.number().min(0).max(1);
export const column = z.string().min(1);
export const nonNegative = z.number().min(0);

/** A function of the user's. */
export function callback<F extends (...args: never[]) => unknown>() {
  return z.custom<F>((value) => typeof value === 'function', 'expected a function');
}
