/** Letters at the front that a look-up reads at once, at most. */
const MOST_LETTERS = 6;

/** Where keys stand in a list of rising keys: a table of the first letters, then a search among few. */
export class KeyIndex {
  private readonly unit: number;
  private readonly starts: Uint32Array;

  /**
   * @param size letters of the alphabet
   * @param weight letters of a key
   * @param keys rising; shape [keys]
   */
  constructor(
    size: number,
    weight: number,
    private readonly keys: Float64Array,
  ) {
    const letters = Math.min(weight, MOST_LETTERS);
    this.unit = size ** (weight - letters);
    this.starts = new Uint32Array(size ** letters + 1);
    for (const key of keys) this.starts[Math.floor(key / this.unit) + 1]++;
    for (let i = 1; i < this.starts.length; i++) this.starts[i] += this.starts[i - 1];
  }

  /** The place of a key; -1 when it is not there. */
  indexOf(key: number): number {
    const { keys, starts } = this;
    const front = Math.floor(key / this.unit);
    let low = starts[front];
    const end = starts[front + 1];
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[middle] < key) low = middle + 1;
      else high = middle;
    }
    return low < end && keys[low] === key ? low : -1;
  }
}
