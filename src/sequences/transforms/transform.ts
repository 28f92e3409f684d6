/** A sequence with the index of its first term. */
export interface Stretch {
  readonly values: readonly bigint[];
  readonly start: number;
}

/** A change of a sequence that can be undone; a new transform is a new row in `index.ts`. */
export interface Transform {
  readonly name: string;
  /** What the new sequence v is, as a formula in the old one u. */
  readonly text: string;
  readonly latex: string;
  /**
   * The new sequence v of all that u tells.
   *
   * @returns undefined where the transform does not apply, or a term of v is no integer
   */
  forward(u: Stretch): Stretch | undefined;
  /**
   * The sequence u again.
   *
   * @param v the new sequence, continued
   * @param u the given terms
   * @param count terms of u asked for, the given ones included
   * @returns u from its first term: as many terms as v fixes, at most `count`; undefined where a term is no integer
   */
  backward(v: readonly bigint[], u: Stretch, count: number): bigint[] | undefined;
  /** Terms of v that are needed to give `count` terms of u; as many as of u unless it says otherwise. */
  needed?(count: number, u: Stretch): number;
}
