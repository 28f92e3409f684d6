import { AnsatzError, breathe, RandomStream, ShapeError } from '../core/index.ts';
import { primeAt } from '../numerics/index.ts';
import { FORM_FACTOR } from './alphabets/form-factor.ts';
import { CONSTRAINTS } from './bootstrap/constraints/index.ts';
import { expand } from './bootstrap/expand.ts';
import { FRONT_RELATIONS, TRIPLE_RELATIONS } from './bootstrap/form-factor-spaces.ts';
import { LoopSolver } from './bootstrap/solve-loop.ts';
import { trainOf } from './bootstrap/train.ts';
import { pairRelations, relationImages, type WordRelation } from './integrability.ts';
import { FORM_FACTOR_LOOPS } from './known/form-factor-loops.ts';
import type { PolylogSymbol } from './symbol.ts';
import { symbolFacts } from './symbol-facts.ts';
import { lettersKey, wordLetters, wordText } from './word.ts';

/** One thing a symbol must obey, and how often it does not. */
export interface CheckRow {
  readonly name: string;
  /** Words, instances or equations looked at; none is trivially zero. */
  readonly checked: number;
  readonly violated: number;
  /** A word where it fails. */
  readonly example?: string;
}

/** Options of `verifySymbol`. */
export interface VerifyOptions {
  /** Instances of each relation, at random. */
  readonly samples?: number;
  readonly seed?: number;
  readonly onProgress?: (row: CheckRow) => void;
  /** Ends the checks between two of them. */
  readonly signal?: AbortSignal;
}

/**
 * Checks a symbol of the form factor against everything it must obey: letters, adjacency, relations at random places,
 * symmetry, the largest coefficient, and modulo a prime that the bootstrap does not use the spaces of words and every
 * constraint.
 *
 * @param symbol of weight 2 L in the letters of the form factor
 * @returns a row for each check, whether it holds or not
 * @throws ShapeError for another alphabet or an odd weight; AnsatzError "aborted"
 */
export async function verifySymbol(symbol: PolylogSymbol, options: VerifyOptions = {}): Promise<CheckRow[]> {
  const { samples = 100_000, seed = 1, onProgress = () => {}, signal } = options;
  if (symbol.alphabet !== FORM_FACTOR || symbol.weight % 2 !== 0 || symbol.weight === 0) {
    throw new ShapeError('symbol', 'an even number of letters of the form factor', `${symbol.weight} letters`);
  }
  const random = new RandomStream(seed);
  const rows: CheckRow[] = [];
  for (const check of checks(symbol, samples, random)) {
    const row = check();
    rows.push(row);
    onProgress(row);
    await breathe();
    if (signal?.aborted) throw new AnsatzError('aborted', 'the checks were stopped', 'start them again');
  }
  return rows;
}

function* checks(symbol: PolylogSymbol, samples: number, random: RandomStream): Generator<() => CheckRow> {
  const p = primeAt(2);
  const relations = (texts: readonly Readonly<Record<string, number>>[]): WordRelation[] =>
    texts.flatMap((text) => relationImages(FORM_FACTOR, text, p));
  yield () => everyWord('letters at both ends', symbol, endsAllowed);
  yield () => everyWord('adjacency', symbol, neighboursAllowed);
  yield () => everyWord('symmetry', symbol, imagesEqual(symbol));
  const pairs = pairRelations(FORM_FACTOR, p).filter(({ words }) => words.length > 1);
  yield () => instances('integrability', symbol, pairs, p, samples, random.split(1));
  yield () => instances('triples', symbol, relations(TRIPLE_RELATIONS), p, samples, random.split(2));
  yield () => instances('first letters', symbol, relations(FRONT_RELATIONS), p, samples, random.split(3), true);
  yield () => largestCoefficient(symbol);
  const solver = new LoopSolver(p, FORM_FACTOR_LOOPS[0]);
  const loops = symbol.weight / 2;
  const train = trainOf(symbol, solver.seam(loops));
  yield () => sameWords(symbol, expand(train), p);
  if (loops === 1) return;
  const context = solver.context(loops);
  for (const constraint of CONSTRAINTS) {
    yield () => {
      const candidates = { seam: solver.seam(loops), matrices: train.matrix, normalisation: Uint32Array.of(1) };
      const { values, wanted } = constraint.equations(candidates, context);
      let violated = 0;
      wanted.forEach((value, i) => {
        if (values[i] !== value) violated++;
      });
      return { name: constraint.name, checked: wanted.length, violated };
    };
  }
}

function everyWord(
  name: string,
  symbol: PolylogSymbol,
  holds: (letters: Uint8Array, coefficient: number) => boolean,
): CheckRow {
  const letters = new Uint8Array(symbol.weight);
  let [violated, example]: [number, string | undefined] = [0, undefined];
  for (let i = 0; i < symbol.terms; i++) {
    wordLetters(symbol.alphabet.size, symbol.weight, symbol.keys[i], letters);
    if (holds(letters, symbol.coefficients[i])) continue;
    if (violated++ === 0) example = wordText(symbol.alphabet, symbol.weight, symbol.keys[i]);
  }
  return { name, checked: symbol.terms, violated, ...(example === undefined ? {} : { example }) };
}

