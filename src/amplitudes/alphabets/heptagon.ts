import { type Alphabet, type AlphabetDefinition, createAlphabet } from '../alphabet.ts';

/** Momentum twistors of seven particles by six variables: columns 1 .. 7, homogeneous coordinates. */
const TWISTORS: readonly (readonly string[])[] = [
  ['1', '0', '0', '0'],
  ['0', '1', '0', '0'],
  ['0', '0', '1', '0'],
  ['0', '0', '0', '1'],
  ['1', '1', '1', '1'],
  ['x1', 'x2', 'x3', '1'],
  ['y1', 'y2', 'y3', '1'],
];

/** A minor of the matrix of twistors, expanded along its first column. */
function minor(rows: readonly number[], columns: readonly number[]): string {
  if (columns.length === 0) return '1';
  const [first, ...others] = columns;
  const terms: string[] = [];
  rows.forEach((row, i) => {
    const entry = TWISTORS[first][row];
    if (entry === '0') return;
    const rest = minor(
      rows.filter((other) => other !== row),
      others,
    );
    if (rest !== '0') terms.push(`${i % 2 === 0 ? '+' : '-'} ${entry} * (${rest})`);
  });
  return terms.length === 0 ? '0' : `0 ${terms.join(' ')}`;
}

/** The bracket <ijkl> of four particles. @param twistors numbers 1 .. 7 as digits */
function bracket(twistors: string): string {
  return `(${minor(
    [0, 1, 2, 3],
    Array.from(twistors, (digit) => Number(digit) - 1),
  )})`;
}

/** <a(bc)(de)(fg)> = <abde><acfg> - <abfg><acde>. */
function threeLines(a: string, [b, c]: string, [d, e]: string, [f, g]: string): string {
  return `(${bracket(a + b + d + e)} * ${bracket(a + c + f + g)} - ${bracket(a + b + f + g)} * ${bracket(a + c + d + e)})`;
}

/** The six letters of a place: numerators and denominators as brackets of the particles 1 .. 7 before rotation. */
const KINDS: readonly ((turn: (twistors: string) => string) => string)[] = [
  (t) => quotient(t, ['1234', '1567', '2367'], ['1237', '1267', '3456']),
  (t) => quotient(t, ['1234', '2567'], ['1267', '2345']),
  (t) => quotient(t, ['1567', '2347'], ['1237', '4567']),
  (t) => quotient(t, ['2457', '3456'], ['2345', '4567']),
  (t) => `${threeLines(t('1'), t('23'), t('45'), t('67'))} / (${bracket(t('1234'))} * ${bracket(t('1567'))})`,
  (t) => `${threeLines(t('1'), t('34'), t('56'), t('72'))} / (${bracket(t('1234'))} * ${bracket(t('1567'))})`,
];

function quotient(turn: (twistors: string) => string, above: readonly string[], below: readonly string[]): string {
  const product = (brackets: readonly string[]): string => brackets.map((four) => bracket(turn(four))).join(' * ');
  return `${product(above)} / (${product(below)})`;
}

/** Seven places of six letters: A .. G are the letters of the first kind, which words begin with. */
const NAMES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop';

function definition(): AlphabetDefinition {
  const letters = KINDS.flatMap((kind, k) =>
    Array.from({ length: 7 }, (_, place) => ({
      name: NAMES[7 * k + place],
      argument: kind((twistors) => twistors.replace(/./g, (digit) => String(((Number(digit) - 1 + place) % 7) + 1))),
    })),
  );
  const turned = Array.from(NAMES, (_, i) => NAMES[7 * Math.floor(i / 7) + (((i % 7) + 1) % 7)]).join('');
  return {
    name: 'heptagon',
    variables: ['x1', 'x2', 'x3', 'y1', 'y2', 'y3'],
    letters,
    first: NAMES.slice(0, 7),
    symmetries: { cycle: turned },
  };
}

let heptagon: Alphabet | undefined;

/**
 * The 42 letters of seven-particle amplitudes in planar N = 4 super Yang-Mills theory: the cluster coordinates of
 * Gr(4, 7), without those of the boundary.
 *
 * @see Drummond, Papathanasiou, Spradlin, "A symbol of uniqueness: the cluster bootstrap for the 3-loop MHV heptagon",
 *   JHEP 03 (2015) 072, https://arxiv.org/abs/1412.3763
 */
export function heptagonAlphabet(): Alphabet {
  heptagon ??= createAlphabet(definition());
  return heptagon;
}
