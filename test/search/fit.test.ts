import { describe, expect, it } from 'vitest';
import { normalisedError, toyTable } from '../../benchmarks/suites/toy/toy-data.ts';
import { RandomStream, Table } from '../../src/core/index.ts';
import { equivalent, parse, STANDARD_OPERATORS, variablesOf } from '../../src/expressions/index.ts';
import { type FitOptions, fit, Model } from '../../src/search/index.ts';

const TOY: Partial<FitOptions> = { binaryOperators: ['+', '-', '*', '/'], unaryOperators: ['sin', 'cos'], threads: 1 };

/** A law no cheap phase knows, with noise, so that the islands really run. */
function noisyTable(rows = 120): Table {
  const random = new RandomStream(9);
  const x = Float64Array.from({ length: rows }, () => 4 * random.uniform());
  const u = Float64Array.from({ length: rows }, () => 1 + random.uniform());
  const y = x.map((value, i) => Math.sin(value * u[i]) / (1 + u[i] ** 2) + 0.4 * value + 0.01 * random.normal());
  return Table.from({ x, u, y });
}

/** Errors in proportion to the value, over three decades. */
function relativeTable(rows = 120): Table {
  const random = new RandomStream(10);
  const x = Float64Array.from({ length: rows }, () => 10 ** (3 * random.uniform()));
  const u = Float64Array.from({ length: rows }, () => 1 + random.uniform());
  const y = x.map((value, i) => ((value ** 2 * Math.sin(u[i])) / (1 + value / 50)) * (1 + 0.03 * random.normal()));
  return Table.from({ x, u, y });
}

