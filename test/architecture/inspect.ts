import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';
import { ARROWS, EMPTY_NAMES, NODE_ADAPTERS, NODE_ROOMS, NOT_IN_MAIN_ENTRY } from './arrows.ts';

/** Paths under src/ with their text. */
export type SourceTree = ReadonlyMap<string, string>;

export type Rule =
  | 'unknown-room'
  | 'forbidden-arrow'
  | 'past-the-index'
  | 'room-cycle'
  | 'file-cycle'
  | 'node-import'
  | 'undeclared-package'
  | 'empty-name'
  | 'not-kebab-case'
  | 'map-lacks-room'
  | 'map-names-missing';

export interface Violation {
  readonly rule: Rule;
  readonly where: string;
  readonly detail: string;
}

interface Import {
  readonly specifier: string;
  readonly dynamic: boolean;
  /** Erased by the compiler: `import type`, or a type query. */
  readonly typeOnly: boolean;
}

/** Every import of a file: static, re-export, dynamic, `require`, and `import('...')` in a type. */
export function importsOf(path: string, text: string): Import[] {
  const found: Import[] = [];
  const literal = (node: ts.Node | undefined, dynamic: boolean, typeOnly: boolean): void => {
    if (node && ts.isStringLiteralLike(node)) found.push({ specifier: node.text, dynamic, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      literal(node.moduleSpecifier, false, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      literal(node.moduleSpecifier, false, node.isTypeOnly);
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      literal(node.moduleReference.expression, false, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      literal(node.argument.literal, false, true);
    } else if (ts.isCallExpression(node)) {
      const callee = node.expression;
      if (callee.kind === ts.SyntaxKind.ImportKeyword) literal(node.arguments[0], true, false);
      else if (ts.isIdentifier(callee) && callee.text === 'require') literal(node.arguments[0], false, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false));
  return found;
}

/** The room of a path under src/: its first folder, or '' for a file at the top. */
export function roomOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

export function roomsOf(tree: SourceTree): string[] {
  return [...new Set([...tree.keys()].map(roomOf))].filter((room) => room !== '').sort();
}

function resolve(tree: SourceTree, from: string, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(from), specifier);
  return [target, `${target}.ts`, `${target}/index.ts`].find((candidate) => tree.has(candidate));
}

/** The cycles of a directed graph, each once, written from its first node in the alphabet. */
export function cyclesOf(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const cycles = new Map<string, string[]>();
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): void => {
    const start = path.indexOf(node);
    if (start >= 0) {
      const cycle = path.slice(start);
      const first = cycle.indexOf([...cycle].sort()[0]);
      const turned = [...cycle.slice(first), ...cycle.slice(0, first)];
      cycles.set(turned.join(' '), turned);
      return;
    }
    if (done.has(node)) return;
    path.push(node);
    for (const next of graph.get(node) ?? []) visit(next);
    path.pop();
    done.add(node);
  };
  for (const node of graph.keys()) visit(node);
  return [...cycles.values()];
}

export interface Inspection {
  readonly violations: readonly Violation[];
  /** Arrows "a -> b" that the source really has. */
  readonly arrows: ReadonlySet<string>;
}

/**
 * Reads every import of a source tree and says where it breaks the rules of the house.
 *
 * @param packages names in "dependencies" and "optionalDependencies" of package.json
 */
export function inspect(tree: SourceTree, packages: readonly string[]): Inspection {
  const violations: Violation[] = [];
  const report = (rule: Rule, where: string, detail: string) => violations.push({ rule, where, detail });
  const rooms = roomsOf(tree);
  const roomGraph = new Map<string, Set<string>>(rooms.map((room) => [room, new Set()]));
  const fileGraph = new Map<string, Set<string>>();

  for (const room of rooms) if (!(room in ARROWS)) report('unknown-room', `${room}/`, 'no row in the arrows table');

  for (const [path, text] of tree) {
    for (const part of path.replace(/\.[a-z.]+$/, '').split('/')) {
      if (EMPTY_NAMES.includes(part)) report('empty-name', path, `"${part}" does not say what lives there`);
      if (!PAGES.includes(part) && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part)) report('not-kebab-case', path, `"${part}"`);
    }
    if (!path.endsWith('.ts')) continue;
    const room = roomOf(path);
    const edges = new Set<string>();
    fileGraph.set(path, edges);
    for (const { specifier, dynamic, typeOnly } of importsOf(path, text)) {
      if (isBuiltin(specifier)) {
        const adapter = NODE_ADAPTERS.includes(path) && (dynamic || typeOnly);
        if (!NODE_ROOMS.includes(room) && !adapter) report('node-import', path, specifier);
        continue;
      }
      if (!specifier.startsWith('.')) {
        const name = specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/');
        if (!packages.includes(name)) report('undeclared-package', path, specifier);
        continue;
      }
      const target = resolve(tree, path, specifier);
      if (target === undefined) continue; // the compiler reports it
      if (!typeOnly) edges.add(target);
      const other = roomOf(target);
      if (other === room || other === '') continue;
      if (target !== `${other}/index.ts`) report('past-the-index', path, specifier);
      if (room === '') {
        if (path === 'index.ts' && NOT_IN_MAIN_ENTRY.includes(other)) report('forbidden-arrow', path, `-> ${other}`);
        continue;
      }
      roomGraph.get(room)?.add(other);
      if (other !== 'core' && !ARROWS[room]?.includes(other)) report('forbidden-arrow', path, `${room} -> ${other}`);
    }
  }
  for (const cycle of cyclesOf(roomGraph)) report('room-cycle', cycle[0], [...cycle, cycle[0]].join(' -> '));
  for (const cycle of cyclesOf(fileGraph)) report('file-cycle', cycle[0], [...cycle, cycle[0]].join(' -> '));
  violations.push(...inspectMap(tree, rooms));
  const arrows = new Set([...roomGraph].flatMap(([from, to]) => [...to].map((room) => `${from} -> ${room}`)));
  return { violations, arrows };
}

/** Pages of documentation, which carry capitals. */
const PAGES = ['README', 'OPTIONS'];

/** src/README.md names every room, and no room or path that is not there. */
function inspectMap(tree: SourceTree, rooms: readonly string[]): Violation[] {
  const map = tree.get('README.md') ?? '';
  const named = new Set([...map.matchAll(/`([^`\s]+(?:\/|\.ts))`/g)].map((match) => match[1]));
  const folders = new Set(
    [...tree.keys()].flatMap((path) => path.split('/').map((_, i, all) => `${all.slice(0, i).join('/')}/`)),
  );
  const lacking = rooms.filter((room) => !named.has(`${room}/`));
  const missing = [...named].filter((name) => !tree.has(name) && !folders.has(name));
  return [
    ...lacking.map((room): Violation => ({ rule: 'map-lacks-room', where: 'README.md', detail: `${room}/` })),
    ...missing.map((name): Violation => ({ rule: 'map-names-missing', where: 'README.md', detail: name })),
  ];
}
