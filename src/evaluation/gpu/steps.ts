/** Work of which every yielded part may be a promise: written once for devices that answer at once and for those that do not. */
export type Steps<T> = Generator<unknown, T, unknown>;

/** Runs steps none of which waits. */
export function runNow<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next(step.value);
  return step.value;
}

/** Runs steps, waiting for each. */
export async function runLater<T>(steps: Steps<T>): Promise<T> {
  let step = steps.next();
  while (!step.done) step = steps.next(await step.value);
  return step.value;
}