describe('fit', () => {
  it('recovers the toy law exactly', async () => {
    const table = toyTable(1000, 1);
    const model = await fit(table, { target: 'y', ...TOY });
    expect(normalisedError(model.predict(table), table.numbers('y'))).toBeLessThan(1e-12);
    expect(variablesOf(model.best.tree).sort()).toEqual(['x0', 'x3']);
    expect(model.stoppedBy).toBe('floor');
  });

  it('recovers the toy law by evolution alone', async () => {
    const table = toyTable(1000, 2);
    const model = await fit(table, { target: 'y', ...TOY, phases: ['evolve'], timeLimit: 30 });
    expect(normalisedError(model.predict(table), table.numbers('y'))).toBeLessThan(1e-12);
    expect([model.lastPhase, model.stoppedBy]).toEqual(['evolve', 'floor']);
    expect(Model.fromRecord(JSON.parse(JSON.stringify(model))).lastPhase).toBe('evolve');
  });

  it.each([7, 16, 19])('leaves out terms that only rounding supports, seed %d', async (seed) => {
    const model = await fit(toyTable(1000, seed), { target: 'y', ...TOY, seed, phases: ['evolve'], timeLimit: 30 });
    expect(variablesOf(model.best.tree).sort()).toEqual(['x0', 'x3']);
  });

  it.each([
    ['constant', noisyTable()],
    ['relative', relativeTable()],
  ])(
    'gives a byte-identical front at 1, 2 and 4 threads for an evaluation budget, %s noise',
    async (noise, table) => {
      const run = async (threads: number) => {
        const options: FitOptions = {
          target: 'y',
          unaryOperators: ['sin', 'exp'],
          threads,
          seed: 5,
          maxEvals: 40_000,
          populations: 6,
        };
        const model = await fit(table, { ...options, patience: 1000, timeLimit: 100 });
        expect(model.stoppedBy).toBe('max-evals');
        expect(model.notes.some((note) => note.startsWith('noise: relative'))).toBe(noise === 'relative');
        const { front, best, evaluations } = model.toJSON();
        return [...front, best, evaluations].map((item) => JSON.stringify(item));
      };
      const one = await run(1);
      expect(await run(2)).toEqual(one);
      expect(await run(4)).toEqual(one);
      expect(one.length).toBeGreaterThan(5);
    },
    120_000,
  );

  it('fits around integer powers of inputs of both signs', async () => {
    const x = Float64Array.from({ length: 41 }, (_, i) => (i - 20) / 10);
    const y = x.map((value) => 1.7 * value ** 2 + 0.3 * value ** 3 - 4.1);
    for (const phases of [['monomials', 'enumerate'], ['evolve']] as const) {
      const options: FitOptions = { target: 'y', binaryOperators: ['+', '*', '^'], unaryOperators: [], threads: 1 };
      const model = await fit(Table.from({ x, y }), { ...options, phases: [...phases], timeLimit: 20 });
      expect(model.best.loss).toBeLessThan(1e-20);
    }
  });

  it('differs by seed', async () => {
    const run = (seed: number) =>
      fit(noisyTable(), { target: 'y', unaryOperators: ['sin'], threads: 1, seed, maxEvals: 20_000 });
    const [a, b] = [await run(1), await run(2)];
    expect(a.front.map((entry) => entry.expression)).not.toEqual(b.front.map((entry) => entry.expression));
  });

  it('holds a front that falls strictly and reads back', async () => {
    const table = noisyTable();
    const model = await fit(table, { target: 'y', unaryOperators: ['sin'], threads: 1, maxEvals: 20_000, maxSize: 15 });
    model.front.forEach((entry, i) => {
      expect(entry.complexity).toBeLessThanOrEqual(15);
      if (i > 0) {
        expect(entry.loss).toBeLessThan(model.front[i - 1].loss);
        expect(entry.complexity).toBeGreaterThan(model.front[i - 1].complexity);
      }
      const predictions = model.predict(table, entry);
      const loss = predictions.reduce((sum, value, k) => sum + (value - table.numbers('y')[k]) ** 2, 0) / table.rows;
      if (!model.notes.some((note) => note.startsWith('noise: relative'))) expect(loss).toBeCloseTo(entry.loss, 9);
      expect(equivalent(parse(entry.expression), entry.tree).equivalent).toBe(true);
    });
  });

  it('uses no operator that was not allowed', async () => {
    const table = toyTable(200, 3);
    const allowed = ['add', 'sub', 'mul', 'div', 'sin', 'cos'];
    const model = await fit(table, { target: 'y', ...TOY, maxEvals: 20_000 });
    const operators = (text: string): string[] => {
      const seen: string[] = [];
      const visit = (node: ReturnType<typeof parse>): void => {
        if (node.kind !== 'call') return;
        seen.push(node.operator.name);
        node.arguments.forEach(visit);
      };
      visit(parse(text));
      return seen;
    };
    for (const entry of model.front)
      for (const name of operators(entry.expression)) expect([...allowed, 'neg']).toContain(name);
  });

  it('takes an operator defined at run time, in workers too', async () => {
    const table = STANDARD_OPERATORS.with({ name: 'bump', formula: 'exp(-x^2)' });
    const x = Float64Array.from({ length: 80 }, (_, i) => i / 20 - 2);
    const data = Table.from({ x, y: x.map((value) => 3 * Math.exp(-((value - 0.7) ** 2)) + 0.1 * value ** 3) });
    for (const threads of [1, 2]) {
      const options: FitOptions = {
        target: 'y',
        unaryOperators: [table.get('bump')],
        binaryOperators: ['+', '-', '*'],
        threads,
        phases: ['evolve'],
      };
      const model = await fit(data, { ...options, timeLimit: 20, stopAtLoss: 1e-12 });
      expect(model.best.expression).toContain('bump');
    }
  }, 90_000);

  it('ends on a signal with what it found', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 400);
    const start = performance.now();
    const model = await fit(noisyTable(), {
      target: 'y',
      unaryOperators: ['sin'],
      signal: controller.signal,
      patience: 1e6,
      threads: 1,
    });
    expect(model.stoppedBy).toBe('cancelled');
    expect(model.front.length).toBeGreaterThan(1);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it.each([1, 2])('keeps its time limit with %d threads', async (threads) => {
    const start = performance.now();
    const model = await fit(noisyTable(), {
      target: 'y',
      unaryOperators: ['sin'],
      timeLimit: 1,
      patience: 1e6,
      threads,
    });
    expect(model.stoppedBy).toBe('time-limit');
    expect(performance.now() - start).toBeLessThan(3500);
  });

  it('reports progress', async () => {
    const phases = new Set<string>();
    const controller = new AbortController();
    await fit(noisyTable(), {
      target: 'y',
      timeLimit: 60,
      patience: 1e6,
      threads: 1,
      phases: ['monomials', 'enumerate', 'evolve'],
      signal: controller.signal,
      onProgress: (p) => {
        phases.add(p.phase);
        if (p.phase === 'evolve') controller.abort();
      },
    });
    expect(phases).toContain('evolve');
  });

  it('honours weights: rows of weight 0 do not count', async () => {
    const x = Float64Array.from({ length: 40 }, (_, i) => 1 + i / 10);
    const y = x.map((value, i) => (i % 4 === 0 ? 1000 : 2 * value ** 2));
    const model = await fit(Table.from({ x, y, w: x.map((_, i) => (i % 4 === 0 ? 0 : 1)) }), {
      target: 'y',
      weights: 'w',
      threads: 1,
    });
    expect(equivalent(model.best.tree, parse('2 * x^2'), { domain: { x: [1, 5] }, tolerance: 1e-9 }).equivalent).toBe(
      true,
    );
  });
});
