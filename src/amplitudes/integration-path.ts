import { ConvergenceError, DomainError, ShapeError } from '../core/index.ts';
import { type CumulativeQuadrature, cumulativeQuadrature, PROBE_POINTS } from '../numerics/index.ts';
import type { Alphabet } from './alphabet.ts';
import { checkPoint, type LetterValues, letterValues } from './letter-values.ts';

const NODES = 24;
const DEEPEST = 40;
const MOST_PANELS = 1000;
/** How well the forms are resolved by their nodes, relative to the largest on a panel. */
const RESOLUTION = 1e-13;
/** What rounding may leave of that. */
const NOISE = 1e-10;
/** Below this a letter counts as zero at the base point: the rounding of its formula. */
const VANISHING = 1e-12;
/** Exponents are whole numbers of twelfths. */
const EXPONENT_PARTS = 12;

/** A stretch of the path with its nodes. */
export interface Panel {
  /** In the parameter of the path, which runs from s to s + 1 on segment s. */
  readonly from: number;
  readonly length: number;
  /** d log(letter) / dt at the nodes, without alpha / t where that was taken out; at letter * nodes + node. */
  readonly forms: Float64Array;
}

/** A path in the kinematics with the forms of an alphabet on it. */
export interface IntegrationPath {
  readonly rule: CumulativeQuadrature;
  readonly panels: readonly Panel[];
  /** A letter goes as t^exponent at the base point; 0 for those that neither vanish nor blow up there. Shape [size]. */
  readonly exponents: Float64Array;
  /** The limit of letter / t^exponent at the base point; shape [size]. */
  readonly leading: Float64Array;
}

/**
 * Lays panels along straight lines through points, so fine that the forms of all letters are polynomials on each.
 *
 * Letters may vanish or blow up at the first point, like a power of the parameter t, and nowhere else.
 *
 * @param points two or more; coordinates in the order of the alphabet's variables
 * @throws ShapeError for points with a wrong number of coordinates, or fewer than two
 * @throws DomainError "singular-path" when a letter vanishes, blows up or loses its value on the way
 * @throws ConvergenceError when the forms are not resolved
 */
export function integrationPath(alphabet: Alphabet, points: readonly (readonly number[])[]): IntegrationPath {
  if (points.length < 2) throw new ShapeError('path', 'two points or more', `${points.length}`, 'give both ends');
  for (const point of points) checkPoint(alphabet, point);
  const corners = points.filter((point, n) => n === 0 || point.some((x, i) => x !== points[n - 1][i]));
  const walker = new Walker(alphabet, corners);
  const { exponents } = walker;
  const panels: Panel[] = [];
  for (let segment = 0; segment < corners.length - 1; segment++) {
    walker.checkCorner(segment + 1);
    walker.lay(segment, 1, 0, panels);
  }
  return { rule: walker.rule, panels, exponents, leading: walker.leading(panels[0]) };
}

class Walker {
  readonly rule = cumulativeQuadrature(NODES);
  readonly exponents: Float64Array;
  private readonly letters: LetterValues;
  private readonly size: number;
  private readonly signs: Float64Array;
  private readonly row: Float64Array;
  private readonly peaks: Float64Array;

  constructor(
    private readonly alphabet: Alphabet,
    private readonly points: readonly (readonly number[])[],
  ) {
    this.size = alphabet.size;
    this.letters = letterValues(alphabet);
    this.row = new Float64Array(this.size);
    this.signs = new Float64Array(this.size);
    this.exponents = this.exponentsAtBase();
    this.peaks = new Float64Array(this.size);
  }

  /** @throws DomainError "singular-path" when a letter vanishes, blows up or has no value at a corner */
  checkCorner(corner: number): void {
    this.letters.values(this.points[corner], this.row);
    const letter = this.row.findIndex((value) => !Number.isFinite(value) || value === 0);
    if (letter >= 0) throw this.crossing(letter, corner);
  }

  /** Adds the panels of a stretch: one when its forms are resolved, else those of its halves. */
  lay(from: number, length: number, depth: number, panels: Panel[], before = Number.POSITIVE_INFINITY): void {
    const { rule, size } = this;
    const forms = new Float64Array(size * NODES);
    for (let node = 0; node < NODES; node++) this.formsAt(from + (length * (1 + rule.nodes[node])) / 2, node, forms);
    const defect = this.defect(from, length, forms);
    // Rounding grows as panels shrink towards a point where letters vanish by cancellation: halving then stops helping.
    if (defect <= RESOLUTION || (defect <= NOISE && defect > before / 4)) {
      panels.push({ from, length, forms });
      return;
    }
    if (depth === DEEPEST || panels.length > MOST_PANELS) {
      throw new ConvergenceError(
        `the path runs into a singularity, or is lost in rounding, at ${this.place(from)}`,
        depth,
        length,
        'stay away from points where a letter of the alphabet vanishes or has no value',
      );
    }
    this.lay(from, length / 2, depth + 1, panels, defect);
    this.lay(from + length / 2, length / 2, depth + 1, panels, defect);
  }

