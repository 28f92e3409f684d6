import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { evaluate, STANDARD_OPERATORS, variable } from '../../../src/expressions/index.ts';
import { LINKS } from '../../../src/search/back-solve/links.ts';
import { Forms } from '../../../src/search/forms.ts';
import { TARGET_TRANSFORMS } from '../../../src/search/targets.ts';

/** Relative error that rounding may leave. */
const ROUNDING = 1e-9;

const all = [...STANDARD_OPERATORS].filter(({ arity }) => arity <= 2);
const forms = new Forms({
  unary: all.filter(({ arity }) => arity === 1),
  binary: all.filter(({ arity }) => arity === 2),
  maxSize: 30,
  maxDepth: 30,
});
const none = new Forms({ unary: [], binary: [], maxSize: 30, maxDepth: 30 });
const cases = LINKS.flatMap(({ view, join, bends }) => bends.map((bend) => ({ view, join, bend, of: join.name })));

describe('a kind of law leads back to the target', () => {
  const random = new RandomStream(1);
  const count = 400;
  const z = Float64Array.from({ length: count }, () => 6 * random.uniform() - 2);
  const f = Float64Array.from({ length: count }, () => 0.2 + 3 * random.uniform());

  it.each(cases)('$view, $of, $bend.name', ({ join, bend }) => {
    const v = new Float64Array(count);
    join.apply(z, f, v);
    const w = new Float64Array(count);
    bend.apply(v, w);
    let checked = 0;
    for (let i = 0; i < count; i++) {
      // Far out a hyperbolic tangent is 1 to rounding.
      if (!Number.isFinite(w[i]) || Math.abs(v[i]) < 1e-3 || Math.abs(v[i]) > 5) continue;
      const sign = bend.even ? Math.sign(v[i]) : 1;
      const law = join.solve(bend.invert(variable('w'), forms)!, sign, variable('f'), forms);
      // z = f (w - 1) has no law for negative v: f is then negative, and -f is another function.
      if (!law) continue;
      const back = evaluate(law, { w: w[i], f: f[i] });
      expect(Math.abs(back - z[i])).toBeLessThan(ROUNDING * Math.max(1, Math.abs(z[i])));
      checked++;
    }
    expect(checked).toBeGreaterThan(20);
  });

  it('and to nothing where the operators are missing', () => {
    for (const { join, bend } of cases) {
      const t = bend.invert(variable('w'), none);
      if (t) expect(join.solve(t, 1, variable('f'), none)).toBeUndefined();
    }
  });

  it('names views that there are', () => {
    const names = TARGET_TRANSFORMS.map(({ name }) => name);
    for (const { view } of LINKS) expect(names).toContain(view);
  });
});
