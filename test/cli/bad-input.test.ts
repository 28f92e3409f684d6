import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ansatz, KEPLER, Workplace } from './command.ts';

const place = new Workplace();
afterAll(() => place.remove());
place.write('good.csv', KEPLER);
place.write('sigma.csv', 'x,y,s\n1,2,1\n2,4,1\n3,6,1\n4,8,1\n');
place.write('empty.csv', '');
place.write('header.csv', 'x,y\n');
place.write('binary.csv', Uint8Array.of(120, 0, 1, 2, 10));
place.write('latin1.csv', Uint8Array.of(120, 44, 0xb5, 10, 49, 44, 50, 10));
place.write('ragged.csv', 'x,y\n1,2\n3\n');
place.write('words.csv', 'x,y\n1,a\n2,b\n3,c\n4,d\n');
place.write('nan.csv', 'x,y\n1,2\n2,NaN\n3,4\n4,5\n');
place.write('inf.csv', 'x,y\n1,2\ninf,3\n3,4\n4,5\n');
place.write('hole.csv', 'x,y\n1,2\n2,\n3,4\n4,5\n');
place.write('short.csv', 'x,y\n1,2\n2,3\n');
place.write('constant.csv', 'x,y\n1,2\n2,2\n3,2\n4,2\n');
place.write('twice.csv', 'x,x,y\n1,2,3\n4,5,6\n7,8,9\n');
place.write('numbers.csv', '1,2\n3,4\n5,6\n');
place.write('alone.csv', 'y\n1\n2\n3\n4\n');
place.write('quote.csv', 'x,y\n1,"2\n3,4\n');
place.write('escape.csv', 'x,y\u001b[31m\n1,2\n1,2\n1,2\n');
place.write('file', 'no folder');
mkdirSync(join(place.path, 'folder'));

const fit = ['fit', 'good.csv', '--target', 'period'];

type Case = readonly [name: string, args: readonly string[], ...words: string[]];

