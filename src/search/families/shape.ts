import type { Expression } from '../../expressions/index.ts';
import type { Forms } from '../forms.ts';
import type { Factor } from '../monomial.ts';
import type { Argument, Sample } from './argument.ts';
import type { Grid } from './grid.ts';

/** What a shape contributes to a law: scale * product of its factors. */
export interface Part {
  readonly scale: number;
  readonly factors: readonly Factor[];
}

/** A function phi of an argument h with one or two constants k and c inside. */
export interface Shape {
  readonly name: string;
  /** 2 for a sine and a cosine, whose sum has a free phase. */
  readonly columns: 1 | 2;
  /** The shape that the law is written with, where the search looks at a part of it alone. */
  readonly whole?: Shape;
  /** Where k and c are looked for; empty where the shape makes no sense. */
  grid(argument: Argument, ratio: number): Grid;
  /** Writes the columns that a fit combines. */
  fill(argument: Argument, sample: Sample, k: number, c: number, first: Float64Array, second: Float64Array): void;
  /**
   * The fitted columns as parts of a law, the most general first; undefined where the operators cannot express one.
   *
   * @param fitted coefficients of the columns
   */
  parts(
    forms: Forms,
    argument: Argument,
    k: number,
    c: number,
    fitted: Float64Array | readonly number[],
  ): (Part | undefined)[];
  /** Sign of phi at a value of the argument; 1 when absent. */
  sign?(h: number, k: number, c: number): number;
}

/** scale * tree^exponent; undefined without a tree. */
export function partOf(scale: number, tree: Expression | undefined, exponent: number): Part | undefined {
  return tree && { scale, factors: [{ tree, exponent }] };
}

/** Fills the first column point by point. */
export function pointwise(f: (h: number, k: number, c: number) => number): Shape['fill'] {
  return (argument, sample, k, c, first) => {
    const values = argument[sample];
    for (let i = 0; i < values.length; i++) first[i] = f(values[i], k, c);
  };
}

/** exp(scale * h) in whatever exponential there is. */
export function exponential(forms: Forms, scale: number, h: Expression | undefined): Expression | undefined {
  if (scale === -1 && !forms.has('mul') && !forms.has('div')) return forms.apply('exp', forms.apply('neg', h));
  return forms.apply('exp', forms.affine(scale, h, 0)) ?? forms.apply('exp2', forms.affine(scale / Math.LN2, h, 0));
}

/** h + c. */
export function shifted(forms: Forms, h: Expression, c: number): Expression | undefined {
  return c === 0 ? h : forms.add(h, { kind: 'constant', value: c });
}

/** c - h. */
export function reflected(forms: Forms, h: Expression, c: number): Expression | undefined {
  const minuend: Expression = { kind: 'constant', value: c };
  return forms.apply('sub', minuend, h) ?? forms.add(minuend, forms.affine(-1, h, 0));
}
