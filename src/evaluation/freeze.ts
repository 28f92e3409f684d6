import type { Program } from './program.ts';

/** A program some of whose parameters became fixed numbers, and where each constant went. */
export interface FrozenProgram {
  readonly program: Program;
  /** New index of every constant, shape [constants]. */
  readonly position: Int32Array;
}

/**
 * Takes parameters out of a fit: they keep their values and get no column in the Jacobian.
 *
 * The case that needs it is an integer exponent of a base that is negative at some row: the value is fine
 * there, its derivative in the exponent is not a real number.
 *
 * @param frozen indices of parameters
 */
export function freeze(program: Program, frozen: ReadonlySet<number>): FrozenProgram {
  const { code, constants, parameters, stackDepth } = program;
  const indices = Array.from(constants, (_, i) => i);
  const isFree = (i: number): boolean => i < parameters && !frozen.has(i);
  const order = [...indices.filter(isFree), ...indices.filter((i) => !isFree(i))];
  const position = new Int32Array(constants.length);
  order.forEach((old, index) => {
    position[old] = index;
  });
  return {
    program: {
      code: code.map((word) => ((word & 0xff) === 1 ? (position[word >> 8] << 8) | 1 : word)),
      constants: Float64Array.from(order, (old) => constants[old]),
      parameters: parameters - frozen.size,
      stackDepth,
    },
    position,
  };
}
