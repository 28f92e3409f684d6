import { AnsatzError, ShapeError } from '../../core/index.ts';
import { inverseMod, primeAt, SparseRows, sparseNullspace } from '../../numerics/index.ts';
import { FORM_FACTOR } from '../alphabets/form-factor.ts';
import { HEXAGON } from '../alphabets/hexagon.ts';
import type { PolylogSymbol } from '../symbol.ts';
import { reversedSymbol } from '../symmetry.ts';
import { lettersKey, wordLetters } from '../word.ts';
import { expand, type ResidueTerms } from './expand.ts';
import { DUAL_LETTERS } from './form-factor-spaces.ts';
import { functionTower } from './function-space.ts';
import { lifted } from './lift.ts';
import { projectedTower } from './projected-tower.ts';
import { emptyTower, pivotWord, type Tower, valuesAt } from './tower.ts';

/** Loops at most: the spaces of nine letters grow by a factor 1.9 a letter. */
const MOST_LOOPS = 4;
/** Letters that words of MHV amplitudes end with: the adjoint of supersymmetry leaves only these. */
const LAST_LETTERS = 'defxyz';
/** Letters whose number is even: parity inverts them. */
const ODD_LETTERS = 'xyz';

/**
 * The symbol of the six-gluon MHV amplitude at L loops from that of the form factor.
 *
 * Antipodal duality gives its words without the letters y; the space of functions, the letters at the end and parity
 * leave one way to complete them.
 *
 * @param formFactor the symbol of the form factor at L = 1 .. 4 loops
 * @throws AnsatzError "not-unique" when it can be completed in several ways, "no-lift" when in none
 * @throws ShapeError for another alphabet or more loops
 * @see Dixon, Gurdogan, McLeod, Wilhelm, Phys. Rev. Lett. 128 (2022) 111602, https://arxiv.org/abs/2112.06243
 * @example hexagonLift((await bootstrapSymbol(2)).symbol).terms // 84
 */
export function hexagonLift(formFactor: PolylogSymbol): PolylogSymbol {
  const { alphabet, weight } = formFactor;
  if (alphabet !== FORM_FACTOR || weight % 2 !== 0 || weight === 0 || weight > 2 * MOST_LOOPS) {
    throw new ShapeError('formFactor', `a symbol of the form factor at 1 to ${MOST_LOOPS} loops`, `weight ${weight}`);
  }
  const primes: [number, number] = [primeAt(0), primeAt(1)];
  const [first, second] = primes.map((p) => liftedModulo(formFactor, p));
  const lift = reversedSymbol(lifted(HEXAGON, weight, [first, second], primes));
  if (!agrees(formFactor, lift)) throw noLift();
  return lift;
}

/** Words are read from the end. */
function liftedModulo(formFactor: PolylogSymbol, p: number): ResidueTerms {
  const { weight } = formFactor;
  const tower = functionTower(HEXAGON, weight, p);
  const dim = tower.dims[weight];
  const rows = new SparseRows();
  const add = (values: Uint32Array, wanted: number): void => {
    values.forEach((value, i) => {
      if (value !== 0) rows.add(i, value);
    });
    if (wanted !== 0) rows.add(dim, p - wanted);
    rows.close();
  };
  // The words without y that fix all others.
  const seen = projectedTower(tower, DUAL_LETTERS);
  for (let i = 0; i < seen.dims[weight]; i++) {
    const word = pivotWord(seen, weight, i);
    const key = lettersKey(FORM_FACTOR.size, weight, word.slice().reverse());
    const wanted = ((formFactor.at(key) % p) + p) % p;
    add(
      valuesAt(
        tower,
        word.map((letter) => DUAL_LETTERS[letter]),
      ),
      wanted,
    );
  }
  for (const [letter, name] of Array.from(HEXAGON.names).entries()) {
    if (!LAST_LETTERS.includes(name)) addForbiddenEnd(tower, weight, letter, rows);
  }
  for (const vector of oddParts(tower, weight)) add(vector, 0);
  const { basis } = sparseNullspace(rows, dim + 1, p);
  if (basis.rows !== 1 || basis.entries[dim] === 0) {
    const free = basis.rows - 1;
    throw basis.rows > 1
      ? new AnsatzError('not-unique', `the symbol can be completed in ways of ${free} parameters`, '', { free })
      : noLift();
  }
  const scale = inverseMod(basis.entries[dim], p);
  const matrix = basis.entries.slice(0, dim).map((value) => (value * scale) % p);
  return expand({ front: emptyTower(HEXAGON.size, p), weight: 0, back: tower, backWeight: weight, matrix });
}

/** Equations that no word ends with a letter: its coefficient is an element one weight lower, and that is zero. */
function addForbiddenEnd({ dims, tensors, letters }: Tower, weight: number, letter: number, rows: SparseRows): void {
  const [upper, lower] = [dims[weight], dims[weight - 1]];
  for (let j = 0; j < lower; j++) {
    for (let i = 0; i < upper; i++) {
      const residue = tensors[weight][(i * lower + j) * letters + letter];
      if (residue !== 0) rows.add(i, residue);
    }
    rows.close();
  }
}

/** The values of all elements at the pivot words with an odd number of letters that parity inverts. */
function* oddParts(tower: Tower, weight: number): Generator<Uint32Array> {
  const odd = new Set(Array.from(ODD_LETTERS, (name) => HEXAGON.letter(name)));
  for (let i = 0; i < tower.dims[weight]; i++) {
    const word = pivotWord(tower, weight, i);
    if (word.filter((letter) => odd.has(letter)).length % 2 === 1) yield valuesAt(tower, word);
  }
}

/** Whether the words of a lift without odd letters are those of the form factor, read from the end and renamed. */
function agrees(formFactor: PolylogSymbol, lift: PolylogSymbol): boolean {
  const { weight } = formFactor;
  const rename = new Int8Array(HEXAGON.size).fill(-1);
  DUAL_LETTERS.forEach((letter, name) => {
    rename[letter] = name;
  });
  const letters = new Uint8Array(weight);
  let seen = 0;
  for (let i = 0; i < lift.terms; i++) {
    wordLetters(HEXAGON.size, weight, lift.keys[i], letters);
    if (letters.some((letter) => rename[letter] < 0)) continue;
    const dual = letters.map((letter) => rename[letter]).reverse();
    if (formFactor.at(lettersKey(FORM_FACTOR.size, weight, dual)) !== lift.coefficients[i]) return false;
    seen++;
  }
  return seen === formFactor.terms;
}

function noLift(): AnsatzError {
  return new AnsatzError('no-lift', 'the symbol is not that of a six-gluon amplitude without y', 'check the symbol');
}
