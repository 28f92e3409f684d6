import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnsatzError, RandomStream } from '../../src/core/index.ts';
import {
  ANY_DIMENSION,
  call,
  constant,
  DimensionAlgebra,
  type Expression,
  evaluate,
  isDefinite,
  type Operator,
  parse,
  print,
  STANDARD_OPERATORS,
  size,
  variable,
  variablesOf,
} from '../../src/expressions/index.ts';
import { crossover, MUTATIONS } from '../../src/search/mutations.ts';
import { resolveOptions } from '../../src/search/options/options.ts';
import type { Grammar } from '../../src/search/problem.ts';
import { nodeAt, randomTree, replaceAt } from '../../src/search/tree-edit.ts';
import { constantUnits } from '../../src/search/units/constant-units.ts';
import { EXPONENTS, Reachable } from '../../src/search/units/reachable.ts';
import { fits, Slot } from '../../src/search/units/slots.ts';
import { readUnits, UnitRules, type UnitSpec } from '../../src/search/units/unit-rules.ts';
import { type Dimension, DimensionTable, parseUnit } from '../../src/units/index.ts';
import { consistent } from './dimension-solver.ts';
import { anyPlaces } from './places/place-problem.ts';

const settings = { ...resolveOptions({ target: 'z' }), brood: 1 };
const rows = (names: string): Operator[] => names.split(' ').map((name) => STANDARD_OPERATORS.get(name));

const BINARY = rows('add sub mul div pow min max mod atan2');
const UNARY = rows('sin exp log sqrt square cube inv neg abs sign cbrt tanh step floor');
const UNITS = ['m', 's', 'kg', 'm/s', 'm/s^2', 'J', 'N', '', '', 'K', 'm^0.5', 'C', '1/s', 'km', 'kg m^2'];

interface World {
  readonly grammar: Grammar & { readonly units: UnitRules };
  readonly inputs: readonly string[];
  readonly dimensions: ReadonlyMap<string, Dimension>;
  readonly target: Dimension | undefined;
  readonly free: boolean;
}

function specOf(
  xUnits: Record<string, string>,
  yUnits: string | undefined,
  free: boolean,
  mode = 'construct',
): UnitSpec {
  return {
    xUnits,
    ...(yUnits === undefined ? {} : { yUnits }),
    unitSystem: 'SI',
    dimensionMode: mode as 'construct',
    dimensionlessConstantsOnly: !free,
  };
}

function worldOf(spec: UnitSpec, inputs: readonly string[], unary: Operator[], binary: Operator[]): World {
  const units = new UnitRules(spec, inputs, [...unary, ...binary]);
  return {
    grammar: { unary, binary, maxSize: 25, maxDepth: 25, units },
    inputs,
    dimensions: new Map(inputs.map((name) => [name, parseUnit(spec.xUnits[name] ?? '').dimension])),
    target: spec.yUnits === undefined ? undefined : parseUnit(spec.yUnits).dimension,
    free: !spec.dimensionlessConstantsOnly,
  };
}

const worlds = new Map<string, World>();
const WORLDS = 80;

/** A random grammar, random units, and a target that some law can have; one of a few, for they are slow to make. */
function randomWorld(seed: number, withPower = true): World {
  const key = `${seed % WORLDS} ${withPower}`;
  const world = worlds.get(key) ?? makeWorld(seed % WORLDS, withPower);
  worlds.set(key, world);
  return world;
}

const solvers = new WeakMap<World, ReturnType<typeof anyPlaces>>();

function placesOf(world: World): ReturnType<typeof anyPlaces> {
  const places = solvers.get(world) ?? anyPlaces(world.inputs, world.grammar);
  solvers.set(world, places);
  return places;
}

