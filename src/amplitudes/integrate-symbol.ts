import { type IntegrationPath, integrationPath } from './integration-path.ts';
import { sortedOrder } from './sort-terms.ts';
import { PolylogSymbol } from './symbol.ts';
import { type WordTrie, wordTrie } from './word-trie.ts';

/** What is known at the base point. */
export interface IntegrationOptions {
  /**
   * The value at the base point of a function, from its symbol of weight 1 up to the whole; 0 by default.
   *
   * The functions asked for are those that stand before a back in the coproduct. Where letters vanish at the base point
   * their logarithms diverge: the value is then what is left when log t is dropped, with t the parameter of the path
   * that is 1 at its second point.
   */
  readonly constants?: (front: PolylogSymbol) => number;
}

/**
 * The value of a function from its symbol: iterated integrals of d log of the letters along a path.
 *
 * The words are walked as a tree; the integral of a beginning is kept at the nodes of all panels, and every letter takes
 * one more integral of it, by polynomials through 24 Gauss-Legendre nodes a panel. Where letters vanish at the base
 * point the functions on the first panel are polynomials in log t with smooth coefficients, and log t is dropped at 0.
 *
 * @param symbol integrable, or else the value depends on the path
 * @param path points that straight lines join, the base point first; coordinates in the order of the variables
 * @returns absolute error about 1e-13 times the sum of the sizes of the terms
 * @throws ShapeError for points with a wrong number of coordinates, or fewer than two
 * @throws DomainError "singular-path" when a letter vanishes or has no value beyond the base point
 * @throws ConvergenceError when the path runs into a singularity
 * @example
 * const dilogarithm = PolylogSymbol.from(LADDER, [['pz', -1]]);
 * integrateSymbol(dilogarithm, [[0, 0.5], [0.5, 0.5]]) // 0.58224052646501
 */
export function integrateSymbol(
  symbol: PolylogSymbol,
  path: readonly (readonly number[])[],
  options: IntegrationOptions = {},
): number {
  const laid = integrationPath(symbol.alphabet, path);
  let total = new IteratedIntegral(laid, symbol, symbol.coefficients).value();
  const { constants } = options;
  if (constants === undefined) return total;
  for (let weight = 1; weight <= symbol.weight; weight++) {
    const { backs, values } = constantsOfBacks(symbol, weight, constants);
    total += new IteratedIntegral(laid, backs, values).value();
  }
  return total;
}

/**
 * The constants of functions that are polynomials in logarithms at the base point: log of a letter is log |leading
 * coefficient|, and a word of n letters counts as the product over n!.
 *
 * Exact for weight 1 at any base point; for higher weights where letters that are 1 at the base point and logarithms
 * of vanishing ones are all there is, as for ladders at z = zbar = 0.
 *
 * @param path see `integrateSymbol`
 * @throws ShapeError, DomainError and ConvergenceError like `integrateSymbol`
 * @example
 * const logarithm = PolylogSymbol.from(LADDER, [['z', 1]]);
 * const path = [[0, 0.5], [0.25, 0.5]];
 * integrateSymbol(logarithm, path, { constants: logarithmicConstants(logarithm, path) }) // -1.3862943611199
 */
export function logarithmicConstants(
  { alphabet }: PolylogSymbol,
  path: readonly (readonly number[])[],
): (front: PolylogSymbol) => number {
  const logarithms = integrationPath(alphabet, path).leading.map((value) => Math.log(Math.abs(value)));
  return ({ weight, keys, coefficients }) => {
    let sum = 0;
    for (let i = 0; i < keys.length; i++) {
      let product = coefficients[i];
      let rest = keys[i];
      for (let n = 1; n <= weight; n++) {
        const letter = rest % alphabet.size;
        product *= logarithms[letter] / n;
        rest = (rest - letter) / alphabet.size;
      }
      sum += product;
    }
    return sum;
  };
}

/** The backs behind the first letters, each with the constant of the function before it. */
function constantsOfBacks(
  symbol: PolylogSymbol,
  frontWeight: number,
  constants: (front: PolylogSymbol) => number,
): { backs: PolylogSymbol; values: Float64Array } {
  const { alphabet, weight, keys, coefficients } = symbol;
  const backWeight = weight - frontWeight;
  const unit = alphabet.size ** backWeight;
  const endings = keys.map((key) => key % unit);
  const order = sortedOrder(alphabet.size, backWeight, endings);
  const found: number[] = [];
  const values: number[] = [];
  for (let from = 0; from < order.length; ) {
    const back = endings[order[from]];
    let to = from;
    while (to < order.length && endings[order[to]] === back) to++;
    // Equal backs keep the order of the terms, so their fronts rise.
    const fronts = Float64Array.from(order.subarray(from, to), (i) => (keys[i] - back) / unit);
    const factors = Int32Array.from(order.subarray(from, to), (i) => coefficients[i]);
    found.push(back);
    values.push(constants(new PolylogSymbol(alphabet, frontWeight, fronts, factors)));
    from = to;
  }
  const backs = new PolylogSymbol(alphabet, backWeight, Float64Array.from(found), new Int32Array(found.length));
  return { backs, values: Float64Array.from(values) };
}

