import type { SearchContext } from '../context.ts';
import { type LibraryEntry, valueKey } from '../library.ts';
import { interleave, type Library, libraryOf } from '../tasks/libraries.ts';
import type { Effort, Task } from '../tasks/task.ts';

const held = new WeakMap<Library, LibraryEntry[]>();

/** Functions that may be terms of a sum: powers, small functions and products in turn, each function once. */
export function termsOf(context: SearchContext, task: Task, effort: Effort, limit: number): LibraryEntry[] {
  const library = libraryOf(context, task, effort);
  const terms = held.get(library) ?? distinct(library);
  held.set(library, terms);
  return terms.slice(0, limit);
}

/** Most of the simplest functions are in two of the lists. */
function distinct({ powers, simple, products }: Library): LibraryEntry[] {
  const seen = new Set<number>();
  return interleave([powers, simple, products], powers.length + simple.length + products.length).filter(
    ({ values }) => {
      const key = valueKey(values);
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    },
  );
}