function makeWorld(seed: number, withPower: boolean): World {
  const random = new RandomStream(seed).split(17);
  const some = (all: Operator[], least: number): Operator[] => {
    const order = [...random.permutation(all.length)];
    return order.slice(0, least + random.integer(all.length - least)).map((i) => all[i]);
  };
  const binary = some(BINARY, 2).filter((operator) => withPower || operator.name !== 'pow');
  const unary = some(UNARY, 0);
  const inputs = ['a', 'b', 'c', 'd', 'f'].slice(0, 1 + random.integer(5));
  const xUnits = Object.fromEntries(inputs.map((name) => [name, UNITS[random.integer(UNITS.length)]]));
  const free = random.uniform() < 0.5;
  // The dimension of some random consistent tree, so that the target is within reach but seldom trivial.
  const open = new UnitRules(specOf(xUnits, undefined, free), inputs, [...unary, ...binary]);
  for (let attempt = 0; attempt < 50; attempt++) {
    const tree = open.grow(Slot.any, 1 + random.integer(5), random);
    const dimension = tree ? open.algebra.dimension(tree) : -1;
    if (!isDefinite(dimension)) continue;
    const yUnits = unitText(open.algebra.table.dimension(dimension));
    return worldOf(specOf(xUnits, yUnits, free), inputs, unary, binary);
  }
  return worldOf(specOf(xUnits, undefined, free), inputs, unary, binary);
}

function unitText(dimension: Dimension): string {
  const symbols = ['kg', 'm', 's', 'A', 'K', 'mol', 'cd'];
  return dimension.map(([n, d], i) => `${symbols[i]}^(${n}/${d})`).join(' ');
}

/** Any tree at all over the grammar, right or wrong. */
function anyTree(world: World, nodes: number, random: RandomStream): Expression {
  const { units: _, ...plain } = world.grammar;
  return randomTree(nodes, plain, world.inputs, random);
}

/** Whether a part without variables has no value, as (-2)^0.3 has none: such a law is NaN on any data. */
function isUndefined(tree: Expression): boolean {
  if (tree.kind !== 'call') return false;
  if (variablesOf(tree).length === 0 && !Number.isFinite(evaluate(tree, {}))) return true;
  return tree.arguments.some(isUndefined);
}

const right = (tree: Expression, world: World): boolean => consistent(tree, world.dimensions, world.target, world.free);

function expectRight(tree: Expression, world: World, told: string): void {
  if (right(tree, world) && world.grammar.units.admits(tree)) return;
  expect({ told, tree: print(tree), spec: world.grammar.units.spec }).toBe('a tree of the dimension of the target');
}

describe('mutations with units', () => {
  it('never leave the dimension of the target in 10 000 steps', () => {
    const steps = new Map<string, number>();
    let applied = 0;
    for (let seed = 0; applied < 10_000; seed++) {
      const world = randomWorld(seed);
      const random = new RandomStream(seed);
      let tree = randomTree(1 + random.integer(9), world.grammar, world.inputs, random);
      expectRight(tree, world, `grown, seed ${seed}`);
      for (let step = 0; step < 60; step++) {
        const mutation = MUTATIONS[random.integer(MUTATIONS.length)];
        const { grammar, inputs } = world;
        const places = placesOf(world);
        const child = mutation.apply(tree, { grammar, inputs, settings, temperature: 1, random, places });
        if (!child || size(child) > 40 || isUndefined(child)) continue;
        expectRight(child, world, `${mutation.name} of ${print(tree)}, seed ${seed}`);
        if (child !== tree && print(child) !== print(tree)) {
          steps.set(mutation.name, (steps.get(mutation.name) ?? 0) + 1);
        }
        applied++;
        tree = child;
      }
    }
    for (const { name } of MUTATIONS)
      if (name !== 'doNothing') expect([name, steps.get(name) ?? 0]).not.toEqual([name, 0]);
  });

  it('keep the dimension in crossover, and change the trees', () => {
    let changed = 0;
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const world = randomWorld(seed);
        const random = new RandomStream(seed);
        const { grammar, inputs } = world;
        const [a, b] = [9, 7].map((nodes) => randomTree(nodes, grammar, inputs, random));
        const [c, d] = crossover(a, b, random, grammar.units);
        expect(size(c) + size(d)).toBe(size(a) + size(b));
        for (const child of [c, d]) if (!isUndefined(child)) expectRight(child, world, `crossover, seed ${seed}`);
        if (print(c) !== print(a)) changed++;
      }),
      { numRuns: 300 },
    );
    expect(changed).toBeGreaterThan(150);
  });

  it('obey a wanted dimension other than that of the target', () => {
    const world = worldOf(specOf({ a: 'm', b: 's' }, 'kg', false), ['a', 'b'], UNARY, BINARY);
    const { units } = world.grammar;
    const wanted = units.algebra.table.id(parseUnit('m/s').dimension);
    const random = new RandomStream(3);
    let tree = randomTree(7, world.grammar, world.inputs, random, wanted);
    for (let step = 0; step < 500; step++) {
      const mutation = MUTATIONS[random.integer(MUTATIONS.length)];
      const context = { grammar: world.grammar, inputs: world.inputs, settings, temperature: 1, random, wanted };
      const child = mutation.apply(tree, context);
      if (!child || size(child) > 25) continue;
      tree = child;
      expect(units.algebra.dimension(tree)).toBe(wanted);
    }
  });

  it('may do anything in penalty mode and without units', () => {
    const spec = specOf({ a: 'm', b: 's' }, 'm', false, 'penalty');
    const world = worldOf(spec, ['a', 'b'], UNARY, BINARY);
    const { units: _, ...plain } = world.grammar;
    const chain = (grammar: Grammar): string[] => {
      const random = new RandomStream(11);
      let tree = randomTree(7, grammar, world.inputs, random);
      const seen: string[] = [];
      for (let step = 0; step < 300; step++) {
        const mutation = MUTATIONS[random.integer(MUTATIONS.length)];
        const child = mutation.apply(tree, { grammar, inputs: world.inputs, settings, temperature: 1, random });
        if (child && size(child) < 30) tree = child;
        seen.push(print(tree));
      }
      return seen;
    };
    expect(chain(world.grammar)).toEqual(chain(plain));
    expect(chain(plain).some((text) => !world.grammar.units.admits(parse(text)))).toBe(true);
  });
});

