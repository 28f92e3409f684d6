import type { Dataset, File, Group } from 'h5wasm';
import { AnsatzError } from '../../core/index.ts';
import type { FileTable } from '../file-table.ts';
import { quoted } from '../numeric-cell.ts';
import type { TableOptions } from '../table-source.ts';
import { ambiguousTable, unknownPart } from './choose.ts';
import { damagedFile, type TableContent, type TableFormat, unsupportedFile } from './format.ts';
import { describeDataset, type Hdf5Dataset, readDataset } from './hdf5-dataset.ts';
import { loadOptional } from './optional-package.ts';
import { type ReadColumn, toFileTable } from './read-column.ts';

/**
 * The datasets of an HDF5 file: vectors of equal length in one group, or those that are named.
 *
 * The library checks what it reads, with one known gap: a damaged mapping of a virtual dataset can send it in circles.
 */
export const HDF5: TableFormat = {
  name: 'HDF5',
  extensions: ['.h5', '.hdf5', '.he5'],
  magic: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a],
  selects: 'parts',
  read: readHdf5,
};

const DEEPEST_GROUP = 32;
const MOST_OBJECTS = 10_000;
let counter = 0;

/** The part of the file system of h5wasm that its types leave out. */
type MemoryFiles = Awaited<typeof import('h5wasm')['ready']>['FS'] & {
  readonly getStream: (descriptor: number) => FS.FSStream;
};

/**
 * h5wasm with its standard error closed: HDF5 prints a page about every failure, and the errors here say it in a line.
 *
 * This build keeps its files in memory, so that nothing in a file can make it open another one.
 */
let library: Promise<typeof import('h5wasm')> | undefined;

async function load(): Promise<typeof import('h5wasm')> {
  const module = await import('h5wasm');
  const files = (await module.ready).FS as MemoryFiles;
  files.close(files.getStream(2));
  files.open('/dev/null', 'w');
  return module;
}

async function readHdf5({ bytes, path }: TableContent, { parts }: TableOptions): Promise<FileTable> {
  library ??= load();
  const { ready, File, Group, Dataset } = await loadOptional(() => library!, 'h5wasm', 'HDF5', path).catch((error) => {
    library = undefined;
    throw error;
  });
  const module = await ready;
  const name = `/table-${counter++}.h5`;
  let file: File | undefined;
  try {
    module.FS.writeFile(name, bytes);
    file = new File(name, 'r');
    if (file.file_id < 0n) throw damagedFile(path, 'an HDF5 file that cannot be opened: cut short or damaged');
    const objects = new Objects(file, path, Group, Dataset);
    const datasets = parts ? chosen(objects, parts) : byDefault(objects);
    checkLengths(datasets, path);
    const columns = datasets.flatMap((dataset): ReadColumn[] => readDataset(module, dataset, path));
    return toFileTable(columns, datasets[0].shape[0], path);
  } catch (error) {
    throw error instanceof AnsatzError ? error : damagedFile(path, 'an HDF5 file that cannot be read: damaged');
  } finally {
    try {
      file?.close();
    } catch {
      // A file that is damaged may not close either.
    }
    if (module.FS.analyzePath(name).exists) module.FS.unlink(name);
  }
}

/** The groups and datasets of a file. A symbolic link is followed when it is named, and passed over in a listing. */
class Objects {
  readonly file: File;
  readonly path: string;
  private readonly groupClass: typeof Group;
  private readonly datasetClass: typeof Dataset;
  private seen = 0;

  constructor(file: File, path: string, groupClass: typeof Group, datasetClass: typeof Dataset) {
    this.file = file;
    this.path = path;
    this.groupClass = groupClass;
    this.datasetClass = datasetClass;
  }

  /** What a path names, without a slash in front; undefined when it names nothing in this file. */
  get(name: string): Group | Hdf5Dataset | undefined {
    if (name === '') return this.file;
    const parent = name.includes('/') ? this.get(name.slice(0, name.lastIndexOf('/'))) : this.file;
    const last = name.slice(name.lastIndexOf('/') + 1);
    if (!(parent instanceof this.groupClass) || !parent.keys().includes(last)) return undefined;
    return this.member(parent, last, name);
  }

  private member(parent: Group, key: string, name: string): Group | Hdf5Dataset | undefined {
    const found = parent.get(key);
    if (found instanceof this.groupClass) return found;
    return found instanceof this.datasetClass ? describeDataset(found, name, this.path) : undefined;
  }

  /** The groups and datasets of a group. */
  inside(group: string): { groups: string[]; datasets: Hdf5Dataset[] } {
    const found = { groups: [] as string[], datasets: [] as Hdf5Dataset[] };
    const parent = this.get(group);
    if (!(parent instanceof this.groupClass)) return found;
    for (const key of parent.keys()) {
      if (++this.seen > MOST_OBJECTS) throw unsupportedFile(this.path, 'over 10,000 objects', 'name the datasets');
      const name = group === '' ? key : `${group}/${key}`;
      if (this.file.get_link(`/${name}`)) continue;
      const entity = this.member(parent, key, name);
      if (entity instanceof this.groupClass) found.groups.push(name);
      else if (entity) found.datasets.push(entity);
    }
    return found;
  }