function endsAllowed(letters: Uint8Array): boolean {
  return FORM_FACTOR.mayBegin[letters[0]] === 1 && FORM_FACTOR.mayEnd[letters[letters.length - 1]] === 1;
}

function neighboursAllowed(letters: Uint8Array): boolean {
  const { size, mayFollow } = FORM_FACTOR;
  for (let i = 1; i < letters.length; i++) if (!mayFollow[letters[i - 1] * size + letters[i]]) return false;
  return true;
}

function imagesEqual(symbol: PolylogSymbol): (letters: Uint8Array, coefficient: number) => boolean {
  const { group, size } = FORM_FACTOR;
  const image = new Uint8Array(symbol.weight);
  return (letters, coefficient) =>
    group.every((element) => {
      for (let i = 0; i < letters.length; i++) image[i] = element[letters[i]];
      return symbol.at(lettersKey(size, symbol.weight, image)) === coefficient;
    });
}

/** Relations around random words of the symbol: at a random place that a relation speaks of. */
function instances(
  name: string,
  symbol: PolylogSymbol,
  relations: readonly WordRelation[],
  p: number,
  samples: number,
  random: RandomStream,
  atFront = false,
): CheckRow {
  const { alphabet, weight, keys } = symbol;
  const { size } = alphabet;
  const byWindow = new Map<string, WordRelation[]>();
  for (const relation of relations) {
    for (const word of relation.words) {
      const key = `${relation.length} ${word}`;
      byWindow.set(key, [...(byWindow.get(key) ?? []), relation]);
    }
  }
  const lengths = [...new Set(relations.map(({ length }) => length))].filter((length) => length <= weight);
  const letters = new Uint8Array(weight);
  let [checked, violated, example]: [number, number, string | undefined] = [0, 0, undefined];
  const pick = (count: number): number => Math.floor(random.uniform() * count);
  // A word that no relation speaks of is passed over; symbols of few words may have none.
  for (let tries = 0; checked < samples && tries < 20 * samples && lengths.length > 0 && keys.length > 0; tries++) {
    const length = lengths[pick(lengths.length)];
    const at = atFront ? 0 : pick(weight - length + 1);
    const key = keys[pick(keys.length)];
    wordLetters(size, weight, key, letters);
    const window = lettersKey(size, length, letters.subarray(at));
    const known = byWindow.get(`${length} ${window}`);
    if (!known) continue;
    const { words, residues } = known[pick(known.length)];
    const shift = size ** (weight - at - length);
    let sum = 0;
    words.forEach((word, i) => {
      const residue = residues[i] > p / 2 ? residues[i] - p : residues[i];
      sum += residue * symbol.at(key + (word - window) * shift);
    });
    checked++;
    if (sum !== 0 && violated++ === 0) example = wordText(alphabet, weight, key);
  }
  return { name, checked, violated, ...(example === undefined ? {} : { example }) };
}

/** The largest coefficient is 2^(3L - 2) (2L - 3)!!, at aa...af, for all loops that are known. */
function largestCoefficient(symbol: PolylogSymbol): CheckRow {
  const loops = symbol.weight / 2;
  let expected = 2 ** (3 * loops - 2);
  for (let odd = 2 * loops - 3; odd > 1; odd -= 2) expected *= odd;
  const { largest } = symbolFacts(symbol);
  const word = `${'a'.repeat(symbol.weight - 1)}f`;
  const holds = largest === expected && Math.abs(Number(symbol.coefficient(word))) === expected;
  return { name: 'largest coefficient', checked: 1, violated: holds ? 0 : 1, ...(holds ? {} : { example: word }) };
}

/** Whether the symbol lies in the space of front and back words: its matrix must give back every word. */
function sameWords(
  symbol: PolylogSymbol,
  { keys, residues }: { keys: Float64Array; residues: Uint32Array },
  p: number,
): CheckRow {
  let [violated, example]: [number, string | undefined] = [0, undefined];
  let i = 0;
  let j = 0;
  while (i < symbol.terms || j < keys.length) {
    const [a, b] = [symbol.keys[i] ?? Infinity, keys[j] ?? Infinity];
    const key = Math.min(a, b);
    const expected = a === key ? ((symbol.coefficients[i++] % p) + p) % p : 0;
    const found = b === key ? residues[j++] : 0;
    if (expected !== found && violated++ === 0) example = wordText(symbol.alphabet, symbol.weight, key);
  }
  return { name: 'space of words', checked: symbol.terms, violated, ...(example === undefined ? {} : { example }) };
}
