import { letterReader } from './letter-reader.ts';
import type { PolylogSymbol } from './symbol.ts';

/**
 * The words of a symbol as a tree: a node for every beginning of a word, the letters as steps.
 *
 * Nodes are numbered level by level and in the order of the words inside a level, so that the children of a node follow
 * each other, and a step by the same letter keeps the order of nodes.
 */
export interface WordTrie {
  readonly weight: number;
  /** The step that leads to a node; shape [nodes]. */
  readonly letters: Uint8Array;
  /** The first child of a node; its last is the one before the first child of the next node. Shape [inner nodes + 1]. */
  readonly children: Int32Array;
  /** The first node of a level, 0 .. weight; the root is level 0. */
  readonly levels: Int32Array;
}

/** The tree of a symbol's words; leaf number `levels[weight] + i` is term i. */
export function wordTrie({ alphabet, weight, keys }: PolylogSymbol): WordTrie {
  const read = letterReader(alphabet.size, weight, keys.length);
  const terms = keys.length;
  const digits = new Uint8Array(weight);
  const previous = new Uint8Array(weight);
  /** Where a word first differs from the one before: every level below has a new node. */
  const fork = new Uint8Array(terms);
  const counts = new Int32Array(weight + 1);
  counts[0] = 1;
  for (let i = 0; i < terms; i++) {
    read(keys[i], digits);
    let at = 0;
    if (i > 0) while (at < weight - 1 && digits[at] === previous[at]) at++;
    fork[i] = at;
    for (let level = at; level < weight; level++) counts[level + 1]++;
    previous.set(digits);
  }
  const levels = new Int32Array(weight + 1);
  for (let level = 1; level <= weight; level++) levels[level] = levels[level - 1] + counts[level - 1];
  const nodes = levels[weight] + counts[weight];
  const letters = new Uint8Array(nodes);
  const children = new Int32Array(levels[weight] + 1);
  const next = levels.slice();
  next[0] = 1;
  for (let i = 0; i < terms; i++) {
    read(keys[i], digits);
    for (let level = fork[i] + 1; level <= weight; level++) {
      const node = next[level]++;
      letters[node] = digits[level - 1];
      if (level < weight) children[node] = next[level + 1];
    }
  }
  // The root's children start behind it, and the sentinel closes those of the last inner node.
  if (weight > 0) {
    children[0] = 1;
    children[levels[weight]] = nodes;
  }
  return { weight, letters, children, levels };
}
