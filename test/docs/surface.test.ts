import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/** The exports of an entry point, each with the words of its doc comment. */
function documentation(entry: string): [string, string][] {
  const file = fileURLToPath(new URL(`../../src/${entry}`, import.meta.url));
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
  return checker.getExportsOfModule(module).map((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    return [exported.name, ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim()];
  });
}

describe.each([
  'index.ts',
  'expressions/index.ts',
  'io/index.ts',
  'tensors/index.ts',
  'networks/index.ts',
  'physics/index.ts',
  'inference/index.ts',
])('src/%s', (entry) => {
  test('documents everything it exports', () => {
    const words = documentation(entry);
    expect(words.length).toBeGreaterThan(0);
    expect(words.filter(([, text]) => text === '').map(([name]) => name)).toEqual([]);
  });
});