/** The functions of one level of the tree: of the word that leads to the current node. */
interface Level {
  /** Values at the nodes of all panels; on a singular first panel the parts of log t^k instead, see `logs`. */
  readonly values: Float64Array;
  /** On a singular first panel: the smooth factor of log(t)^k at node i, at k * nodes + i. */
  readonly logs: Float64Array;
  /** The factors of log(t)^k at t = 0. */
  readonly starts: Float64Array;
}

class IteratedIntegral {
  private readonly trie: WordTrie;
  private readonly nodes: number;
  private readonly singular: boolean;
  private readonly levels: Level[];
  private readonly slope: Float64Array;
  private readonly ends: Float64Array;
  private total = 0;

  constructor(
    private readonly path: IntegrationPath,
    words: PolylogSymbol,
    private readonly coefficients: Float64Array | Int32Array,
  ) {
    this.trie = wordTrie(words);
    const { weight } = words;
    this.nodes = path.rule.nodes.length;
    this.singular = path.exponents.some((exponent) => exponent !== 0);
    this.levels = Array.from({ length: weight + 1 }, (_, level) => ({
      values: new Float64Array(path.panels.length * this.nodes),
      logs: new Float64Array(this.singular ? (level + 1) * this.nodes : 0),
      starts: new Float64Array(level + 1),
    }));
    this.slope = new Float64Array(this.nodes);
    this.ends = new Float64Array(weight + 1);
  }

  value(): number {
    if (this.coefficients.length === 0) return 0;
    const [root] = this.levels;
    root.values.fill(1);
    root.logs.fill(1);
    root.starts.fill(1);
    this.walk(0, 0, 1);
    return this.total;
  }

  /** @param end the function of the node at the end of the path */
  private walk(node: number, level: number, end: number): void {
    const { children, letters, levels, weight } = this.trie;
    if (level === weight) {
      this.total += this.coefficients[node - levels[weight]] * end;
      return;
    }
    for (let child = children[node]; child < children[node + 1]; child++) {
      this.walk(child, level + 1, this.integrate(level, letters[child], level + 1 < weight));
    }
  }

  /**
   * Integrates the function of a level times the form of a letter into the next level.
   *
   * @param keep whether the values on the way are needed, not the one at the end alone
   * @returns the integral over the whole path
   */
  private integrate(level: number, letter: number, keep: boolean): number {
    const { panels, rule } = this.path;
    const { nodes, slope } = this;
    const { values } = this.levels[level];
    const out = this.levels[level + 1].values;
    let sum = 0;
    for (let p = 0; p < panels.length; p++) {
      if (p === 0 && this.singular) {
        sum = this.integrateFromBase(level, letter);
        continue;
      }
      const { forms, length } = panels[p];
      const at = p * nodes;
      for (let i = 0; i < nodes; i++) slope[i] = (forms[letter * nodes + i] * values[at + i] * length) / 2;
      if (keep) this.accumulate(out, at, sum);
      for (let i = 0; i < nodes; i++) sum += rule.weights[i] * slope[i];
    }
    return sum;
  }

  /** Writes start + the integral of `slope` up to every node. */
  private accumulate(out: Float64Array, at: number, start: number): void {
    const { nodes, slope } = this;
    const { cumulative } = this.path.rule;
    for (let i = 0; i < nodes; i++) {
      let value = start;
      for (let j = 0; j < nodes; j++) value += cumulative[i * nodes + j] * slope[j];
      out[at + i] = value;
    }
  }

  /**
   * The first panel where letters vanish at its start: sum over k of f_k(t) log(t)^k, times (alpha / t + g(t)) dt.
   *
   * The part f_k(0) alpha / t integrates to a higher power of log t. The rest h_k is smooth; its integral by parts is
   * log(t)^k H_k with H_k the integral of h_k, and what is left over, -k log(t)^(k-1) H_k / t, joins h_(k-1).
   */
  private integrateFromBase(level: number, letter: number): number {
    const { rule, panels, exponents } = this.path;
    const { nodes, slope, ends } = this;
    const { logs: from, starts } = this.levels[level];
    const { logs: to, starts: newStarts } = this.levels[level + 1];
    const { forms, length } = panels[0];
    const alpha = exponents[letter];
    const half = length / 2;
    newStarts.fill(0);
    for (let k = 0; k <= level; k++) newStarts[k + 1] = (alpha * starts[k]) / (k + 1);
    to.fill(newStarts[level + 1], (level + 1) * nodes);
    ends[level + 1] = newStarts[level + 1];
    for (let k = level; k >= 0; k--) {
      for (let i = 0; i < nodes; i++) {
        const t = half * (1 + rule.nodes[i]);
        const f = from[k * nodes + i];
        let h = (alpha * (f - starts[k])) / t + forms[letter * nodes + i] * f;
        // H_(k+1) is what the level above holds beyond its start.
        if (k < level) h -= ((k + 1) * (to[(k + 1) * nodes + i] - newStarts[k + 1])) / t;
        slope[i] = h * half;
      }
      this.accumulate(to, k * nodes, newStarts[k]);
      ends[k] = newStarts[k];
      for (let i = 0; i < nodes; i++) ends[k] += rule.weights[i] * slope[i];
    }
    const logarithm = Math.log(length);
    let end = 0;
    for (let k = level + 1; k >= 0; k--) end = end * logarithm + ends[k];
    return end;
  }
}
