import { derive } from '../derive.ts';
import { equals } from '../equals.ts';
import { constantsOf, type Expression, size, variablesOf } from '../expression.ts';
import { simplify } from '../simplify/simplify.ts';
import { type Domain, encloseOn, sideOf } from './enclose.ts';
import { factored } from './factored.ts';
import { type Interval, intersect } from './interval.ts';

/** Larger derivatives say less than they cost. */
const LARGEST_DERIVATIVE = 400;

/**
 * Encloses one formula on many boxes, tighter than its writing: where a derivative has one sign on a box, the extremes
 * lie at the ends of that variable, and the derivatives are enclosed the same way, to a depth.
 */
export class Encloser {
  readonly names: readonly string[];
  private readonly forms: readonly Expression[];
  private slopes: ReadonlyMap<string, Encloser | null> | undefined;

  constructor(
    readonly expression: Expression,
    private readonly depth = 3,
  ) {
    this.names = variablesOf(expression);
    this.forms = formsOf(expression);
  }

  /** By the rules of interval arithmetic alone. */
  plain(box: Domain): Interval {
    let range = encloseOn(this.forms[0], box);
    for (let i = 1; i < this.forms.length; i++) range = intersect(range, encloseOn(this.forms[i], box));
    return range;
  }

  /** An enclosure, sharpened where the plain one holds 0 or has no bound. */
  range(box: Domain): Interval {
    const range = this.plain(box);
    if (this.depth === 0 || range.defined !== 'everywhere' || !range.continuous) return range;
    const settled = range.nonzero && (range.low >= 0 || range.high <= 0) && Number.isFinite(range.low + range.high);
    return settled ? range : this.sharpen(range, box);
  }

  /** The tightest enclosure at hand. */
  tight(box: Domain): Interval {
    const range = this.plain(box);
    if (this.depth === 0 || range.defined !== 'everywhere' || !range.continuous) return range;
    return this.sharpen(range, box);
  }

  /** The derivative by a variable, or null where it has none that can be used. */
  slope(name: string): Encloser | null {
    this.slopes ??= new Map(this.names.map((variable) => [variable, slopeOf(this.expression, variable, this.depth)]));
    return this.slopes.get(name) ?? null;
  }

  private sharpen(range: Interval, box: Domain): Interval {
    let lowBox = box;
    let highBox = box;
    for (const name of this.names) {
      const [low, high] = sideOf(box, name);
      if (low === high) continue;
      const slope = this.slope(name)?.range(box);
      if (slope?.defined !== 'everywhere') continue;
      if (slope.low >= 0) {
        lowBox = pinned(lowBox, name, low);
        highBox = pinned(highBox, name, high);
      } else if (slope.high <= 0) {
        lowBox = pinned(lowBox, name, high);
        highBox = pinned(highBox, name, low);
      }
    }
    if (lowBox === box) return range;
    const { low } = this.plain(lowBox);
    const { high } = this.plain(highBox);
    return intersect(range, { ...range, low, high });
  }
}

/** The box with one variable held; an end at infinity says nothing and stays as wide as it was. */
function pinned(box: Domain, name: string, value: number): Domain {
  return Number.isFinite(value) ? { ...box, [name]: [value, value] } : box;
}

/** The formula as written, simplified, and as one product: each is tight where the others are not. */
function formsOf(expression: Expression): readonly Expression[] {
  const forms = [expression];
  for (const form of [simplify(expression), factored(expression)]) {
    if (allFinite(form) && !forms.some((other) => equals(form, other))) forms.push(form);
  }
  return forms;
}

/** Numbers that are folded may leave the range of f64. */
function allFinite(form: Expression): boolean {
  return constantsOf(form).every(Number.isFinite);
}

function slopeOf(expression: Expression, name: string, depth: number): Encloser | null {
  try {
    const slope = derive(expression, name);
    return size(slope) > LARGEST_DERIVATIVE ? null : new Encloser(slope, depth - 1);
  } catch {
    // Gamma has one derivative here and no more.
    return null;
  }
}
