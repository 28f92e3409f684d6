import type { SearchContext } from '../context.ts';
import { type LibraryEntry, valueKey } from '../library.ts';
import { interleave, libraryOf } from '../tasks/libraries.ts';
import type { Effort, Task } from '../tasks/task.ts';

/** Functions that may be terms of a sum: powers, small functions and products in turn, each function once. */
export function termsOf(context: SearchContext, task: Task, effort: Effort, limit: number): LibraryEntry[] {
  const { powers, simple, products } = libraryOf(context, task, effort);
  const seen = new Set<number>();
  // Most of the simplest functions are in two of the lists.
  return interleave([powers, simple, products], 2 * limit)
    .filter(({ values }) => {
      const key = valueKey(values);
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    })
    .slice(0, limit);
}