const cases: readonly Case[] = [
  ['no such file', ['fit', 'none.csv', '--target', 'y'], 'none.csv', 'no such file'],
  ['a folder', ['fit', 'folder', '--target', 'y'], 'folder'],
  ['an empty file', ['fit', 'empty.csv', '--target', 'y'], 'empty.csv', 'empty'],
  ['only a header', ['fit', 'header.csv', '--target', 'y'], 'no rows'],
  ['a binary file', ['fit', 'binary.csv', '--target', 'y'], 'not a text table'],
  ['not UTF-8', ['fit', 'latin1.csv', '--target', 'x'], 'line 1', 'UTF-8'],
  ['a ragged row', ['fit', 'ragged.csv', '--target', 'y'], 'line 3', '1 cell'],
  ['an open quote', ['fit', 'quote.csv', '--target', 'y'], 'line 2', 'quote'],
  ['a target of words', ['fit', 'words.csv', '--target', 'y'], '"y"', 'text'],
  ['an input of words', ['fit', 'good.csv', '--target', 'period', '--inputs', 'planet'], '"planet"', 'text'],
  ['NaN in the target', ['fit', 'nan.csv', '--target', 'y'], 'line 3', '"y"', '"NaN"'],
  ['infinity in an input', ['fit', 'inf.csv', '--target', 'y'], 'line 3', '"x"', '"inf"'],
  ['an empty cell', ['fit', 'hole.csv', '--target', 'x'], 'line 3', '"y"', 'empty'],
  ['two rows', ['fit', 'short.csv', '--target', 'y'], '2 rows'],
  ['a constant target', ['fit', 'constant.csv', '--target', 'y'], '"y"', '2 in every row'],
  ['a column twice', ['fit', 'twice.csv', '--target', 'y'], '"x"', 'twice'],
  ['no header', ['fit', 'numbers.csv', '--target', '1'], 'header'],
  ['no column to explain with', ['fit', 'alone.csv', '--target', 'y'], 'no numeric column'],
  ['control characters in a name', ['fit', 'escape.csv', '--target', 'z'], 'no column "z"'],
  ['an unknown target', ['fit', 'good.csv', '--target', 'perod'], '"perod"', 'did you mean "period"?'],
  ['an unknown input', [...fit, '--inputs', 'aa'], '"aa"', 'did you mean "a"?'],
  ['unknown weights', [...fit, '--weights', 'w'], '"w"'],
  ['an unknown binary operator', [...fit, '--binary', '+,plus'], 'plus'],
  ['an unknown unary operator', [...fit, '--unary', 'sine'], 'sine', 'did you mean "sin"?'],
  ['a binary operator as unary', [...fit, '--unary', '+'], '--unary', '--binary'],
  ['no operators', [...fit, '--unary', 'none', '--binary', 'none'], 'no operators'],
  ['an operator twice', [...fit, '--binary', '+,+'], 'twice'],
  ['an unknown loss', [...fit, '--loss', 'L3'], '--loss', 'L2'],
  ['chi2 without errors', [...fit, '--loss', 'chi2'], 'sigma'],
  ['an unknown selection', [...fit, '--select', 'bset'], '--select', 'did you mean best?'],
  ['an unknown option', [...fit, '--thread', '2'], '--thread', '--threads'],
  ['an unknown command', ['fti', 'good.csv'], "'fti'", 'fit'],
  ['no table', ['fit', '--target', 'y'], 'table'],
  ['no target', ['fit', 'good.csv'], '--target'],
  ['two tables', [...fit, 'other.csv'], 'too many arguments'],
  ['a missing value', ['fit', 'good.csv', '--target', '--json'], '--target', 'missing'],
  ['a value at the end missing', ['fit', 'good.csv', '--target'], '--target', 'missing'],
  ['a target twice', [...fit, '--target', 'period'], '--target', 'twice'],
  ['an option twice', [...fit, '--seed', '1', '--seed', '2'], '--seed', 'twice'],
  [
    'weights with sigma',
    ['fit', 'sigma.csv', '--target', 'y', '--weights', 's', '--sigma', 's'],
    '--weights',
    '--sigma',
  ],
  ['the target among the inputs', [...fit, '--inputs', 'a,period'], '--inputs', '--target'],
  ['the target as weights', [...fit, '--weights', 'period'], '--weights', '--target'],
  ['sigma among the inputs', ['fit', 'sigma.csv', '--target', 'y', '--inputs', 'x,s', '--sigma', 's'], '--inputs'],
  ['a delta without Huber', [...fit, '--huber-delta', '2'], '--huber-delta', 'Huber'],
  ['a seed of letters', [...fit, '--seed', 'abc'], '--seed', '"abc"'],
  ['a broken seed', [...fit, '--seed', '1.5'], '--seed', 'whole'],
  ['a hexadecimal seed', [...fit, '--seed', '0x10'], '--seed'],
  ['an empty seed', [...fit, '--seed', ''], '--seed'],
  ['no threads', [...fit, '--threads', '0'], '--threads'],
  ['negative evaluations', [...fit, '--max-evals', '-1'], '--max-evals'],
  ['no time', [...fit, '--time-limit', '0'], '--time-limit'],
  ['endless time', [...fit, '--time-limit', 'Infinity'], '--time-limit'],
  ['a loss of letters', [...fit, '--stop-at-loss', 'low'], '--stop-at-loss'],
  ['a size of nothing', [...fit, '--max-size', '0'], '--max-size'],
  ['a huge size', [...fit, '--max-size', '1000000'], '--max-size'],
  ['a template that cannot be read', [...fit, '--template', 'f(a'], 'position'],
  ['a guess for no template', [...fit, '--guess', 'f=_1'], '--guess', 'template'],
  ['a guess with an unknown name', [...fit, '--guess', 'b + 1'], 'b'],
  ['parts of no template', [...fit, '--template-functions', 'f'], '--template-functions'],
  ['a requirement of an unknown input', [...fit, '--require', 'even in b'], '--require', '"b"'],
  ['a requirement that says nothing', [...fit, '--require', 'nice'], '--require'],
  ['limits of an operator that is not there', [...fit, '--constraints', 'sin=3'], '--constraints', 'sin'],
  ['limits for two arguments of one', [...fit, '--constraints', 'exp=1:2'], '--constraints', 'one number'],
  ['bounds that cross', [...fit, '--constant-bounds', '2:1'], '--constant-bounds'],
  ['bins without counts', [...fit, '--bin-low', 'a', '--bin-high', 'a'], '--likelihood poisson'],
  ['one side of an error', ['fit', 'sigma.csv', '--target', 'y', '--sigma-up', 's'], '--sigma-up'],
  ['a covariance of another size', [...fit, '--covariance', 'sigma.csv'], 'covariance'],
  ['a covariance that is not there', [...fit, '--covariance', 'none.csv'], 'none.csv', 'no such file'],
  ['a warm-up of unknown length', [...fit, '--warmup-maxsize-by', '0.5'], '--niterations or --max-evals'],
  ['an unknown unit', [...fit, '--x-units', 'a=smoot'], 'smoot'],
  ['progress, and none', [...fit, '--quiet', '--progress'], '--progress'],
  ['a target among several that is not there', [...fit, '--target', 'b'], '"b"'],
  ['several targets and one among the inputs', [...fit, '--target', 'a', '--inputs', 'a'], '--inputs', '--target'],
  ['a log where none can be', [...fit, '--log', 'no/where.jsonl'], 'no/where.jsonl'],
  ['a warm start from nothing', [...fit, '--warm-start', 'folder'], 'folder', 'no saved run'],
  ['resume of nothing', ['fit', '--resume', 'nowhere'], 'nowhere', 'options.json'],
  ['resume of a file', ['fit', '--resume', 'file'], 'options.json'],
  ['resume with a table', ['fit', 'good.csv', '--resume', 'folder'], '--resume', 'good.csv'],
  [
    'resume with an option that shapes the run',
    ['fit', '--resume', 'folder', '--max-size', '9'],
    '--max-size',
    '--time-limit',
  ],
  ['resume into another folder', ['fit', '--resume', 'folder', '--out', 'other'], '--out'],
  ['export of a folder without a run', ['export', 'folder', '--to', 'cpp'], 'folder', 'no saved run'],
  ['export of a complexity without a run', ['export', 'x', '--to', 'cpp', '--complexity', '3'], '--complexity'],
  ['--out naming a file', [...fit, '--out', 'file'], 'file', 'not a folder'],
  ['--out through a file', [...fit, '--out', 'file/run'], 'file/run'],
  ['--out where nothing can be made', [...fit, '--out', '/proc/ansatz'], '/proc/ansatz'],
  ['a formula with a typing error', ['evaluate', 'a +', 'good.csv'], 'position 4'],
  ['a formula with an unknown name', ['evaluate', '2*aa', 'good.csv'], 'aa'],
  ['a formula with a column of words', ['evaluate', 'planet + 1', 'good.csv'], 'planet', 'text'],
  ['a formula with an unknown function', ['evaluate', 'sine(a)', 'good.csv'], 'sine', 'did you mean'],
  ['evaluate without a table', ['evaluate', 'a'], 'table'],
  ['evaluate with an unknown target', ['evaluate', 'a', 'good.csv', '--target', 'perod'], 'did you mean "period"?'],
  ['evaluate into a missing folder', ['evaluate', 'a', 'good.csv', '--out', 'no/where.csv'], 'no/where.csv'],
  ['evaluate into a folder', ['evaluate', 'a', 'good.csv', '--out', 'folder'], 'folder'],
  ['simplify nothing', ['simplify', ''], 'position'],
  ['simplify too much', ['simplify', '('.repeat(5000)], 'position'],
  ['simplify a program', ['simplify', 'process.exit(1)'], 'position'],
];

describe('one clear line and exit code 2 for', () => {
  test.each(cases.map(([name, args, ...words]) => ({ name, args, words })))('$name', async ({ args, words }) => {
    const before = readdirSync(place.path, { recursive: true });
    const { code, stdout, stderr } = await ansatz(args, place.path);
    expect(stderr).toMatch(/^ansatz: [^\n]*\n$/);
    expect(stderr).not.toMatch(/internal error|\bat .*\.js:/);
    expect(stderr).not.toContain('\u001b');
    for (const word of words) expect(stderr).toContain(word);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(readdirSync(place.path, { recursive: true })).toEqual(before);
  });
});

test('bad input found after --out is opened leaves no folder', async () => {
  const args = ['fit', 'constant.csv', '--target', 'y', '--out', 'runs/deep'];
  const { code, stderr } = await ansatz(args, place.path);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^ansatz: [^\n]*\n$/);
  expect(existsSync(join(place.path, 'runs'))).toBe(false);
});

test('ANSATZ_DEBUG=1 adds the stack', async () => {
  const { code, stderr } = await ansatz(['simplify', 'x +'], place.path, { ANSATZ_DEBUG: '1' });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^ansatz: [^\n]*\n.*\n\s+at /);
});