  /** Limits of letter / t^exponent, from the nodes of the first panel. */
  leading(first: Panel | undefined): Float64Array {
    const out = new Float64Array(this.size);
    if (first === undefined) {
      this.letters.values(this.points[0], out);
      return out;
    }
    this.letters.values(this.points[0], out);
    const samples = Array.from(this.rule.nodes, (x) => {
      const t = (first.length * (1 + x)) / 2;
      const values = new Float64Array(this.size);
      this.letters.values(this.pointAt(t), values);
      return values.map((value, letter) => value / t ** this.exponents[letter]);
    });
    for (let letter = 0; letter < this.size; letter++) {
      if (this.exponents[letter] === 0 && Number.isFinite(out[letter])) continue;
      out[letter] = samples.reduce((sum, values, node) => sum + this.rule.probes[node] * values[letter], 0);
    }
    return out;
  }

  private pointAt(t: number): number[] {
    const segment = Math.min(Math.floor(t), this.points.length - 2);
    const start = this.points[segment];
    const end = this.points[segment + 1] ?? start;
    // Exact at both ends, as x + (y - x) t is not.
    return start.map((x, i) => x * (1 - (t - segment)) + end[i] * (t - segment));
  }

  private formsAt(t: number, node: number, forms: Float64Array): void {
    const point = this.pointAt(t);
    const segment = Math.min(Math.floor(t), this.points.length - 2);
    const direction = this.points[segment + 1].map((x, i) => x - this.points[segment][i]);
    this.letters.values(point, this.row);
    for (let letter = 0; letter < this.size; letter++) {
      const value = this.row[letter];
      const sign = Math.sign(value);
      if (this.signs[letter] === 0) this.signs[letter] = sign;
      if (!Number.isFinite(value) || value === 0 || sign !== this.signs[letter]) throw this.crossing(letter, t);
    }
    this.letters.slopes(point, direction, this.row);
    for (let letter = 0; letter < this.size; letter++) {
      const slope = this.row[letter];
      if (!Number.isFinite(slope)) throw this.crossing(letter, t);
      forms[letter * NODES + node] = slope;
    }
  }

  /** Takes the poles out of the first panel, and says by how much polynomials through the nodes miss the forms elsewhere. */
  private defect(from: number, length: number, forms: Float64Array): number {
    const { rule, size, exponents } = this;
    const first = from === 0;
    if (first) {
      for (let letter = 0; letter < size; letter++) {
        for (let node = 0; node < NODES; node++) {
          forms[letter * NODES + node] -= exponents[letter] / ((length * (1 + rule.nodes[node])) / 2);
        }
      }
    }
    this.peaks.fill(0);
    let most = 0;
    for (let letter = 0; letter < size; letter++) {
      for (let node = 0; node < NODES; node++) {
        this.peaks[letter] = Math.max(this.peaks[letter], Math.abs(forms[letter * NODES + node]));
      }
      most = Math.max(most, this.peaks[letter]);
    }
    // Ends belong to the neighbours, and the start may be the base point: the probes inside are enough.
    const probe = new Float64Array(size * NODES);
    let defect = 0;
    for (let p = 1; p <= 2; p++) {
      const t = from + (length * (1 + PROBE_POINTS[p])) / 2;
      this.formsAt(t, 0, probe);
      for (let letter = 0; letter < size; letter++) {
        let sum = 0;
        for (let node = 0; node < NODES; node++) sum += rule.probes[p * NODES + node] * forms[letter * NODES + node];
        const pole = first ? exponents[letter] / t : 0;
        const exact = probe[letter * NODES] - pole;
        // What a pole is larger than the rest is lost to rounding.
        const scale = Math.max(most, Math.abs(pole), 1 / length);
        defect = Math.max(defect, Math.abs(sum - exact) / scale);
      }
    }
    return defect;
  }

  /** The powers of t by which letters vanish or blow up at the first point. */
  private exponentsAtBase(): Float64Array {
    const { size, points } = this;
    const exponents = new Float64Array(size);
    const values = new Float64Array(size);
    const next = points[1];
    if (next === undefined) return exponents;
    this.letters.values(points[0], values);
    const direction = next.map((x, i) => x - points[0][i]);
    const slopes = [1e-4, 5e-5].map((t) => {
      const out = new Float64Array(size);
      const point = points[0].map((x, i) => x * (1 - t) + next[i] * t);
      this.letters.slopes(point, direction, out);
      return out.map((slope) => slope * t);
    });
    for (let letter = 0; letter < size; letter++) {
      const value = Math.abs(values[letter]);
      if (value > VANISHING && value < 1 / VANISHING) continue;
      // The slope is alpha / t + regular; the regular part drops out of the difference.
      const limit = 2 * slopes[1][letter] - slopes[0][letter];
      const exponent = Math.round(limit * EXPONENT_PARTS) / EXPONENT_PARTS;
      if (!(Math.abs(limit - exponent) < 1e-4)) throw this.crossing(letter, 0);
      exponents[letter] = exponent;
    }
    return exponents;
  }

  private crossing(letter: number, t: number): DomainError {
    const { name, argument } = this.alphabet.definition.letters[letter];
    return new DomainError(
      'singular-path',
      `the letter ${name} = ${argument} vanishes or has no value on the path, at ${this.place(t)}`,
      'lay the path through points inside the region where no letter changes its sign',
      { letter: name, parameter: t },
    );
  }

  private place(t: number): string {
    const { variables } = this.alphabet.definition;
    const point = this.pointAt(t);
    return variables.map((name, i) => `${name} = ${Number(point[i].toPrecision(6))}`).join(', ');
  }
}
