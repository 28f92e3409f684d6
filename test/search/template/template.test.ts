import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream, Table } from '../../../src/core/index.ts';
import { createWasmEvaluator } from '../../../src/evaluation/index.ts';
import { evaluate, parse, print, STANDARD_OPERATORS, withConstants } from '../../../src/expressions/index.ts';
import { fit } from '../../../src/search/index.ts';
import { parseTemplate } from '../../../src/search/template/parse-template.ts';
import { indicatorColumn, Template } from '../../../src/search/template/template.ts';

const JACOBIAN_TOLERANCE = 1e-6;
const errorOf = (text: string, functions?: string[]): string => {
  try {
    parseTemplate(text, STANDARD_OPERATORS, functions);
    return 'no error';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('reading a template', () => {
  it.each([
    ['f(x, y) * exp(-g(z)) + p[1]', { f: 2, g: 1 }, { p: 1 }],
    ['D(f, 1)(x, y) + f(2 * x, y^2)', { f: 2 }, {}],
    ['f(g(x)) + p[2] * q[1]', { g: 1, f: 1 }, { p: 2, q: 1 }],
    ['1e5 * f(`a b`)', { f: 1 }, {}],
    ['ln(f(x)) + sgn(y)', { f: 1 }, {}],
    ['x + p[1]', {}, { p: 1 }],
  ])('%s', (combine, functions, parameters) => {
    const template = new Template({ combine });
    expect(Object.fromEntries(template.functions.map((each) => [each.name, each.inputs.length]))).toEqual(functions);
    expect(Object.fromEntries(template.parameters.map((each) => [each.name, each.size]))).toEqual(parameters);
  });

  it.each([
    ['f(x', /"\(" is not closed at position 2/],
    ['f(x) +', /ends too early/],
    ['sni(x)', /unknown function "sni".*did you mean "sin"/],
    ['D(f)(x)', /needs a function and an argument/],
    ['D(f, 3)(x, y)', /argument 3 of 2/],
    ['D(f, 1)', /without arguments/],
    ['p[0] + f(x)', /index 0/],
    ['p[] + f(x)', /a number such as p\[1\]/],
    ['`a', /not closed/],
    ['f(x) g(x)', /unexpected/],
  ])('%s is refused', (text, message) => {
    expect(errorOf(text)).toMatch(message);
  });

  it('declared functions are the only ones', () => {
    expect(errorOf('f(x) + h(x)', ['f', 'g'])).toMatch(/unknown function "h"/);
    expect(() => new Template({ combine: 'f(x)', functions: ['f', 'g'] })).toThrow(/"g" does not occur/);
    expect(() => new Template({ combine: 'f(x) + f(x, y)' })).toThrow(/1 and with 2 arguments/);
    expect(() => new Template({ combine: 'f(x) + p[3]', parameters: { p: 2 } })).toThrow(/2 entries and needs 3/);
    expect(() => new Template({ combine: 'f(x) + p[3] * p[c]' })).toThrow(/two kinds of index/);
  });

  it('any text gives a template or an error with a code, at once', () => {
    const piece = fc.constantFrom(
      'f',
      'g',
      'D',
      '(',
      ')',
      '[',
      ']',
      ',',
      ' ',
      '1',
      'x',
      '`',
      '+',
      '*',
      '^',
      'p',
      'sin',
      '.',
      'e5',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        try {
          new Template({ combine: pieces.join('') });
        } catch (error) {
          expect(error).toHaveProperty('code');
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a candidate', () => {
  const template = new Template({ combine: 'f(x, y) * exp(-g(y)) + D(f, 1)(y, x) + p[k] * q[1]' }, { k: 3 });
  const candidate = template.create([parse('2 * sin(3 * _1) + _2'), parse('0.5 * _1')], [1, 2, 3, 7]);

  it('is expressed in the columns', () => {
    const tree = template.express(candidate);
    const at = (k: number): number => evaluate(tree, { x: 0.3, y: 0.7, k });
    const f = (a: number, b: number): number => 2 * Math.sin(3 * a) + b;
    for (const k of [1, 2, 3]) {
      const expected = f(0.3, 0.7) * Math.exp(-0.35) + 6 * Math.cos(3 * 0.7) + k * 7;
      expect(at(k)).toBeCloseTo(expected, 12);
    }
    expect(evaluate(parse(print(tree)), { x: 0.3, y: 0.7, k: 2 })).toBe(at(2));
  });

  it('is compiled with one parameter for every constant, however often it stands in the form', () => {
    const columns = new Map(['x', 'y', ...[1, 2, 3].map((k) => indicatorColumn('k', k))].map((name, i) => [name, i]));
    const random = new RandomStream(4);
    const draw = (): Float64Array => Float64Array.from({ length: 30 }, () => 0.2 + random.uniform());
    const codes = Array.from({ length: 30 }, (_, i) => (i % 3) + 1);
    const indicators = [1, 2, 3].map((k) => Float64Array.from(codes, (code) => (code === k ? 1 : 0)));
    const data = [draw(), draw(), ...indicators];
    const evaluator = createWasmEvaluator();
    evaluator.setData({ columns: data });
    const program = template.compile(candidate, columns);
    expect(program.parameters).toBe(7);
    const { values, jacobian } = evaluator.jacobian(program);
    const tree = template.express(candidate);
    codes.forEach((k, i) => {
      expect(values[i]).toBeCloseTo(evaluate(tree, { x: data[0][i], y: data[1][i], k }), 12);
    });
    const constants = [2, 3, 0.5, 1, 2, 3, 7];
    constants.forEach((value, p) => {
      const moved = (step: number): number[] => {
        const theta = constants.slice();
        theta[p] = value + step;
        return [...evaluator.values(template.compile(withConstants(candidate, theta), columns)).values];
      };
      const high = moved(1e-5);
      const low = moved(-1e-5);
      for (let i = 0; i < 30; i++) {
        expect(Math.abs(jacobian[p * 30 + i] - (high[i] - low[i]) / 2e-5)).toBeLessThan(JACOBIAN_TOLERANCE);
      }
    });
    evaluator.dispose();
  });
});

describe('a fit with a template', () => {
  const random = new RandomStream(7);
  const rows = 150;
  const draw = (low: number, high: number) =>
    Float64Array.from({ length: rows }, () => low + (high - low) * random.uniform());
  const x = draw(0.5, 3);
  const y = draw(0.5, 3);
  const options = {
    target: 't',
    unaryOperators: ['exp', 'sin', 'cos'],
    seed: 1,
    threads: 1,
    timeLimit: 120,
    maxEvals: 150_000,
  };

  it('finds parameters by category and predicts for labels', async () => {
    const detector = Array.from({ length: rows }, (_, i) => ['A', 'B', 'C'][i % 3]);
    const gain: Record<string, number> = { A: 1, B: -2, C: 0.5 };
    const t = x.map((v, i) => gain[detector[i]] * Math.sin(v) + v * v);
    const model = await fit(Table.from({ x, detector, t }), { ...options, template: 'p[detector] * f(x) + g(x)' });
    expect(model.best.loss).toBeLessThan(1e-20);
    const p = model.best.parameters!.p;
    expect(p[1] / p[0]).toBeCloseTo(-2, 9);
    expect(p[2] / p[0]).toBeCloseTo(0.5, 9);
    expect(model.categories).toEqual({ detector: ['A', 'B', 'C'] });
    const predicted = model.predict(Table.from({ x: [1, 1, 1], detector: ['C', 'A', 'B'] }));
    expect(predicted[0]).toBeCloseTo(0.5 * Math.sin(1) + 1, 9);
    expect(predicted[2]).toBeCloseTo(-2 * Math.sin(1) + 1, 9);
    expect(() => model.predict(Table.from({ x: [1], detector: ['D'] }))).toThrow(/"D" is new/);
  });

  it('finds a function through its derivative', async () => {
    const t = x.map((v, i) => 2 * v * Math.cos(v * v) * y[i] + Math.sin(v * v));
    const model = await fit(Table.from({ x, y, t }), { ...options, template: 'D(f, 1)(x) * y + f(x)' });
    expect(model.best.functions).toEqual({ f: 'sin(_1^2)' });
    expect(model.best.loss).toBeLessThan(1e-20);
  });

  it('without functions it fits the parameters', async () => {
    const t = x.map((v, i) => 3 * v - 0.5 * Math.exp(-y[i]));
    const model = await fit(Table.from({ x, y, t }), { ...options, template: 'p[1] * x + p[2] * exp(-y)' });
    expect(model.best.parameters?.p[0]).toBeCloseTo(3, 9);
    expect(model.best.parameters?.p[1]).toBeCloseTo(-0.5, 9);
  });

  it('starts from guesses and is taken up again with the same front', async () => {
    const t = x.map((v, i) => v * y[i] * Math.exp(-Math.sin(y[i])) + 1.5 + 0.1 * random.normal());
    const table = Table.from({ x, y, t });
    const noisy = {
      ...options,
      maxEvals: 40_000,
      patience: 99,
      template: 'f(x, y) * exp(-g(y)) + p[1]',
      guesses: [{ functions: { f: '_1', g: '_1' }, parameters: { p: [1] } }],
    };
    const states: Uint8Array[] = [];
    const whole = await fit(table, { ...noisy, onCheckpoint: (state) => states.push(state) });
    expect(states.length).toBeGreaterThan(0);
    const again = await fit(table, { ...noisy, resume: states[Math.floor(states.length / 2)] });
    expect(again.front.map((entry) => [entry.expression, entry.loss])).toEqual(
      whole.front.map((entry) => [entry.expression, entry.loss]),
    );
    await expect(fit(table, { ...noisy, guesses: ['x'] })).rejects.toThrow(/formula for each function/);
  });
});