describe('admits', () => {
  it('agrees with linear equations for the dimensions of all nodes', () => {
    let yes = 0;
    let no = 0;
    for (let seed = 0; seed < 3000; seed++) {
      const world = randomWorld(seed, false);
      const random = new RandomStream(seed).split(5);
      const tree = anyTree(world, 1 + random.integer(8), random);
      const expected = right(tree, world);
      if (world.grammar.units.admits(tree) !== expected) {
        expect({ tree: print(tree), spec: world.grammar.units.spec }).toEqual({ admitted: expected });
      }
      expect(world.grammar.units.violations(tree) === 0).toBe(expected);
      if (expected) yes++;
      else no++;
    }
    expect(Math.min(yes, no)).toBeGreaterThan(300);
  });

  it('says at every node what may stand there', () => {
    let fitting = 0;
    let other = 0;
    for (let seed = 0; seed < 1500; seed++) {
      const world = randomWorld(seed);
      const { grammar, inputs } = world;
      const { units } = grammar;
      const random = new RandomStream(seed).split(6);
      const tree = randomTree(2 + random.integer(8), grammar, inputs, random);
      const at = random.integer(size(tree));
      const slot = units.analyse(tree).slots[at];
      if (slot === Slot.constant || slot === Slot.pinned) continue;
      const part = anyTree(world, 1 + random.integer(4), random);
      const dimension = units.algebra.dimension(part);
      const expected = fits(dimension, slot);
      if (units.admits(replaceAt(tree, at, part)) !== expected) {
        const spec = units.spec;
        expect({ tree: print(tree), at: print(nodeAt(tree, at)), part: print(part), slot, spec }).toEqual({ expected });
      }
      if (expected) fitting++;
      else other++;
    }
    expect(Math.min(fitting, other)).toBeGreaterThan(200);
  });

  it('counts violations', () => {
    const units = new UnitRules(specOf({ x: 'm', t: 's' }, 'm', false), ['x', 't'], [...UNARY, ...BINARY]);
    const count = (formula: string): number => units.violations(parse(formula));
    expect(count('x')).toBe(0);
    expect(count('t')).toBe(1);
    expect(count('x + t')).toBe(1);
    expect(count('sin(x) + exp(t) + x')).toBe(2);
    expect(count('x + t * (x + t)')).toBe(1);
  });
});