  /** Every dataset with its group, group by group. */
  all(): Map<string, Hdf5Dataset[]> {
    const groups = new Map<string, Hdf5Dataset[]>();
    const visit = (group: string, depth: number): void => {
      if (depth > DEEPEST_GROUP) throw unsupportedFile(this.path, 'groups nested over 32 deep', 'name the datasets');
      const inside = this.inside(group);
      if (inside.datasets.length > 0) groups.set(group, inside.datasets);
      for (const name of inside.groups) visit(name, depth + 1);
    };
    visit('', 0);
    return groups;
  }
}

function chosen(objects: Objects, parts: readonly string[]): Hdf5Dataset[] {
  const names = parts.map((part) => part.replace(/^\/+|\/+$/g, '').replace(/\/+/g, '/'));
  return names.flatMap((name) => {
    const found = objects.get(name);
    if (found && 'shape' in found) {
      if (!isTable(found)) throw notTabular(found, objects.path);
      return [found];
    }
    const datasets = found ? vectorsOf(objects.inside(name).datasets) : [];
    if (datasets.length > 0) return datasets;
    const all = [...objects.all().values()].flat().map((dataset) => dataset.path);
    if (found) throw unsupportedFile(objects.path, `group ${quoted(name)} holds no vector of numbers`, listedHint(all));
    throw unknownPart(objects.path, 'dataset or group', name, all);
  });
}

function listedHint(names: readonly string[]): string {
  return names.length > 0 ? `name datasets: ${names.slice(0, 12).join(', ')}` : 'write a dataset of numbers';
}

/** The vectors of the one group that has some; the matrix, when there is no vector and one matrix. */
function byDefault(objects: Objects): Hdf5Dataset[] {
  const groups = [...objects.all()];
  for (const select of [vectorsOf, matricesOf]) {
    const found = groups.map(([group, datasets]) => [group, select(datasets)] as const).filter(([, all]) => all.length);
    if (found.length === 0) continue;
    const [group, datasets] = found[0];
    const places = select === vectorsOf ? found.map(([name]) => name || '/') : datasets.map((one) => one.path);
    if (found.length > 1) throw ambiguousTable(objects.path, 'tables in several groups', places, found[1][0]);
    if (select === matricesOf && datasets.length > 1) {
      throw ambiguousTable(objects.path, 'several matrices', places, datasets[0].path);
    }
    const where = group === '' ? 'the file' : `group ${quoted(group)}`;
    if (datasets.some((dataset) => dataset.shape[0] !== datasets[0].shape[0])) {
      const shown = datasets.map((dataset) => `${dataset.path} (${dataset.shape[0]})`);
      throw ambiguousTable(objects.path, `${where} holds datasets of different lengths`, shown, datasets[0].path);
    }
    return datasets;
  }
  const all = groups.flatMap(([, datasets]) => datasets.map((dataset) => dataset.path));
  throw unsupportedFile(objects.path, 'no vector of numbers', listedHint(all));
}

function isTable(dataset: Hdf5Dataset): boolean {
  return dataset.shape.length === 1 || dataset.shape.length === 2;
}

function vectorsOf(datasets: readonly Hdf5Dataset[]): Hdf5Dataset[] {
  const vectors = datasets.filter((dataset) => dataset.shape.length === 1);
  const lengths = new Set(vectors.filter(({ code }) => code !== undefined).map(({ shape }) => shape[0]));
  // A label of one word beside the numbers is no column, and text that cannot be read is not missed.
  return vectors.filter((dataset) => lengths.has(dataset.shape[0]) && !(dataset.isText && dataset.fault));
}

function matricesOf(datasets: readonly Hdf5Dataset[]): Hdf5Dataset[] {
  return datasets.filter((dataset) => dataset.shape.length === 2 && dataset.code !== undefined);
}

function notTabular(dataset: Hdf5Dataset, file: string): AnsatzError {
  const shape = dataset.shape.length === 0 ? 'a single value' : `of shape ${dataset.shape.join(' x ')}`;
  return unsupportedFile(file, `dataset ${quoted(dataset.path)} is ${shape}`, 'choose vectors or a matrix');
}

function checkLengths(datasets: readonly Hdf5Dataset[], file: string): void {
  const rows = datasets[0].shape[0];
  const other = datasets.find((dataset) => dataset.shape[0] !== rows);
  if (!other) return;
  const message = `dataset ${quoted(other.path)} has ${other.shape[0]} rows, ${quoted(datasets[0].path)} has ${rows}`;
  throw unsupportedFile(file, message, 'choose datasets of equal length');
}
