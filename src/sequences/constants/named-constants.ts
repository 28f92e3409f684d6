import { catalanBits, eulerBits, eulerGammaBits, piBits, zetaBits } from '../../numerics/index.ts';

/** A constant with a name, to any precision. */
export interface NamedConstant {
  /** What stands in a formula. Names other than pi are read as variables of that name. */
  readonly text: string;
  readonly latex: string;
  /** Value times 2^bits. */
  readonly fixed: (bits: number) => bigint;
}

const TABLE: Readonly<Record<string, NamedConstant>> = {
  pi: { text: 'pi', latex: '\\pi', fixed: piBits },
  e: { text: 'exp(1)', latex: 'e', fixed: eulerBits },
  catalan: { text: 'catalan', latex: 'G', fixed: catalanBits },
  euler_gamma: { text: 'euler_gamma', latex: '\\gamma', fixed: eulerGammaBits },
};

/**
 * A constant by name: pi, e, catalan, euler_gamma, zeta3, zeta5, ... ; undefined for any other name.
 *
 * @example namedConstant('zeta3')?.latex // '\\zeta(3)'
 */
export function namedConstant(name: string): NamedConstant | undefined {
  if (Object.hasOwn(TABLE, name)) return TABLE[name];
  const order = Number(/^zeta([1-9]\d?)$/.exec(name)?.[1]);
  if (!(order >= 2)) return undefined;
  return { text: name, latex: `\\zeta(${order})`, fixed: (bits) => zetaBits(order, bits) };
}