/** Every tree of at most so many nodes. */
function allTrees(inputs: readonly string[], operators: readonly Operator[], most: number): Expression[][] {
  const levels: Expression[][] = [[], [...inputs.map(variable), constant(Math.E / Math.PI)]];
  for (let nodes = 2; nodes <= most; nodes++) {
    const level: Expression[] = [];
    for (const operator of operators) {
      if (operator.arity === 1) {
        for (const a of levels[nodes - 1]) level.push(call(operator, a));
        continue;
      }
      for (let n = 1; n < nodes - 1; n++) {
        for (const a of levels[n]) for (const b of levels[nodes - 1 - n]) level.push(call(operator, a, b));
      }
      if (operator.name === 'pow' && nodes >= 3) {
        for (const a of levels[nodes - 2])
          for (const [n, d] of EXPONENTS) level.push(call(operator, a, constant(n / d)));
      }
    }
    levels.push(level);
  }
  return levels;
}

describe('Reachable', () => {
  it.each([
    [{ a: 'm', b: 's' }, 'add mul div', 7, false],
    [{ a: 'm', b: 's' }, 'add mul sqrt sin', 6, true],
    [{ a: 'm/s', b: 'J' }, 'div square inv sub', 6, false],
    [{ a: 'kg^2', b: '' }, 'mul pow cbrt', 5, false],
    [{ a: 'kg^2', b: 'm' }, 'mul pow exp', 5, true],
    [{ a: 'm', b: 'm' }, 'atan2 mod mul step', 6, true],
    [{ a: 'm', b: 's' }, 'own mul', 6, true],
    [{ a: 'm', b: 'm^2' }, 'own sqrt', 6, false],
  ] as const)('finds what brute force finds: %j with %s to %d nodes', (units, names, most, free) => {
    const table = STANDARD_OPERATORS.with({ name: 'own', formula: 'x^2 + y' });
    const operators = names.split(' ').map((name) => table.get(name));
    const dimensions = new DimensionTable(7);
    const ids = new Map(Object.entries(units).map(([name, unit]) => [name, dimensions.id(parseUnit(unit).dimension)]));
    const algebra = new DimensionAlgebra(dimensions, ids, free);
    const reachable = new Reachable(algebra, ['a', 'b'], operators, { nodes: most, dimensions: Infinity });
    const fewest = new Map<number, number>();
    allTrees(['a', 'b'], operators, most).forEach((level, nodes) => {
      for (const tree of level) {
        const dimension = algebra.dimension(tree);
        if (isDefinite(dimension) && !fewest.has(dimension)) fewest.set(dimension, nodes);
      }
    });
    const sorted = (entries: Iterable<readonly [number, number]>) => [...entries].sort(([a], [b]) => a - b);
    expect(sorted(reachable.dimensions.map((id) => [id, reachable.minimum(id)] as const))).toEqual(sorted(fewest));
    expect(reachable.nodes).toBe(most);
    expect(fewest.size).toBeGreaterThan(2);
  });

  it('stays within its budget where dimensions abound', () => {
    const units = ['kg', 'm', 's', 'A', 'K', 'mol', 'cd', 'm/s', 'J', 'N'];
    const table = new DimensionTable(7);
    const ids = new Map(units.map((unit) => [unit, table.id(parseUnit(unit).dimension)]));
    const start = performance.now();
    const algebra = new DimensionAlgebra(table, ids, false);
    const reachable = new Reachable(algebra, units, [...UNARY, ...BINARY]);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(reachable.nodes).toBeGreaterThanOrEqual(3);
  });
});

