import { AnsatzError } from '../../core/index.ts';
import type { FileTable } from '../file-table.ts';
import { quoted } from '../numeric-cell.ts';
import type { TableOptions } from '../table-source.ts';
import { ambiguousTable, unknownPart } from './choose.ts';
import { damagedFile, type TableContent, type TableFormat, unsupportedFile } from './format.ts';
import type { NumberCode } from './number-kinds.ts';
import { loadOptional } from './optional-package.ts';
import { type ReadColumn, toFileTable } from './read-column.ts';
import { RootDamage, readBranch } from './root-basket.ts';
import type { JsRoot, RootBranch, RootFile, RootKey, RootLeaf, RootList, RootTree } from './root-file.ts';

/** The flat branches of a TTree. */
export const ROOT: TableFormat = {
  name: 'ROOT',
  extensions: ['.root'],
  magic: [0x72, 0x6f, 0x6f, 0x74],
  selects: 'parts',
  read: (content, options) => readRoot(content, options),
};

const TREES = new Set(['TTree', 'TNtuple', 'TNtupleD']);
const DIRECTORIES = new Set(['TDirectory', 'TDirectoryFile']);
const RNTUPLE = /^ROOT::(?:Experimental::)?RNTuple$/;
const DEEPEST_DIRECTORY = 8;
const MOST_KEYS = 10_000;

/** By the class of a leaf, the numbers it holds, with a sign and without. */
const LEAVES: Readonly<Record<string, readonly [signed: NumberCode, unsigned: NumberCode]>> = {
  TLeafF: ['f4', 'f4'],
  TLeafD: ['f8', 'f8'],
  TLeafO: ['b1', 'b1'],
  TLeafB: ['i1', 'u1'],
  TLeafS: ['i2', 'u2'],
  TLeafI: ['i4', 'u4'],
  TLeafL: ['i8', 'u8'],
  TLeafG: ['i8', 'u8'],
};

/** jsroot is no dependency: its install scripts build a canvas. The names are data, so that no tool asks for its types. */
async function loadJsRoot(): Promise<JsRoot> {
  const io: string = 'jsroot/io';
  const { openFile, R__unzip } = await import(io);
  return { openFile, unpack: R__unzip };
}

/**
 * Reads the flat branches of a tree; `parts` name the tree, with its directories in front, and then branches.
 *
 * @param load gives jsroot; a test gives something else
 */
export async function readRoot(
  { bytes, path }: TableContent,
  { parts }: TableOptions,
  load: () => Promise<JsRoot> = loadJsRoot,
): Promise<FileTable> {
  const jsRoot = await loadOptional(load, 'jsroot', 'ROOT', path, 'npm install --ignore-scripts jsroot');
  try {
    const content = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    const file = await jsRoot.openFile(content);
    const tree = await chooseTree(file, path, parts?.[0]);
    return await readTree(tree, bytes, path, jsRoot.unpack, parts?.slice(1) ?? []);
  } catch (error) {
    if (error instanceof AnsatzError) throw error;
    throw damagedFile(path, 'a ROOT file that cannot be read: cut short, damaged, or newer than jsroot');
  }
}

async function chooseTree(file: RootFile, path: string, name: string | undefined): Promise<RootTree> {
  const found = await keysOf(file, path);
  const trees = found.filter(([, key]) => TREES.has(key.fClassName));
  const named = name === undefined ? undefined : found.find(([where]) => where === name.replace(/^\/+/, ''));
  const tuple = named ? [named] : trees.length === 0 ? found.filter(([, key]) => RNTUPLE.test(key.fClassName)) : [];
  if (tuple.some(([, key]) => RNTUPLE.test(key.fClassName))) {
    const hint = 'write it as a TTree, with RDataFrame and Snapshot, or as Parquet';
    throw unsupportedFile(path, `${quoted(tuple[0][0])} is an RNTuple, which is not read here`, hint);
  }
  const names = trees.map(([where]) => where);
  if (name !== undefined && !trees.some(([where]) => where === named?.[0]))
    throw unknownPart(path, 'tree', name, names);
  if (trees.length === 0) throw unsupportedFile(path, 'a ROOT file without a TTree', 'write the numbers as a TTree');
  if (name === undefined && trees.length > 1) throw ambiguousTable(path, 'several trees', names, names[0]);
  const [where, key] = named ?? trees[0];
  return (await file.readObject(where, key.fCycle)) as RootTree;
}

