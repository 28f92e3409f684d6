/** How much may be under way at once. */
export interface Capacity<T> {
  /** Items that are worked on at once. */
  readonly slots: number;
  /** Weight of the items that are read and not yet handed out, at most; one item may always be. */
  readonly most: number;
  readonly weightOf: (item: T) => number;
}

/**
 * Works on items as they arrive, several at once, and hands out the results in the order of the items, each as soon as
 * it and all before it are there. Items are read ahead of a slow one up to a limit.
 *
 * @param work never rejects; `slot` is in 0 .. slots - 1, and no two items under way share one
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  { slots, most, weightOf }: Capacity<T>,
  work: (item: T, slot: number) => Promise<R>,
): AsyncGenerator<R> {
  const free = Array.from({ length: slots }, (_, i) => slots - 1 - i);
  const waiting: ((slot: number) => void)[] = [];
  const run = async (item: T): Promise<R> => {
    const slot = free.pop() ?? (await new Promise<number>((resolve) => waiting.push(resolve)));
    const result = await work(item, slot);
    const next = waiting.shift();
    if (next) next(slot);
    else free.push(slot);
    return result;
  };
  const iterator = items[Symbol.asyncIterator]();
  const queue: { readonly result: Promise<R>; readonly weight: number }[] = [];
  let weight = 0;
  let reading: Promise<IteratorResult<T>> | undefined;
  let isEnded = false;
  while (!isEnded || queue.length > 0) {
    if (!isEnded && weight < most) reading ??= iterator.next();
    const head = queue[0]?.result.then(() => 'head' as const);
    const event = await Promise.race([head, reading].filter((each) => each !== undefined));
    if (event === 'head') {
      const [first] = queue.splice(0, 1);
      weight -= first.weight;
      yield await first.result;
      continue;
    }
    reading = undefined;
    if (event?.done) isEnded = true;
    else if (event) {
      const own = weightOf(event.value);
      weight += own;
      queue.push({ result: run(event.value), weight: own });
    }
  }
}
