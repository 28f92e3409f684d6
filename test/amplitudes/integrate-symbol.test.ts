import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Alphabet,
  bootstrapSymbol,
  createAlphabet,
  derivative,
  FORM_FACTOR,
  FORM_FACTOR_LOOPS,
  hexagonLift,
  integrateSymbol,
  integrationPath,
  LADDER,
  ladderSymbol,
  ladderValue,
  letterValues,
  logarithmicConstants,
  PolylogSymbol,
  reversedSymbol,
  shuffleProduct,
} from '../../src/amplitudes/index.ts';
import { polylogarithm } from '../../src/numerics/index.ts';
import { arbitrarySymbol, LETTERS } from './arbitrary-symbol.ts';

const [oneLoop, twoLoops] = FORM_FACTOR_LOOPS;
const THIRD = [1 / 3, 1 / 3];

/** Relative to the value or to 1, whichever is larger. */
const ROUNDING = 2e-12;
const DIFFERENCE = 1e-8;

function expectClose(value: number, expected: number, tolerance = ROUNDING): void {
  expect(Math.abs(value - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(tolerance);
}

/** E^(1) = 2 sum of Li2(1 - 1/u_i). */
function oneLoopValue(u: number, v: number): number {
  return 2 * [u, v, 1 - u - v].reduce((sum, x) => sum + polylogarithm(2, { re: 1 - 1 / x, im: 0 }).re, 0);
}

const inside = fc
  .tuple(fc.double({ min: 0.01, max: 0.97, noNaN: true }), fc.double({ min: 0.01, max: 0.97, noNaN: true }))
  .filter(([u, v]) => u + v < 0.99);

describe('a function from its symbol', () => {
  test('is the form factor at one loop', () => {
    const constants = (path: number[][]) => (front: PolylogSymbol) =>
      front.weight === 1 ? logarithmicConstants(oneLoop, path)(front) : oneLoopValue(THIRD[0], THIRD[1]);
    fc.assert(
      fc.property(inside, ([u, v]) => {
        const path = [THIRD, [u, v]];
        expectClose(integrateSymbol(oneLoop, path, { constants: constants(path) }), oneLoopValue(u, v));
      }),
      { numRuns: 30 },
    );
  });

  test.each([1, 2, 3, 4, 5])('is the ladder with %i rungs, from the point where its logarithms diverge', (loops) => {
    const symbol = ladderSymbol(loops);
    for (const [z, y] of [
      [0.3, 0.6],
      [0.05, 0.9],
      [0.99, 0.2],
      [0.4, 0.41],
      [-0.3, -0.7],
      [-2, -0.1],
    ]) {
      const path = [
        [0, 0],
        [z, y],
      ];
      const value = integrateSymbol(symbol, path, { constants: logarithmicConstants(symbol, path) });
      expectClose(value, ladderValue(loops, { re: z, im: 0 }, { re: y, im: 0 }).re);
    }
  });

  test('does not depend on the path when the symbol is integrable', () => {
    for (const [symbol, paths] of [
      [
        twoLoops,
        [
          [THIRD, [0.2, 0.5]],
          [THIRD, [0.6, 0.1], [0.2, 0.5]],
          [THIRD, [0.1, 0.1], [0.05, 0.7], [0.2, 0.5]],
        ],
      ],
      [
        ladderSymbol(3),
        [
          [
            [0.2, 0.3],
            [0.5, 0.9],
          ],
          [
            [0.2, 0.3],
            [0.01, 0.95],
            [0.5, 0.9],
          ],
        ],
      ],
      [
        ladderSymbol(2),
        [
          [
            [0, 0],
            [0.5, 0.9],
          ],
          [
            [0, 0],
            [0.5, 0.9],
            [0.1, 0.2],
            [0.5, 0.9],
          ],
        ],
      ],
    ] as const) {
      const [first, ...others] = paths.map((path) => integrateSymbol(symbol, path));
      expect(Math.abs(first)).toBeGreaterThan(1e-3);
      for (const other of others) expectClose(other, first);
    }
  });

  test('is the same on all paths for three loops, and for six gluons in nine letters', async () => {
    const { symbol } = await bootstrapSymbol(3);
    const values = [
      [THIRD, [0.2, 0.5]],
      [THIRD, [0.6, 0.1], [0.2, 0.5]],
    ].map((path) => integrateSymbol(symbol, path));
    expectClose(values[1], values[0]);
    expect(Math.abs(values[0])).toBeGreaterThan(1e-3);
    const sixGluons = hexagonLift(twoLoops);
    const [one, other] = [
      [
        [0.3, 0.4, 0.6],
        [0.5, 0.2, 0.7],
      ],
      [
        [0.3, 0.4, 0.6],
        [0.2, 0.8, 0.3],
        [0.5, 0.2, 0.7],
      ],
    ].map((path) => integrateSymbol(sixGluons, path));
    expectClose(other, one);
    expect(Math.abs(one)).toBeGreaterThan(1);
  });

  test('starts at a corner of the kinematics, where five letters vanish or blow up', () => {
    // At w = 0 and y = u/w = 0 logarithms are all there is, up to zeta values: 4 zeta(2) at one loop.
    const corner = createAlphabet({
      ...FORM_FACTOR.definition,
      name: 'form factor at a corner',
      variables: ['w', 'y'],
      abbreviations: { u: 'w * y', v: '1 - w - w * y' },
    });
    const symbol = new PolylogSymbol(corner, 2, oneLoop.keys, oneLoop.coefficients);
    for (const [w, y] of [
      [0.3, 0.5],
      [0.2, 2],
      [0.3, 11 / 6],
      [0.01, 0.3],
    ]) {
      const path = [
        [0, 0],
        [w, y],
      ];
      const value = integrateSymbol(symbol, path, { constants: logarithmicConstants(symbol, path) });
      expectClose(value - oneLoopValue(w * y, 1 - w - w * y), (4 * Math.PI ** 2) / 6);
    }
  });

  test('depends on the path when it is not', () => {
    const word = PolylogSymbol.from(FORM_FACTOR, [['bd', 1]]);
    const [one, other] = [
      [THIRD, [0.2, 0.5]],
      [THIRD, [0.6, 0.1], [0.2, 0.5]],
    ].map((path) => integrateSymbol(word, path));
    expect(Math.abs(one - other)).toBeGreaterThan(1e-3);
  });

  test.each([
    ['one loop', oneLoop, THIRD, [0.2, 0.5]],
    ['two loops', twoLoops, THIRD, [0.15, 0.3]],
    ['a ladder of two rungs', ladderSymbol(2), [0.2, 0.3], [0.7, 0.4]],
    ['a ladder of three rungs', ladderSymbol(3), [0.2, 0.3], [0.35, 0.8]],
  ])('has the total differential of the symbol: %s', (_, symbol, base, point) => {
    // dF is the sum of F^x d log x over the last letters x.
    const { alphabet } = symbol;
    const { size, names } = alphabet;
    const step = 5e-4;
    for (const direction of [
      [1, 0],
      [0, 1],
      [0.6, -0.8],
    ]) {
      const at = (n: number): number =>
        integrateSymbol(symbol, [base, point, point.map((x, i) => x + n * step * direction[i])]);
      const difference = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step);
      const slopes = new Float64Array(size);
      letterValues(alphabet).slopes(point, direction, slopes);
      let sum = 0;
      for (let x = 0; x < size; x++) sum += integrateSymbol(derivative(symbol, names[x]), [base, point]) * slopes[x];
      expect(Math.abs(sum)).toBeGreaterThan(1e-3);
      expectClose(difference, sum, DIFFERENCE);
    }
  });
});

describe('iterated integrals', () => {
  const regular = [
    [1, 2],
    [2, 1.5],
    [1.5, 0.5],
  ];
  const fromCorner = [
    [0, 0],
    [1, 0.5],
    [0.5, 2],
  ];
  const fromEdge = [
    [0, 1],
    [1, 0.5],
  ];
  const positive = fc.integer({ min: 1, max: 3 }).chain((n) => arbitrarySymbol(n));

  test('multiply as symbols shuffle', () => {
    fc.assert(
      fc.property(positive, positive, fc.constantFrom(regular, fromCorner, fromEdge), (x, y, path) => {
        const product = integrateSymbol(x, path) * integrateSymbol(y, path);
        expectClose(integrateSymbol(shuffleProduct(x, y), path), product, 1e-10);
      }),
    );
  });

  test('turn words around when the path is turned around', () => {
    fc.assert(
      fc.property(positive, (x) => {
        const back = integrateSymbol(reversedSymbol(x), regular) * (-1) ** x.weight;
        expectClose(integrateSymbol(x, [...regular].reverse()), back, 1e-10);
      }),
    );
  });

  test('of a letter are its logarithm', () => {
    const a = PolylogSymbol.from(LETTERS, [['a', 1]]);
    expectClose(
      integrateSymbol(a, [
        [2, 1],
        [7, 1],
      ]),
      Math.log(3.5),
    );
    const powers = PolylogSymbol.from(LETTERS, [['aaaa', 24]]);
    expectClose(
      integrateSymbol(powers, [
        [2, 1],
        [0.001, 1],
      ]),
      Math.log(0.0005) ** 4,
    );
    // From 0, log t is dropped; the first piece of the path ends at t = 1.
    expectClose(
      integrateSymbol(powers, [
        [0, 1],
        [5, 1],
      ]),
      0,
    );
    expectClose(
      integrateSymbol(powers, [
        [0, 1],
        [5, 1],
        [10, 1],
      ]),
      Math.log(2) ** 4,
    );
  });

  test('know powers and leading coefficients at the base point', () => {
    const path = integrationPath(FORM_FACTOR, [
      [0.5, 0],
      [0.2, 0.6],
    ]);
    // With w = 1/2 - 0.3 t at v = 0.6 t: a and c go as t^(-1/2), b as t^(1/2), e as 1/t.
    expect(Array.from(path.exponents)).toEqual([-1 / 2, 1 / 2, -1 / 2, 0, -1, 0]);
    const expected = [Math.sqrt(1 / 0.6), Math.sqrt(0.6 / 0.25), Math.sqrt(1 / 0.6), 1, 1 / 0.6, 1];
    path.leading.forEach((value, letter) => {
      expectClose(value, expected[letter], 1e-11);
    });
  });

  test('are zero on a path of no length, up to the constants', () => {
    expect(integrateSymbol(twoLoops, [THIRD, THIRD])).toBe(0);
    const constants = ({ weight }: PolylogSymbol): number => weight;
    expect(integrateSymbol(twoLoops, [THIRD, THIRD], { constants })).toBe(4);
    expectClose(
      integrateSymbol(oneLoop, [THIRD, THIRD, [0.2, 0.5], [0.2, 0.5]]),
      integrateSymbol(oneLoop, [THIRD, [0.2, 0.5]]),
    );
    expect(
      integrateSymbol(new PolylogSymbol(LADDER, 2, new Float64Array(0), new Int32Array(0)), [
        [0.1, 0.2],
        [0.3, 0.4],
      ]),
    ).toBe(0);
  });
});

describe('a path that cannot be integrated along', () => {
  const failing = (alphabet: Alphabet, path: readonly (readonly number[])[]) => () =>
    integrateSymbol(PolylogSymbol.from(alphabet, [[alphabet.names.slice(0, 2), 1]]), path);

  test.each([
    ['a letter loses its value', FORM_FACTOR, [THIRD, [1.2, 0.1]], 'singular-path'],
    [
      'a letter changes its sign',
      LADDER,
      [
        [0.5, 0.2],
        [1.5, 0.2],
      ],
      'singular-path',
    ],
    [
      'a letter vanishes at a corner',
      LADDER,
      [
        [0.5, 0.2],
        [0.5, 1],
        [0.6, 1.2],
      ],
      'singular-path',
    ],
    ['the end is singular', FORM_FACTOR, [THIRD, [0.5, 0.5]], 'singular-path'],
    ['the end is singular up to rounding', FORM_FACTOR, [THIRD, [0.7, 0.3]], 'convergence'],
    [
      'the end of a later piece is singular',
      LADDER,
      [
        [0.2, 0.3],
        [0.5, 0.5],
        [0, 0.5],
      ],
      'singular-path',
    ],
    ['a coordinate is missing', FORM_FACTOR, [THIRD, [0.2]], 'shape'],
    [
      'a coordinate is too many',
      FORM_FACTOR,
      [
        [...THIRD, 1 / 3],
        [0.2, 0.5, 0.3],
      ],
      'shape',
    ],
    ['a coordinate is no number', FORM_FACTOR, [THIRD, [Number.NaN, 0.5]], 'shape'],
    ['there is one point', FORM_FACTOR, [THIRD], 'shape'],
    ['there is no point', FORM_FACTOR, [], 'shape'],
  ] as const)('is refused: %s', (_, alphabet, path, code) => {
    expect(failing(alphabet, path)).toThrow(expect.objectContaining({ code }));
  });

  test('is refused where a letter does not go as a power', () => {
    const odd = createAlphabet({
      name: 'odd',
      variables: ['x'],
      letters: [
        { name: 'l', argument: 'log(x)' },
        { name: 'x', argument: 'x' },
      ],
    });
    expect(failing(odd, [[0], [0.5]])).toThrow(expect.objectContaining({ code: 'singular-path' }));
  });
});