/** Every key with its path, the newest cycle of each. */
async function keysOf(file: RootFile, path: string): Promise<[where: string, key: RootKey][]> {
  const found = new Map<string, RootKey>();
  const visit = async (keys: readonly RootKey[], directory: string, depth: number): Promise<void> => {
    if (depth > DEEPEST_DIRECTORY) return;
    for (const key of keys) {
      const where = directory + key.fName;
      const older = found.get(where);
      if (older && older.fCycle >= key.fCycle) continue;
      if (found.size >= MOST_KEYS) throw unsupportedFile(path, 'over 10,000 objects', 'copy the tree to its own file');
      found.set(where, key);
      if (!DIRECTORIES.has(key.fClassName)) continue;
      const inside = (await file.readObject(where, key.fCycle)) as Partial<RootFile> | null;
      await visit(inside?.fKeys ?? [], `${where}/`, depth + 1);
    }
  };
  await visit(file.fKeys, '', 0);
  return [...found];
}

function itemsOf<T>(list: RootList<T> | undefined): T[] {
  return (list?.arr ?? []).filter((item): item is T => item !== null && item !== undefined);
}

async function readTree(
  tree: RootTree,
  bytes: Buffer,
  path: string,
  unpack: JsRoot['unpack'],
  wanted: readonly string[],
): Promise<FileTable> {
  const entries = Number(tree.fEntries);
  if (!Number.isSafeInteger(entries) || entries < 0 || entries > 2 ** 28) {
    throw unsupportedFile(path, `a tree of ${tree.fEntries} entries`, 'copy fewer entries to their own file');
  }
  const branches = itemsOf(tree.fBranches);
  const names = branches.map((branch) => branch.fName);
  for (const name of wanted) if (!names.includes(name)) throw unknownPart(path, 'branch', name, names);
  const columns: ReadColumn[] = [];
  for (const branch of branches) {
    if (wanted.length > 0 && !wanted.includes(branch.fName)) continue;
    const flat = flatLeaf(branch, entries);
    if ('what' in flat) {
      const hint = 'write one number an entry, or choose inputs without this branch';
      columns.push({ name: branch.fName, kind: 'unreadable', what: flat.what, hint });
      continue;
    }
    try {
      columns.push({
        name: branch.fName,
        kind: 'number',
        ...(await readBranch(branch, flat.code, entries, bytes, unpack)),
      });
    } catch (error) {
      if (!(error instanceof RootDamage)) throw error;
      throw damagedFile(path, `branch ${quoted(branch.fName)}: ${error.message}`);
    }
  }
  return toFileTable(columns, entries, path);
}

/** How the numbers of a flat branch are written, or why it is not flat. */
function flatLeaf(branch: RootBranch, entries: number): { readonly code: NumberCode } | { readonly what: string } {
  const leaves = itemsOf<RootLeaf>(branch.fLeaves);
  if (itemsOf(branch.fBranches).length > 0) return { what: 'is split into branches' };
  if (branch._typename !== 'TBranch') return { what: `holds objects (${branch._typename})` };
  if (leaves.length !== 1) return { what: `has ${leaves.length} leaves` };
  const [leaf] = leaves;
  if (leaf.fLeafCount) return { what: 'holds a list of varying length' };
  if (leaf.fLen !== 1) return { what: `holds ${leaf.fLen} numbers an entry` };
  const codes = LEAVES[leaf._typename];
  if (!codes)
    return { what: leaf._typename === 'TLeafC' ? 'holds text' : `holds values of the kind ${leaf._typename}` };
  if (branch.fEntryOffsetLen > 0) return { what: 'holds entries of varying length' };
  if (branch.fFileName) return { what: 'lies in another file' };
  if (Number(branch.fEntries) !== entries) {
    return { what: `has ${branch.fEntries} entries where its tree has ${entries}` };
  }
  return { code: leaf.fIsUnsigned ? codes[1] : codes[0] };
}
