import { AnsatzError, DomainError, nearest } from '../core/index.ts';

/** A letter of symbols: one character, and the algebraic function of the kinematics it stands for. */
export interface Letter {
  readonly name: string;
  /** A formula in the variables and abbreviations of the alphabet: rational, or roots and powers of what is rational. */
  readonly argument: string;
}

/** What is said of an alphabet: everything else follows from it. */
export interface AlphabetDefinition {
  readonly name: string;
  /** Independent variables of the kinematics. */
  readonly variables: readonly string[];
  /** Names for formulas in the variables, and in abbreviations named before. */
  readonly abbreviations?: Readonly<Record<string, string>>;
  readonly letters: readonly Letter[];
  /** Letters that a word may begin with, as one text; all by default. */
  readonly first?: string;
  /** Letters that a word may end with; all by default. */
  readonly last?: string;
  /** Pairs that may not stand side by side, in either order: `['de', 'ad']`. */
  readonly notAdjacent?: readonly string[];
  /** Generators of the symmetry group: the images of the letters, in the order of the letters. */
  readonly symmetries?: Readonly<Record<string, string>>;
}

/** An alphabet with look-up tables; letters are numbers 0 .. size - 1 in the order of the definition. */
export interface Alphabet {
  readonly definition: AlphabetDefinition;
  readonly name: string;
  readonly size: number;
  /** The names of the letters as one text. */
  readonly names: string;
  /** Whether a word may begin with a letter; 0 or 1, shape [size]. */
  readonly mayBegin: Uint8Array;
  /** Whether a word may end with a letter; 0 or 1, shape [size]. */
  readonly mayEnd: Uint8Array;
  /** Whether letter y may follow letter x, at x * size + y; 0 or 1, shape [size, size]. */
  readonly mayFollow: Uint8Array;
  /** Every element of the symmetry group, the identity first: images of the letters, each of shape [size]. */
  readonly group: readonly Uint8Array[];
  /** The letter of a name. @throws AnsatzError "unknown-letter" */
  letter(name: string): number;
}

/** Longest words of an alphabet: their keys stay exact in a float, size^weight <= 2^53. */
export function longestWord({ size }: Alphabet): number {
  return Math.floor(53 / Math.log2(Math.max(size, 2)) + 1e-9);
}

/**
 * Checks a definition and works out what follows from it.
 *
 * @throws DomainError "alphabet" for names of more than one character, names given twice, unknown letters
 */
export function createAlphabet(definition: AlphabetDefinition): Alphabet {
  const { letters } = definition;
  const names = letters.map(({ name }) => name).join('');
  const size = letters.length;
  const refuse = (what: string, hint: string): never => {
    throw new DomainError('alphabet', `alphabet ${definition.name}: ${what}`, hint, { alphabet: definition.name });
  };
  if (size === 0) refuse('has no letters', 'give at least one letter');
  for (const { name } of letters) if (name.length !== 1) refuse(`letter "${name}"`, 'a letter has one character');
  if (new Set(names).size !== size) refuse('a letter is given twice', 'every letter has a name of its own');

  const letter = (name: string): number => {
    const at = name.length === 1 ? names.indexOf(name) : -1;
    if (at >= 0) return at;
    const near = nearest(name, [...names]);
    throw new AnsatzError(
      'unknown-letter',
      `"${name}" is not a letter of ${definition.name}`,
      near === undefined ? `its letters are ${names}` : `its letters are ${names}; did you mean ${near}?`,
      { letter: name, alphabet: definition.name },
    );
  };
  const members = (text: string | undefined): Uint8Array => {
    const set = new Uint8Array(size).fill(text === undefined ? 1 : 0);
    for (const name of text ?? '') set[letter(name)] = 1;
    return set;
  };
  const mayFollow = new Uint8Array(size * size).fill(1);
  for (const pair of definition.notAdjacent ?? []) {
    if (pair.length !== 2) refuse(`forbidden pair "${pair}"`, 'a pair has two letters');
    const [x, y] = [letter(pair[0]), letter(pair[1])];
    mayFollow[x * size + y] = 0;
    mayFollow[y * size + x] = 0;
  }
  const generators = Object.entries(definition.symmetries ?? {}).map(([name, images]) => {
    const image = Uint8Array.from(images, letter);
    if (image.length !== size || new Set(image).size !== size) {
      refuse(`symmetry ${name}: "${images}"`, 'a symmetry gives every letter one image');
    }
    return image;
  });
  return {
    definition,
    name: definition.name,
    size,
    names,
    mayBegin: members(definition.first),
    mayEnd: members(definition.last),
    mayFollow,
    group: generated(size, generators),
    letter,
  };
}

/** The group that permutations generate, the identity first, then by the length of the shortest product. */
function generated(size: number, generators: readonly Uint8Array[]): Uint8Array[] {
  const identity = Uint8Array.from({ length: size }, (_, i) => i);
  const group = [identity];
  const seen = new Set([identity.join()]);
  for (let next = 0; next < group.length; next++) {
    for (const generator of generators) {
      const product = group[next].map((image) => generator[image]);
      if (seen.has(product.join())) continue;
      seen.add(product.join());
      group.push(product);
    }
  }
  return group;
}
