import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { exportFormula } from '../../../src/expressions/index.ts';
import { hasTool } from '../../tools.ts';
import { allCases, asNumber, asText, type Case, expectAgreement, VARIABLES } from './sample.ts';

const place = mkdtempSync(join(tmpdir(), 'ansatz-export-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** The points of all cases, one "case x y z" a line. */
function pointLines(cases: readonly Case[]): string {
  return cases.flatMap(({ points }, i) => points.map((p) => `${i + 1} ${p.map(asText).join(' ')}\n`)).join('');
}

/** One value a line, in the order of `pointLines`, as a row for every case. */
function rowsOf(cases: readonly Case[], output: string): number[][] {
  const lines = output.trim().split('\n').map(asNumber);
  let next = 0;
  const rows = cases.map(({ points }) => points.map(() => lines[next++]));
  expect(next).toBe(lines.length);
  return rows;
}

function command(program: string, args: readonly string[], input = ''): string {
  const run = spawnSync(program, args, { input, cwd: place, encoding: 'utf8', maxBuffer: 1e9 });
  if (run.error || run.status !== 0) throw new Error(`${program}: ${run.error ?? run.stderr.slice(0, 4000)}`);
  expect(run.stderr).toBe('');
  return run.stdout;
}

test.skipIf(!hasTool('g++'))('C++ finds our values', () => {
  const cases = allCases();
  cases.forEach(({ tree }, i) => {
    const text = exportFormula(tree, 'cpp', { name: `f${i + 1}`, variables: VARIABLES });
    writeFileSync(join(place, `f${i + 1}.hpp`), text);
  });
  const calls = cases.map((_, i) => `    case ${i + 1}: value = f${i + 1}(x, y, z); break;`).join('\n');
  writeFileSync(
    join(place, 'main.cpp'),
    `${cases.map((_, i) => `#include "f${i + 1}.hpp"`).join('\n')}
#include "f1.hpp"
#include <cstdio>
#include <cstdlib>
int main() {
  int i;
  char a[40], b[40], c[40];
  while (std::scanf("%d %39s %39s %39s", &i, a, b, c) == 4) {
    const double x = std::atof(a), y = std::atof(b), z = std::atof(c);
    double value = 0;
    switch (i) {
${calls}
    }
    std::printf("%.17g\\n", value);
  }
}
`,
  );
  command('g++', ['-std=c++11', '-O1', '-Wall', '-Wno-unused', '-Werror', 'main.cpp', '-o', 'main']);
  const values = rowsOf(cases, command(join(place, 'main'), [], pointLines(cases)));
  expect(expectAgreement(cases, values)).toBeGreaterThan(2500);
});

test.skipIf(!hasTool('gfortran'))('Fortran finds our values', () => {
  const cases = allCases();
  const modules = cases.map(({ tree }, i) =>
    exportFormula(tree, 'fortran', { name: `f${i + 1}`, variables: VARIABLES }),
  );
  expect(Math.max(...modules.flatMap((text) => text.split('\n').map((line) => line.length)))).toBeLessThanOrEqual(132);
  writeFileSync(
    join(place, 'main.f90'),
    `${modules.join('\n')}
program main
  use, intrinsic :: iso_fortran_env, only: real64
${cases.map((_, i) => `  use f${i + 1}_module`).join('\n')}
  implicit none
  integer :: i, status
  real(real64) :: x, y, z, value
  do
    read (*, *, iostat=status) i, x, y, z
    if (status /= 0) exit
    value = 0
    select case (i)
${cases.map((_, i) => `    case (${i + 1})\n      value = f${i + 1}(x, y, z)`).join('\n')}
    end select
    write (*, '(ES26.17E3)') value
  end do
end program main
`,
  );
  command('gfortran', [
    '-std=f2008',
    '-O1',
    '-Wall',
    '-Wno-unused',
    '-Wno-unused-dummy-argument',
    'main.f90',
    '-o',
    'mainf',
  ]);
  const values = rowsOf(cases, command(join(place, 'mainf'), [], pointLines(cases)));
  expect(expectAgreement(cases, values)).toBeGreaterThan(2500);
});

test('JavaScript finds our values', async () => {
  const cases = allCases();
  const values: number[][] = [];
  for (const [i, { tree, points }] of cases.entries()) {
    const path = join(place, `f${i}.mjs`);
    writeFileSync(path, exportFormula(tree, 'javascript', { variables: VARIABLES }));
    const { f } = (await import(pathToFileURL(path).href)) as { f: (...values: number[]) => number };
    values.push(points.map((point) => f(...point)));
  }
  expect(expectAgreement(cases, values)).toBeGreaterThan(2500);
});
