/** Counter-based random numbers: a stream is a key, a draw is a counter, and a split is a new key. */

const PARITY = 0x1bd11bda;
const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;

/**
 * Threefry-2x32 with 20 rounds: a keyed bijection of 64 bits.
 *
 * @param out receives the two 32-bit words, as signed integers
 * @see Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11
 */
export function threefry2x32(key0: number, key1: number, counter0: number, counter1: number, out: Int32Array): void {
  const key2 = PARITY ^ key0 ^ key1;
  let x0 = (counter0 + key0) | 0;
  let x1 = (counter1 + key1) | 0;
  for (let block = 0; block < 5; block++) {
    const shift = (block & 1) << 2;
    for (let round = 0; round < 4; round++) {
      const rotation = ROTATIONS[shift + round];
      x0 = (x0 + x1) | 0;
      x1 = (x1 << rotation) | (x1 >>> (32 - rotation));
      x1 ^= x0;
    }
    const phase = (block + 1) % 3;
    x0 = (x0 + (phase === 0 ? key0 : phase === 1 ? key1 : key2)) | 0;
    x1 = (x1 + (phase === 0 ? key1 : phase === 1 ? key2 : key0) + block + 1) | 0;
  }
  out[0] = x0;
  out[1] = x1;
}

/**
 * A splittable stream of random numbers.
 *
 * Equal seed and equal path of splits give equal draws on every machine and at any thread count.
 *
 * @example new RandomStream(1).split(7).uniform() === new RandomStream(1).split(7).uniform() // true
 */
export class RandomStream {
  private readonly words = new Int32Array(2);
  private counter = 0;
  private spare = -1;
  private readonly key0: number;
  private readonly key1: number;

  constructor(seed: number, high = 0) {
    this.key0 = seed | 0;
    this.key1 = (high ^ Math.floor(seed / 4294967296)) | 0;
  }

  /** A stream independent of this one and of every other label; it does not advance this stream. */
  split(label: number): RandomStream {
    threefry2x32(this.key0, this.key1, label | 0, 0x5eed | 0, this.words);
    const child = new RandomStream(this.words[0] >>> 0, this.words[1]);
    this.spare = -1;
    return child;
  }

  /** Where the stream stands: draws so far and the word left over, -1 when there is none. */
  get position(): readonly [number, number] {
    return [this.counter, this.spare];
  }

  /** Goes to a position that `position` gave. */
  seek(position: readonly [number, number]): void {
    [this.counter, this.spare] = position;
  }

  /** An integer in [0, 2^32). */
  uint32(): number {
    if (this.spare >= 0) {
      const value = this.spare;
      this.spare = -1;
      return value;
    }
    threefry2x32(this.key0, this.key1, this.counter | 0, Math.floor(this.counter / 4294967296) | 0, this.words);
    this.counter++;
    this.spare = this.words[1] >>> 0;
    return this.words[0] >>> 0;
  }

  /** A real in [0, 1) with 53 random bits. */
  uniform(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
  }

  /** An integer in [0, bound); bound in [1, 2^32]. The bias of the multiply-and-floor is below 2^-21. */
  integer(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** A standard normal deviate (Box-Muller, one of the pair). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** An index drawn with probability proportional to its weight; weights >= 0, not all 0. */
  weighted(weights: ArrayLike<number>): number {
    let total = 0;
    for (let i = 0; i < weights.length; i++) total += weights[i];
    let mark = this.uniform() * total;
    for (let i = 0; i < weights.length; i++) {
      mark -= weights[i];
      if (mark < 0) return i;
    }
    return weights.length - 1;
  }

  /** A permutation of 0..length-1. */
  permutation(length: number): Int32Array {
    const order = Int32Array.from({ length }, (_, i) => i);
    for (let i = length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }
}
