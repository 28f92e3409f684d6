import { OptionError, ParseError } from '../../core/index.ts';
import { type Expression, evaluate, parse } from '../../expressions/index.ts';
import { quoted } from '../numeric-cell.ts';
import { type FinalState, PARTICLE_FUNCTIONS, type ParticleFunction } from './particle-functions.ts';

/** A column of a table of events. */
export interface EventColumn {
  readonly name: string;
  /** The largest number of a particle that the formula names; an event must have as many. */
  readonly particles: number;
  readonly compute: (event: FinalState) => number;
}

const FUNCTIONS = new Map(PARTICLE_FUNCTIONS.map((row) => [row.name, row]));
/** A name that is the end of no longer one, and whole numbers in brackets. */
const APPLICATION = /(?<![\p{L}\p{M}\p{N}_`])([a-z]+)\s*\(\s*(\d+(?:\s*,\s*\d+)*)\s*\)/gu;
const MOST_PARTICLES = 1000;
const COUNTS = { one: 'takes one particle', two: 'takes two particles', sum: 'takes particles' } as const;

/**
 * Reads a formula of the kinematics of an event, such as "pt(1) / m(1,2)".
 *
 * `name(i, j, ...)` with a name of `PARTICLE_FUNCTIONS` and numbers of final particles, from 1, is a value of the event;
 * everything around is a formula as `parse` reads it.
 *
 * @throws OptionError "invalid-formula"
 * @example eventColumn('half', 'm(1,2) / 2').particles // 2
 */
export function eventColumn(name: string, formula: string): EventColumn {
  const invalid = (message: string, hint: string): OptionError =>
    new OptionError('invalid-formula', 'columns', `${quoted(name)}: ${message}`, hint);
  const known = [...FUNCTIONS.keys()].join(', ');
  const leaves = new Map<string, { readonly row: ParticleFunction; readonly particles: readonly number[] }>();
  let largest = 0;
  // A leaf is renamed to a variable as long as itself, so that a fault keeps its place in the formula.
  const renamed = formula.replace(APPLICATION, (whole: string, label: string, list: string) => {
    const row = FUNCTIONS.get(label);
    if (!row) return whole;
    const particles = list.split(',').map((number) => Number(number) - 1);
    const count = particles.length;
    if ((row.takes === 'one' && count !== 1) || (row.takes === 'two' && count !== 2)) {
      throw invalid(`${whole}: ${label} ${COUNTS[row.takes]}`, 'give as many numbers of particles');
    }
    if (particles.some((particle) => particle < 0 || particle >= MOST_PARTICLES)) {
      throw invalid(`${whole}: no such particle`, `final particles are counted from 1 to ${MOST_PARTICLES}`);
    }
    if (row.takes === 'sum' && new Set(particles).size < count) {
      throw invalid(`${whole}: a particle appears twice`, 'name each particle of a sum once');
    }
    largest = Math.max(largest, ...particles.map((particle) => particle + 1));
    const leaf = `\u0271${leaves.size.toString(36)}`.padEnd(whole.length, '_');
    leaves.set(leaf, { row, particles });
    return leaf;
  });
  let tree: Expression;
  try {
    tree = parse(renamed, { variables: [...leaves.keys()] });
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const message = `cannot read the formula ${quoted(formula)} at position ${error.position + 1}`;
    throw invalid(message, `write it with numbers, operators and, of particles such as (1) or (1,2): ${known}`);
  }
  if (largest === 0) throw invalid(`${quoted(formula)} names no particle`, `use one of ${known}, such as pt(1)`);
  if (tree.kind === 'variable') {
    const { row, particles } = leaves.get(tree.name)!;
    return { name, particles: largest, compute: (event) => row.apply(event, particles) };
  }
  const values: Record<string, number> = {};
  const entries = [...leaves];
  const compute = (event: FinalState): number => {
    for (const [leaf, { row, particles }] of entries) values[leaf] = row.apply(event, particles);
    return evaluate(tree, values);
  };
  return { name, particles: largest, compute };
}
