import type { SearchContext } from '../context.ts';
import { type LibraryEntry, valueKey } from '../library.ts';
import { interleave, type Library, libraryOf } from '../tasks/libraries.ts';
import type { Effort, Task } from '../tasks/task.ts';

const held = new WeakMap<Library, LibraryEntry[]>();

/** Functions that may be terms of a sum: powers, small functions and products in turn, each function once. */
export function termsOf(context: SearchContext, task: Task, effort: Effort, limit: number): LibraryEntry[] {
  const library = libraryOf(context, task, effort);
  let terms = held.get(library);
  if (!terms) {
    const { powers, simple, products } = library;
    terms = distinct([powers, simple, products], powers.length + simple.length + products.length);
    held.set(library, terms);
  }
  return terms.slice(0, limit);
}

/** Entries of several lists in turn, each function once: most of the simplest are in more than one of them. */
export function distinct(lists: readonly (readonly LibraryEntry[])[], limit: number): LibraryEntry[] {
  const seen = new Set<number>();
  return interleave(lists, lists.length * limit)
    .filter(({ values }) => {
      const key = valueKey(values);
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    })
    .slice(0, limit);
}