describe('growing', () => {
  it('makes a tree of every dimension that is within reach', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { grammar, inputs, free } = randomWorld(seed);
      const { units } = grammar;
      const reachable = new Reachable(units.algebra, inputs, [...grammar.unary, ...grammar.binary]);
      const random = new RandomStream(seed);
      for (const dimension of reachable.dimensions.slice(0, 150)) {
        const tree = units.grow(dimension, 1, random);
        if (!tree || !units.admits(tree, dimension)) expect({ seed, dimension }).toBe('grown');
        if (!free) expect(size(tree!)).toBeLessThanOrEqual(reachable.minimum(dimension) + 2);
      }
    }
  });

  it('does not depend on what was grown before, so that a resumed run goes on as it would have', () => {
    const inputs = ['a', 'b', 'c'];
    const spec = specOf({ a: 'm', b: 'kg/s', c: 'N' }, 'J^0.5', true);
    const [fresh, used] = [0, 1].map(() => worldOf(structuredClone(spec), inputs, UNARY, BINARY));
    const chain = ({ grammar }: World, seed: number): string[] => {
      const random = new RandomStream(seed);
      let tree = randomTree(9, grammar, inputs, random);
      return Array.from({ length: 200 }, (_, step) => {
        const mutation = MUTATIONS[step % MUTATIONS.length];
        const child = mutation.apply(tree, { grammar, inputs, settings, temperature: 1, random });
        if (child && size(child) < 30) tree = child;
        return print(tree);
      });
    };
    for (let seed = 100; seed < 110; seed++) chain(used, seed);
    expect(chain(fresh, 1)).toEqual(chain(used, 1));
  });

  it('reaches the size that is asked for, with different trees', () => {
    const world = worldOf(
      specOf({ m: 'kg', v: 'm/s', h: 'm', g: 'm/s^2' }, 'J', false),
      ['m', 'v', 'h', 'g'],
      UNARY,
      BINARY,
    );
    const random = new RandomStream(1);
    const seen = new Set<string>();
    for (let i = 0; i < 200; i++) {
      const tree = world.grammar.units.grow(world.grammar.units.target, 12, random)!;
      expect(size(tree)).toBeGreaterThanOrEqual(12);
      expect(right(tree, world)).toBe(true);
      seen.add(print(tree));
    }
    expect(seen.size).toBeGreaterThan(190);
  });

  it('goes beyond the closure by one operator', () => {
    const inputs = ['a', 'b'];
    const units = new UnitRules(specOf({ a: 'm^7 s', b: 's' }, 'm^35 s^10', false), inputs, rows('mul'));
    expect(units.grower.canFill(units.target)).toBe(true);
    const tree = units.grow(units.target, 1, new RandomStream(1))!;
    expect(units.admits(tree)).toBe(true);
    expect(size(tree)).toBe(2 * 10 - 1);
  });
});

