import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { safeText } from '../../../src/expressions/export/comment.ts';
import { isLegalName, legalNames } from '../../../src/expressions/export/identifiers.ts';
import {
  call,
  EXPORT_TARGETS,
  type Expression,
  exportFormula,
  STANDARD_OPERATORS,
  variable,
} from '../../../src/expressions/index.ts';
import { hasTool, PYTHON } from '../../tools.ts';
import { asNumber, asText } from './sample.ts';

const place = mkdtempSync(join(tmpdir(), 'ansatz-names-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));
const marker = join(place, 'ran');

/** Column names that try to leave a comment, a string or a line, in every language. */
const HOSTILE: readonly string[] = [
  '',
  '"',
  "'",
  '\\',
  'a\\',
  'x*/ int evil(); /*',
  'x *) Quit[] (*',
  '"""\nimport os; os.system("touch ran")\n"""',
  'coding: utf-7',
  '-*- coding: utf-7 -*-',
  '\n!$omp x',
  '\r\nend module',
  '??/\nint evil;',
  '#include <x>\n#define f g',
  '*\n.end',
  "`x'",
  '#- off',
  '\u0024{process.exit(1)}',
  '</script><!--',
  '\u2028process.exit(1)',
  '\u202eabc',
  '\ud800',
  '\0',
  'a'.repeat(5000),
  '\\end{document}',
  '%',
  '$x$',
  'Ω_m',
  'α',
  'été',
  'π r²',
  '日本',
  'p_T (GeV)',
  '__proto__',
  'constructor',
  'toString',
  '__init__',
  '_',
  '__',
  '1st',
  'x__y',
  'lambda',
  'lambda_2',
  'Lambda',
  'class',
  'if',
  'end',
  'value',
  'real64',
  'NAN',
  'M_PI',
  'linux',
  'nan',
  'np',
  'torch',
  'self',
  'constants',
  'power',
  '_power',
  'step',
  'step_1',
  'step1',
  'sin',
  'sqrt',
  'Sin',
  'E',
  'e',
  'I',
  'f',
  'F',
  'den',
  'x_1',
  'x1',
  'X_1',
  'a b',
  'a_b',
  'a-b',
  'A-B',
  'std',
  'j0',
  'await',
  'arguments',
  'NaN',
  'v1',
];

const call2 = (name: string, ...args: Expression[]) => call(STANDARD_OPERATORS.get(name), ...args);

/** The sum of the columns, each with a weight of its own, under functions whose names are in the way. */
function weighted(names: readonly string[]): Expression {
  return names
    .map((name, i) => call2('mul', { kind: 'constant', value: i + 1.5 }, variable(name)))
    .reduce<Expression>(
      (sum, term, i) => {
        const guarded =
          i % 3 === 0 ? call2('sin', term) : i % 3 === 1 ? call2('pow', call2('square', term), term) : term;
        return call2('add', sum, guarded);
      },
      call2('step', variable(names[0])),
    );
}

/** Sets of columns: hostile ones together, then random text. */
const SETS: readonly (readonly string[])[] = [
  [...HOSTILE],
  ...HOSTILE.map((name, i) =>
    [name, HOSTILE[(i * 7 + 3) % HOSTILE.length]].filter((n, j, all) => all.indexOf(n) === j),
  ),
  ...fc.sample(
    fc.uniqueArray(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.string({
          unit: fc.constantFrom('"', "'", '\\', '\n', '*', '/', '(', ')', '#', '`', '!', '&', '$', 'x', '\r', '<'),
        }),
      ),
      { minLength: 1, maxLength: 5 },
    ),
    { numRuns: 60, seed: 81 },
  ),
];

const VALUES = SETS.map((names) => names.map((_, i) => ((i * 37) % 11) / 11 + 0.1));

function reference(): number[] {
  return SETS.map((names, s) => {
    const tree = weighted(names);
    const at = new Map(names.map((name, i) => [name, VALUES[s][i]]));
    const visit = (node: Expression): number =>
      node.kind === 'constant'
        ? node.value
        : node.kind === 'variable'
          ? at.get(node.name)!
          : node.operator.apply(visit(node.arguments[0]), node.arguments[1] ? visit(node.arguments[1]) : Number.NaN);
    return visit(tree);
  });
}

const EXPECTED = reference();

function expectSame(values: readonly number[]): void {
  expect(values.length).toBe(EXPECTED.length);
  values.forEach((value, i) => {
    expect(Math.abs(value - EXPECTED[i]), JSON.stringify(SETS[i])).toBeLessThanOrEqual(1e-12 * Math.abs(EXPECTED[i]));
  });
  expect(existsSync(marker)).toBe(false);
}

/** The sets in one language, each a module of its own name. */
function modules(target: 'numpy' | 'pytorch' | 'sympy' | 'cpp' | 'fortran' | 'javascript'): string[] {
  return SETS.map((names, i) => exportFormula(weighted(names), target, { name: `f${i}`, variables: names }));
}

function command(program: string, args: readonly string[]): string {
  const run = spawnSync(program, args, { cwd: place, encoding: 'utf8', maxBuffer: 1e9 });
  if (run.error || run.status !== 0) throw new Error(`${program}: ${run.error ?? run.stderr.slice(0, 4000)}`);
  return run.stdout;
}

const numbersIn = (output: string) => output.trim().split('\n').map(asNumber);

describe('a column may have any name', () => {
  test.skipIf(!(hasTool('numpy') && hasTool('torch') && hasTool('sympy')))('in Python', () => {
    for (const [target, program] of [
      ['numpy', 'float(m[f"f{i}"](*v))'],
      ['pytorch', 'float(m[f"f{i}"]()(*[torch.tensor(x, dtype=torch.float64) for x in v]))'],
      ['sympy', 'float(m[f"f{i}"].subs(dict(zip([s for s in m.values() if isinstance(s, sp.Symbol)], v))).evalf(30))'],
    ] as const) {
      modules(target).forEach((text, i) => {
        writeFileSync(join(place, `${target}${i}.py`), text);
      });
      const head = { numpy: '', pytorch: 'import torch', sympy: 'import sympy as sp' }[target];
      writeFileSync(
        join(place, 'main.py'),
        `import runpy\n${head}\nfor i, v in enumerate(${JSON.stringify(VALUES)}):\n` +
          `    m = runpy.run_path(f'${target}{i}.py')\n    print(repr(${program}))\n`,
      );
      expectSame(numbersIn(command(PYTHON, ['main.py'])));
    }
  });

  test.skipIf(!hasTool('g++'))('in C++', () => {
    const calls = VALUES.map((v, i) => `  std::printf("%.17g\\n", f${i}(${v.map(asText).join(', ')}));`).join('\n');
    const text = `${modules('cpp').join('\n')}\n#include <cstdio>\nint main() {\n${calls}\n}\n`;
    writeFileSync(join(place, 'main.cpp'), text);
    // Strict mode of C++11 has trigraphs, which can make a line end vanish.
    for (const standard of ['c++11', 'gnu++17']) {
      command('g++', [`-std=${standard}`, '-Wall', '-Wno-unused', '-Werror', 'main.cpp', '-o', 'main']);
      expectSame(numbersIn(command(join(place, 'main'), [])));
    }
  });

  test.skipIf(!hasTool('g++'))('no macro of the C++ headers is taken for a name', () => {
    writeFileSync(join(place, 'empty.cpp'), '#include <cmath>\n#include <limits>\n');
    const macros = [...command('g++', ['-dM', '-E', 'empty.cpp']).matchAll(/^#define ([A-Za-z]\w*)/gm)].map(
      (m) => m[1],
    );
    expect(macros.length).toBeGreaterThan(20);
    const rules = EXPORT_TARGETS.find(({ name }) => name === 'cpp')!.names;
    expect(macros.filter((name) => isLegalName(name, rules))).toEqual([]);
  });

  test.skipIf(!hasTool('gfortran'))('in Fortran', () => {
    const text = modules('fortran');
    expect(Math.max(...text.flatMap((t) => t.split('\n').map((line) => line.length)))).toBeLessThanOrEqual(132);
    const kinds = (v: readonly number[]) => v.map((x) => `${x}_real64`).join(', &\n    ');
    const calls = VALUES.map((v, i) => `  write (*, '(ES26.17E3)') f${i}( &\n    ${kinds(v)})`).join('\n');
    const uses = SETS.map((_, i) => `  use f${i}_module`).join('\n');
    writeFileSync(
      join(place, 'main.f90'),
      `${text.join('\n')}\nprogram main\n  use, intrinsic :: iso_fortran_env, only: real64\n${uses}\n${calls}\nend program\n`,
    );
    command('gfortran', ['-std=f2008', 'main.f90', '-o', 'mainf']);
    expectSame(numbersIn(command(join(place, 'mainf'), [])));
  });

  test('in JavaScript', async () => {
    const values: number[] = [];
    for (const [i, text] of modules('javascript').entries()) {
      const path = join(place, `f${i}.mjs`);
      writeFileSync(path, text);
      const module = (await import(pathToFileURL(path).href)) as Record<string, (...values: number[]) => number>;
      expect(Object.keys(module)).toEqual([`f${i}`]);
      values.push(module[`f${i}`](...VALUES[i]));
    }
    expectSame(values);
  });

  test('and every text target holds nothing but printable ASCII, LaTeX aside', () => {
    for (const { name, language } of EXPORT_TARGETS) {
      if (name === 'onnx' || name === 'latex') continue;
      for (const names of SETS) {
        const text = exportFormula(weighted(names), name, { variables: names, floats: 'binary' }) as string;
        expect(/^[\x20-\x7e\n]*$/.test(text), language).toBe(true);
      }
    }
  });
});

describe('legal names', () => {
  test.each(EXPORT_TARGETS.map((target) => [target.name, target] as const))(
    'of %s are legal, different, and the same every time',
    (_name, target) => {
      fc.assert(
        fc.property(
          fc.uniqueArray(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE)), { maxLength: 12 }),
          (names) => {
            const legal = legalNames(names, target.names, ['f']);
            const keys = target.names.caseSensitive === false ? legal.map((name) => name.toLowerCase()) : legal;
            expect(new Set([...keys, 'f']).size).toBe(names.length + 1);
            for (const name of legal) expect(isLegalName(name, target.names), name).toBe(true);
            expect(legalNames(names, target.names, ['f'])).toEqual(legal);
            names.forEach((name, i) => {
              if (name !== 'f' && isLegalName(name, target.names) && target.names.caseSensitive !== false) {
                expect(legal[i]).toBe(name);
              }
            });
          },
        ),
        { seed: 82 },
      );
    },
  );

  test('spell out Greek letters and keep words apart', () => {
    const rules = { reserved: new Set(['lambda']) };
    expect(legalNames(['α_s', 'Ω m', 'été', 'lambda', 'p_T (GeV)', 'x', '', '1st', '_'], rules, ['x'])).toEqual([
      'alpha_s',
      'Omega_m',
      'ete',
      'lambda_2',
      'p_T_GeV',
      'x_2',
      'v',
      'v_1st',
      'v_2',
    ]);
    expect(legalNames(['semi_major_axis', 'a b'], { ...rules, underscore: false })).toEqual(['semiMajorAxis', 'aB']);
  });

  test('ten thousand columns of one name after cleaning take no time', () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `x${'!'.repeat(i % 7)}${'?'.repeat(i / 7)}`);
    const legal = legalNames([...new Set(names)], { reserved: new Set() });
    expect(new Set(legal).size).toBe(new Set(names).size);
  });
});

test('safe text holds no sign that ends or begins anything', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('*/', '/*', '(*', '*)', '', '**/', '(**)'),
      (text, mark) => {
        const safe = safeText(text + mark + text);
        expect(safe).toMatch(/^[A-Za-z0-9 _.,:=+\-*/^()<>]*$/);
        expect(safe).not.toMatch(/\*[/)]|[/(]\*/);
      },
    ),
    { seed: 83 },
  );
});
