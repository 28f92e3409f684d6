/** A prime; what holds modulo it by chance is rare. */
const PRIME = 2147483629n;

const reduce = (value: bigint): bigint => ((value % PRIME) + PRIME) % PRIME;

function inverse(value: bigint): bigint {
  let [result, square] = [1n, value];
  for (let rest = PRIME - 2n; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % PRIME;
    square = (square * square) % PRIME;
  }
  return result;
}

/** Berlekamp and Massey: c with c_0 = 1 and sum c_i s_(n-i) = 0 modulo the prime. */
function shortestRecurrence(terms: readonly bigint[]): { readonly weights: bigint[]; readonly order: number } {
  let weights = [1n];
  let older = [1n];
  let [order, shift, lastError] = [0, 1, 1n];
  for (let n = 0; n < terms.length; n++) {
    const error = reduce(weights.slice(0, order + 1).reduce((sum, c, i) => sum + c * terms[n - i], 0n));
    if (error === 0n) {
      shift++;
      continue;
    }
    const before = weights;
    const factor = (error * inverse(lastError)) % PRIME;
    weights = Array.from({ length: Math.max(weights.length, older.length + shift) }, (_, i) =>
      reduce((weights[i] ?? 0n) - factor * (older[i - shift] ?? 0n)),
    );
    shift++;
    if (2 * order > n) continue;
    [order, older, lastError, shift] = [n + 1 - order, before, error, 1];
  }
  return { weights, order };
}

/** Whether a linear recurrence that the given terms determine, with two to spare, foretells the next ten. */
export function predictsLinearly(terms: readonly bigint[], given: number): boolean {
  const known = terms.slice(0, given).map(reduce);
  const { weights, order } = shortestRecurrence(known);
  if (2 * order > given - 2) return false;
  for (let n = given; n < given + 10; n++) {
    let value = 0n;
    for (let i = 1; i <= order; i++) value -= (weights[i] ?? 0n) * known[n - i];
    if (reduce(value) !== reduce(terms[n])) return false;
    known.push(reduce(value));
  }
  return true;
}