describe('readUnits', () => {
  const inputs = ['speed', 'time'];

  it('names the column and the place', () => {
    const message = (xUnits: Record<string, string>, yUnits?: string): string => {
      try {
        readUnits(specOf(xUnits, yUnits, true), inputs);
        return 'nothing';
      } catch (error) {
        expect(error).toBeInstanceOf(AnsatzError);
        return (error as Error).message;
      }
    };
    expect(message({ speed: 'm/q' })).toMatch(/^xUnits of "speed": unknown unit "q" at position 3 of "m\/q" \(did you/);
    expect(message({ sped: 'm/s' })).toMatch(/no input "sped".*did you mean "speed"/);
    expect(message({}, 'furlongs')).toMatch(/^yUnits: unknown unit "furlongs"/);
    expect(message({ speed: 'm/s' }, 'm')).toBe('nothing');
    expect(message({ constructor: 'm' })).toMatch('no input "constructor"');
  });

  it('refuses a target that no law has', () => {
    const units = new UnitRules(specOf({ speed: 'm/s', time: 's' }, 'kg', false), inputs, BINARY);
    expect(() => units.checkReachable()).toThrow('no law of a few operators makes kg');
    new UnitRules(specOf({ speed: 'm/s', time: 's' }, 'kg', true), inputs, BINARY).checkReachable();
    new UnitRules(specOf({ speed: 'm/s', time: 's' }, 'm', false), inputs, BINARY).checkReachable();
    new UnitRules(specOf({ speed: 'm/s', time: 's' }, 'kg', false, 'penalty'), inputs, BINARY).checkReachable();
  });

  it('warns of sums that would mix units', () => {
    const units = new UnitRules(specOf({ speed: 'km/h', time: 'm/s' }, 'm', true), inputs, BINARY);
    expect(units.notes()).toEqual(['speed is in km/h and time in m/s: a bare sum of them mixes units']);
    expect(new UnitRules(specOf({ speed: 'm/s' }, 'm', true), inputs, BINARY).notes()).toEqual([]);
  });

  it('reads natural units', () => {
    const spec: UnitSpec = { ...specOf({ s: 'GeV^2' }, 'pb', false), unitSystem: 'natural' };
    const units = new UnitRules(spec, ['s'], rows('div inv'));
    expect(units.admits(parse('3 / s'))).toBe(true);
    expect(units.admits(parse('3 * s'))).toBe(false);
    expect(print(units.grow(units.target, 1, new RandomStream(1))!)).toMatch(/inv\(s\)|\/ s/);
  });
});

describe('pinned constants', () => {
  it.each([
    ['v^2 / g', false, [1]],
    ['3 * v^2 / g', true, [0, 0]],
    ['v^2 / g + 4', true, [1, 0]],
    ['h * (v / 3)^0', false, [0, 1]],
    ['h * 2^(v / v + 1)', false, [0, 0]],
    ['h', true, undefined],
  ])('%s (free constants %s)', (formula, free, expected) => {
    const units = new UnitRules(specOf({ h: 'm', v: 'm/s', g: 'm/s^2' }, 'm', free), ['h', 'v', 'g'], BINARY);
    const pinned = units.pinned(parse(formula));
    const some = pinned && [...pinned];
    expect(some ?? expected?.map(() => 0)).toEqual(expected);
  });
});

describe('pinnedKey', () => {
  const units = new UnitRules(specOf({ a: 'm', b: 'm' }, 'm^3', false), ['a', 'b'], BINARY);

  it('tells laws apart that no fit of constants connects', () => {
    expect(units.pinnedKey(parse('a^2 * b^1'))).not.toBe(units.pinnedKey(parse('a^1 * b^2')));
    expect(units.pinnedKey(parse('3 * a * b * a'))).toBe('');
    expect(units.pinnedKey(parse('a * b * a * 2^(a / b)'))).toBe('');
  });
});

describe('constantUnits', () => {
  const units = (xUnits: Record<string, string>, yUnits?: string) =>
    readUnits(specOf(xUnits, yUnits, true), Object.keys(xUnits));

  it.each([
    ['365.2 * a^1.5', { a: 'AU' }, 'd', ['d/AU^1.5', '1']],
    ['3 * x + 2', { x: 'km' }, 'm', ['m/km', 'm']],
    ['2 * exp(-0.5 * t) + 7', { t: 'yr' }, 'GeV', ['GeV', '1/yr', 'GeV']],
    ['70 * d', { d: 'Mpc' }, 'km/s', ['km/(s Mpc)']],
    ['4 * (2 * x + 3)', { x: 'm' }, 's', ['any', 'any', 'any']],
    ['x + y', { x: 'm', y: 'm' }, 'm', []],
    ['x + 2 * y', { x: 'm', y: 'cm' }, 'm', ['m/cm']],
    ['x + y + 2', { x: 'm', y: 'cm' }, 'm', ['m']],
    ['3 * x', { x: '100 km' }, 's', ['s/(100 km)']],
    ['sin(2 * x)', { x: 'm' }, undefined, ['1/m']],
    ['3 * x', { x: 'm' }, undefined, ['any']],
  ] as const)('%s with %j', (formula, xUnits, yUnits, expected) => {
    expect(constantUnits(parse(formula), units(xUnits, yUnits))).toEqual(expected);
  });

  it('says nothing of a law that is not consistent', () => {
    expect(constantUnits(parse('x + t'), units({ x: 'm', t: 's' }, 'm'))).toBeUndefined();
  });

  it('names units that are consistent with the law', () => {
    for (let seed = 0; seed < 400; seed++) {
      const world = randomWorld(seed, false);
      if (!world.free) continue;
      const tree = randomTree(8, world.grammar, world.inputs, new RandomStream(seed));
      const found = constantUnits(tree, world.grammar.units.units);
      expect(found).toBeDefined();
      // Each constant becomes an input of the unit that was named.
      const dimensions = new Map(world.dimensions);
      let index = 0;
      const named = (node: Expression): Expression => {
        if (node.kind === 'constant') {
          const unit = found![index++];
          if (unit === 'any') return node;
          dimensions.set(`k${index}`, parseUnit(unit).dimension);
          return variable(`k${index}`);
        }
        return node.kind === 'call' ? call(node.operator, ...node.arguments.map(named)) : node;
      };
      const law = named(tree);
      if (!consistent(law, dimensions, world.target, true)) {
        expect({ tree: print(tree), found, spec: world.grammar.units.spec }).toBe('consistent');
      }
    }
  });
});

describe('ANY_DIMENSION', () => {
  it('is what a free slot is', () => {
    expect(Slot.any).toBe(ANY_DIMENSION);
  });
});
