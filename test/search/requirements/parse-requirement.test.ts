import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OptionError } from '../../../src/core/index.ts';
import {
  parseRequirement,
  REQUIREMENT_SCHEMA,
  REQUIREMENTS_OPTION,
  type ResolvedRequirement,
  readRequirements,
  requirementText,
} from '../../../src/search/requirements/index.ts';

const mode = 'hard' as const;

describe('parseRequirement', () => {
  const read: [string, ResolvedRequirement][] = [
    ['even in x', { kind: 'even', in: 'x', mode }],
    ['  odd   in  `a b` ', { kind: 'odd', in: 'a b', mode }],
    ['symmetric in a, b', { kind: 'symmetric', in: ['a', 'b'], mode }],
    ['antisymmetric in a,b,c', { kind: 'antisymmetric', in: ['a', 'b', 'c'], mode }],
    ['f(x=0) = 1', { kind: 'value', at: { x: 0 }, equals: 1, mode }],
    ['f(x=0)=-1e-3', { kind: 'value', at: { x: 0 }, equals: -1e-3, mode }],
    [
      'f ( x = pi/2 , y = -2 ) = atan2(1, 2)',
      { kind: 'value', at: { x: Math.PI / 2, y: -2 }, equals: Math.atan2(1, 2), mode },
    ],
    ['f(x=0, y) = y^2', { kind: 'value', at: { x: 0 }, equals: 'y^2', mode }],
    ['f(x=max(1, 2)) = (y + 1) * 2', { kind: 'value', at: { x: 2 }, equals: '(y + 1) * 2', mode }],
    ['df/dx(x=0) = 0', { kind: 'slope', by: 'x', at: { x: 0 }, equals: 0, mode }],
    ['df/d`a b`(y=0) = 2*y', { kind: 'slope', by: 'a b', at: { y: 0 }, equals: '2 * y', mode }],
    ['∂f/∂x(x=0) = 0', { kind: 'slope', by: 'x', at: { x: 0 }, equals: 0, mode }],
    ['power 2 as x -> inf', { kind: 'power', power: 2, in: 'x', toward: 'inf', mode }],
    ['power -3/2 as x -> 0', { kind: 'power', power: -1.5, in: 'x', toward: '0', mode }],
    ['power 1 as x→-infinity', { kind: 'power', power: 1, in: 'x', toward: '-inf', mode }],
    ['increasing in x', { kind: 'increasing', in: 'x', mode }],
    ['decreasing in x (soft)', { kind: 'decreasing', in: 'x', mode: 'soft' }],
    ['positive', { kind: 'positive', mode }],
    ['negative (soft, weight 10)', { kind: 'negative', mode: 'soft', weight: 10 }],
    ['positive for x in 0..10', { kind: 'positive', for: { x: [0, 10] }, mode }],
    [
      'convex in x for x in -1.5..2e3, `for` in 0 .. pi (hard, weight 100)',
      { kind: 'convex', in: 'x', for: { x: [-1.5, 2000], for: [0, Math.PI] }, mode: 'hard', weight: 100 },
    ],
    [
      'f(x=0) = y * z for y in .5..1.5 (soft)',
      { kind: 'value', at: { x: 0 }, equals: 'y * z', for: { y: [0.5, 1.5] }, mode: 'soft' },
    ],
    ['f(x=0) = exp(soft)', { kind: 'value', at: { x: 0 }, equals: 'exp(soft)', mode }],
    ['f(x=0) = a *`for x in b`', { kind: 'value', at: { x: 0 }, equals: 'a * `for x in b`', mode }],
    ['concave in in', { kind: 'concave', in: 'in', mode }],
  ];

  test.each(read)('reads "%s"', (text, spec) => {
    expect(parseRequirement(text)).toEqual(spec);
    expect(parseRequirement(requirementText(spec))).toEqual(spec);
    expect(REQUIREMENT_SCHEMA.parse(spec)).toEqual(spec);
  });

  const refused: [string, RegExp][] = [
    ['', /it ends too early, expected a requirement, at position 1/],
    ['evn in x', /expected a requirement, found "evn" at position 1 \(did you mean "even"\?\)/],
    ['even x', /expected "in", found "x" at position 6 \(write "even in x"\)/],
    ['even in', /ends too early, expected the name of an input, at position 8/],
    ['even in 3', /expected the name of an input, found "3" at position 9/],
    ['even in x, y', /expected "for", "\(soft\)" or the end, found "," at position 10/],
    ['symmetric in a', /expected ",", at position 15 \(write "symmetric in a, b"\)/],
    ['f(0) = 1', /expected the name of an input, found "0" at position 3 \(write "f\(x=0\) = 1"\)/],
    ['f(x=0', /expected "\)", at position 6/],
    ['f(x=0) 1', /expected "=", found "1" at position 8/],
    ['f(x=0) =', /expected a number or a formula, at position 9/],
    ['f(x=0) = 1 +', /formula ends too early at position 13 \(expected/],
    ['f(x=0) = sine(y)', /unknown function "sine" at position 10 \(did you mean "sin"\?\)/],
    ['f(x=y) = 1', /expected a finite number at position 5/],
    ['f(x=0) = 1/0', /expected a finite number at position 10/],
    ['f(x=0, x=1) = 1', /"x" is held twice at position 8/],
    ['f = 1', /expected a requirement, found "f" at position 1 \(a requirement begins with/],
    ['df/dx = 1', /expected "\(", found "=" at position 7/],
    ['power as x -> inf', /expected a number or a formula, found "as" at position 7/],
    ['power 2 in x', /unexpected "in" at position 9/],
    ['power 2 as x', /expected "->", at position 13/],
    ['power 2 as x -> 5', /expected inf, -inf or 0, found "5" at position 17/],
    ['positive for x', /expected "in", at position 15/],
    ['positive for x in 0', /expected "\.\.", at position 20/],
    ['positive for x in 0..', /expected a number or a formula, at position 22/],
    ['positive for x in 0..1, x in 0..2', /"x" has two ranges at position 25/],
    ['positive (sotf)', /expected "for", "\(soft\)" or the end, found "\(" at position 10/],
    ['positive (soft', /expected "for", "\(soft\)" or the end, found "\(" at position 10/],
    ['positive (soft, 10)', /expected "weight", found "10" at position 17 \(end with/],
    ['positive (soft, weight -1)', /a weight must be > 0 at position 24/],
    ['positive (soft) for x in 0..1', /expected the end, found "for" at position 17 \(put "\(soft\)" last\)/],
    ['even\nin\nx\n?', /^requirements: "even\\nin\\nx\\n\?": expected .* found "\?" at position 11/],
    [`f(x=0) = ${'1+'.repeat(600)}1`, /1210 characters \(write at most 1000\)/],
    [`f(x=${'('.repeat(300)}`, /nested too deeply at position/],
  ];

  test.each(refused)('refuses %j', (text, message) => {
    const error = thrown(() => parseRequirement(text));
    expect(error).toBeInstanceOf(OptionError);
    expect((error as OptionError).code).toBe('bad-requirement');
    expect((error as OptionError).message).toMatch(message);
    expect((error as OptionError).message).not.toContain('\n');
    expect((error as OptionError).hint).not.toBe('');
  });

  test('knows the inputs', () => {
    const error = thrown(() => parseRequirement('even in energi', ['energy', 'mass'])) as OptionError;
    expect(error.code).toBe('unknown-input');
    expect(error.message).toMatch(/"energi" is no input at position 9 \(did you mean "energy"\?\)/);
    expect(() => parseRequirement('f(mass=0) = enrgy', ['energy', 'mass'])).toThrow(
      /unknown variable "enrgy" at position 13/,
    );
    expect(() => parseRequirement('even in q', ['energy', 'mass'])).toThrow(/inputs: energy, mass/);
  });
});

describe('readRequirements', () => {
  const inputs = ['x', 'y'];

  test('takes texts and objects', () => {
    const both = readRequirements(['even in x (soft)', { kind: 'even', in: 'x', mode: 'soft' }], inputs);
    expect(both[0]).toEqual(both[1]);
    expect(structuredClone(both)).toEqual(both);
  });

  test.each([
    [{ kind: 'even', in: 'z' }, 'unknown-input', /"even in z": "z" is no input/],
    [{ kind: 'value', at: { q: 0 }, equals: 1 }, 'unknown-input', /"q" is no input/],
    [{ kind: 'value', at: { x: 0 }, equals: 'q + 1' }, 'unknown-input', /"q" is no input/],
    [{ kind: 'value', at: { x: 0 }, equals: 'y +' }, 'bad-requirement', /formula ends too early/],
    [{ kind: 'value', at: {}, equals: 1 }, 'bad-requirement', /no input is held/],
    ['f(y) = 1', 'bad-requirement', /no input is held/],
    ['df/dx() = 1', 'bad-requirement', /expected the name of an input/],
    ['symmetric in x, x', 'bad-requirement', /"x" is named twice/],
    [{ kind: 'symmetric', in: ['x'] }, 'bad-requirement', /^requirements\[0\]\.in: /],
    [{ kind: 'eve', in: 'x' }, 'bad-requirement', /^requirements\[0\]\.kind: .*kinds: even, odd/],
    [{ kind: 'even' }, 'bad-requirement', /^requirements\[0\]\.in: /],
    [{ kind: 'even', in: 'x', weigth: 2 }, 'bad-requirement', /weigth/],
    [{ kind: 'even', in: 'x', weight: 0 }, 'bad-requirement', /weight/],
    [{ kind: 'power', power: Number.NaN, in: 'x', toward: 'inf' }, 'bad-requirement', /power/],
    [null, 'bad-requirement', /^requirements\[0\]: /],
    [7, 'bad-requirement', /^requirements\[0\]: /],
    ['positive for x in 2..1', 'bad-range', /2\.\.1 is no range of "x" \(give the lower limit first\)/],
    ['f(x=0) = 1 for x in 0..1', 'contradictory-requirement', /"x" is held and has a range/],
    ['power 2 as x -> inf for x in 0..1', 'contradictory-requirement', /"x" is held and has a range/],
  ])('refuses %j', (requirement, code, message) => {
    const error = thrown(() => readRequirements([requirement as never], inputs)) as OptionError;
    expect(error).toBeInstanceOf(OptionError);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\n');
  });

  test('the option is a list of both', () => {
    expect(REQUIREMENTS_OPTION.parse(undefined)).toEqual([]);
    expect(REQUIREMENTS_OPTION.parse(['positive', { kind: 'positive' }])).toEqual([
      'positive',
      { kind: 'positive', mode: 'hard' },
    ]);
    expect(REQUIREMENTS_OPTION.safeParse([3]).success).toBe(false);
    expect(REQUIREMENTS_OPTION.description).toMatch(/even in x/);
  });
});

describe('random texts', () => {
  const RUNS = 20_000;
  /** Milliseconds; a single run may also wait for the machine, so that a slow text gets a second try. */
  const SLOWEST = 50;
  const NAME_LIST = ['x', 'y', 'mass', 'a b', 'for', 'in', 'f', 'pi', 'é', '`', 'as', 'soft'];
  const NAMES = fc.constantFrom(...NAME_LIST);
  const NUMBERS = fc
    .oneof(fc.integer({ min: -9, max: 9 }), fc.double({ noNaN: true, noDefaultInfinity: true }))
    .map((n) => n + 0);
  const at = fc.tuple(NAMES, NUMBERS).map(([name, value]) => ({ [name]: value }));
  const range = fc
    .tuple(NAMES, fc.integer({ min: -9, max: 8 }))
    .map(([name, low]) => ({ [name]: [low, 9] as [number, number] }));
  const shared = fc.record(
    { for: range, weight: fc.double({ min: 1e-3, max: 1e3, noNaN: true }) },
    { requiredKeys: [] },
  );
  const statement = fc.oneof(
    fc.record({ kind: fc.constantFrom('even', 'odd', 'increasing', 'decreasing', 'convex', 'concave'), in: NAMES }),
    fc.record({
      kind: fc.constantFrom('symmetric', 'antisymmetric'),
      in: fc.array(NAMES, { minLength: 2, maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('value'), at, equals: fc.oneof(NUMBERS, fc.constantFrom('y^2', 'sin(`a b`) - 1')) }),
    fc.record({ kind: fc.constant('slope'), by: NAMES, at, equals: NUMBERS }),
    fc.record({ kind: fc.constant('power'), power: NUMBERS, in: NAMES, toward: fc.constantFrom('inf', '-inf', '0') }),
    fc.record({ kind: fc.constantFrom('positive', 'negative') }),
  );
  const SPECS = fc
    .tuple(statement, shared, fc.constantFrom('hard', 'soft'))
    .map(([said, also, how]) => ({ ...said, ...also, mode: how }) as ResolvedRequirement);

  test('text and object say the same', () => {
    fc.assert(
      fc.property(SPECS, (spec) => {
        expect(parseRequirement(requirementText(spec))).toEqual(spec);
      }),
      { numRuns: 2000, seed: 9 },
    );
  });

  test(`${RUNS} of them are read or refused with an OptionError, at once`, () => {
    const WORDS = fc
      .array(
        fc.constantFrom(
          'even',
          'in',
          'x',
          ',',
          'f(',
          'x=0',
          ')',
          '=',
          '1',
          'df/dx',
          'power',
          'as',
          '->',
          'inf',
          'for',
          '0..1',
          ' (soft',
          'weight',
          '`',
          ' ',
          '(',
          'y^2',
          '\n',
          '..',
          'symmetric',
        ),
        { maxLength: 14 },
      )
      .map((words) => words.join(' '));
    const MUTATED = fc
      .tuple(SPECS.map(requirementText), fc.nat(), fc.nat(3), fc.string({ maxLength: 3 }))
      .map(([text, place, drop, insert]) => {
        const position = place % (text.length + 1);
        return text.slice(0, position) + insert + text.slice(position + drop);
      });
    const REPEATED = fc
      .tuple(
        fc.constantFrom(' for `', '`', '(', ' (soft,', 'f(x=', ' as ', '..', ' for x in ', '``', 'power '),
        fc.integer({ min: 1, max: 300 }),
      )
      .map(([piece, times]) => `f(x=0) = ${piece.repeat(times)}`);
    const TEXTS = fc.oneof(
      WORDS,
      MUTATED,
      REPEATED,
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    );
    let accepted = 0;
    const attempt = (text: string): void => {
      try {
        readRequirements([text], NAME_LIST);
        accepted++;
      } catch (error) {
        if (!(error instanceof OptionError)) throw error;
        expect(error.message).not.toContain('\n');
      }
    };
    fc.assert(
      fc.property(TEXTS, (text) => {
        const start = performance.now();
        attempt(text);
        if (performance.now() - start < SLOWEST) return;
        const again = performance.now();
        attempt(text);
        expect(performance.now() - again).toBeLessThan(SLOWEST);
      }),
      { numRuns: RUNS, seed: 7 },
    );
    // Both answers must occur, or the texts test nothing.
    expect(accepted).toBeGreaterThan(RUNS / 100);
    expect(accepted).toBeLessThan(RUNS / 1.1);
  });
});

function thrown(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
