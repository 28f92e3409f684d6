import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { blocksOf, promisedOutput } from './extract.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const scratch = join(root, 'build', 'docs');
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;
const pages = ['README.md', 'CONTRIBUTING.md', 'src/README.md', 'data/README.md', 'CHANGELOG.md'];

function read(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

function help(...command: string[]): string {
  return execFileSync('node', [join(root, 'bin/ansatz.js'), ...command, '--help'], { encoding: 'utf8' });
}

describe.each(['README.md', 'CONTRIBUTING.md'])('TypeScript in %s', (page) => {
  const blocks = blocksOf(read(page)).filter((block) => block.language === 'ts');

  test('exists', () => {
    expect(blocks.length).toBeGreaterThan(0);
  });

  // The block is a file of the package, so `ansatz` is the built package itself, as for any user of it.
  test.each(blocks.map((block) => [block.line, block] as const))(
    'line %i compiles and prints what it says',
    (line, block) => {
      mkdirSync(scratch, { recursive: true });
      const file = join(scratch, `${page.replace('.md', '').toLowerCase()}-${line}.ts`);
      writeFileSync(file, block.text);
      const options: ts.CompilerOptions = {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        strict: true,
        types: ['node'],
        skipLibCheck: true,
        rootDir: root,
        noEmit: true,
      };
      const program = ts.createProgram([file], options);
      const faults = ts
        .getPreEmitDiagnostics(program)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
      expect(faults).toEqual([]);
      writeFileSync(file.replace('.ts', '.mjs'), ts.transpile(block.text, options));
      const { stdout, stderr, status } = spawnSync('node', [file.replace('.ts', '.mjs')], {
        cwd: root,
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      const promised = promisedOutput(block.text);
      const printed = stdout.trimEnd().split('\n');
      expect(
        promised.map((text, i) => (text.endsWith('...') ? `${printed[i]?.slice(0, text.length - 3)}...` : printed[i])),
      ).toEqual(promised);
    },
  );
});

describe('commands', () => {
  const commands = pages
    .filter((page) => existsSync(join(root, page)))
    .flatMap((page) => {
      const fenced = blocksOf(read(page)).filter(({ language }) =>
        ['sh', 'bash', 'shell', 'console'].includes(language),
      );
      const inline = [...read(page).matchAll(/`(npx ansatz [^`]+|npm (?:run|test)[^`]*)`/g)].map((match) => match[1]);
      return [...fenced.flatMap(({ text }) => text.split('\n')), ...inline]
        .flatMap((row) => row.replace(/\s+#.*$/, '').split('&&'))
        .map((command) => [page, command.trim()] as const)
        .filter(([, command]) => command !== '');
    });
  const unique = [...new Map(commands.map((entry) => [entry.join(': '), entry])).values()];

  test('are found', () => {
    expect(unique.length).toBeGreaterThan(3);
  });

  test.each(unique)('%s: %s', (_page, command) => {
    const words = command.split(/\s+/).filter((word) => !/^[A-Z_]+=/.test(word));
    if (words[0] === 'npx' && words[1] === 'ansatz') {
      const named = words[2] && !words[2].startsWith('-') ? [words[2]] : [];
      if (named.length > 0) expect(help()).toMatch(new RegExp(`^\\s+${named[0]}\\b`, 'm'));
      const text = help(...named);
      for (const word of words) {
        if (word.startsWith('--')) expect(text).toMatch(new RegExp(`${word.split('=')[0]}\\b`));
        if (/^data\/.*\.csv$/.test(word)) expect(existsSync(join(root, word)), word).toBe(true);
      }
    } else if (words[0] === 'npm' && (words[1] === 'run' || words[1] === 'test')) {
      expect(Object.keys(scripts)).toContain(words[1] === 'test' ? 'test' : words[2]);
    } else if (words[0] === 'node' || words[0] === 'bash' || words[0].startsWith('.')) {
      expect(existsSync(join(root, words[0].startsWith('.') ? words[0] : words[1])), command).toBe(true);
    }
  });
});

test('links between the pages lead somewhere', () => {
  const broken = pages
    .filter((page) => existsSync(join(root, page)))
    .flatMap((page) =>
      [...read(page).matchAll(/(?:\]\(|src=")(?!https?:|#)([^)"#\s]+)/g)]
        .map((match) => match[1])
        .filter((target) => !existsSync(join(root, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    );
  expect(broken).toEqual([]);
});
