import type { Dataset } from 'h5wasm';
import { quoted } from '../numeric-cell.ts';
import { damagedFile, unsupportedFile } from './format.ts';
import { decodeNumbers, isNumberCode, type NumberCode } from './number-kinds.ts';
import type { ReadColumn } from './read-column.ts';

/** A dataset with what decides whether it is a column. */
export interface Hdf5Dataset {
  /** Path in the file, without a slash in front. */
  readonly path: string;
  readonly name: string;
  readonly shape: readonly number[];
  readonly fileId: bigint;
  readonly bytes: number;
  /** How its numbers are written; undefined when it holds none that can be read. */
  readonly code: NumberCode | undefined;
  /** Why it cannot be read, and the mend. */
  readonly fault: readonly [what: string, hint: string] | undefined;
  readonly text: (() => readonly string[]) | undefined;
  /** True for text, which no fit reads. */
  readonly isText: boolean;
}

/** What h5wasm must carry to read a dataset; the library h5wasm was built with has these filters and no others. */
const FILTERS: Readonly<Record<number, string>> = {
  1: 'deflate',
  2: 'shuffle',
  3: 'fletcher32',
  4: 'szip',
  5: 'nbit',
  6: 'scaleoffset',
};
const CARRIED = new Set([1, 2, 3, 5, 6]);

/** Classes of HDF5 types, H5T_class_t. */
const INTEGER = 0;
const FLOAT = 1;
const STRING = 3;
const COMPOUND = 6;
const ENUM = 8;
const OTHER_CLASSES: Readonly<Record<number, string>> = {
  2: 'times',
  4: 'bit fields',
  5: 'raw bytes',
  7: 'references',
  9: 'lists of varying length',
  10: 'arrays',
};
const TEXT_LIMIT = 1 << 28;

/** What `readDataset` needs of the module behind h5wasm. */
type Module = Awaited<typeof import('h5wasm')['ready']>;

/** Reads what a dataset is, not yet its values. @throws FormatError "damaged-file" */
export function describeDataset(dataset: Dataset, path: string, file: string): Hdf5Dataset {
  const { metadata } = dataset;
  const shape = metadata.shape ?? [];
  if (shape.some((side) => !Number.isSafeInteger(side) || side < 0)) {
    throw damagedFile(file, `dataset ${quoted(path)} has a damaged shape`);
  }
  const class_ = metadata.type;
  const letter = class_ === FLOAT ? 'f' : metadata.signed ? 'i' : 'u';
  const written = `${letter}${metadata.size}`;
  const truth = class_ === ENUM && isTruthValue(metadata.enum_type?.members);
  const numeric = class_ === INTEGER || class_ === FLOAT || truth;
  const code = numeric && isNumberCode(written) ? written : undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const described = {
    path,
    name,
    shape: metadata.shape ? shape : [],
    fileId: dataset.file_id,
    bytes: metadata.size,
    isText: class_ === STRING,
  };
  const filter = dataset.filters.find(({ id }) => !CARRIED.has(id));
  if (filter) {
    const label = filter.name || FILTERS[filter.id] || `number ${filter.id}`;
    const what = `is packed with the filter ${label}, which is not read here`;
    const hint = `repack the file with gzip: h5repack -f GZIP=4 in.h5 out.h5`;
    return { ...described, code, fault: [what, hint], text: undefined };
  }
  if (metadata.virtual_sources && metadata.virtual_sources.length > 0) {
    const hint = 'copy the values into one file: h5repack in.h5 out.h5';
    return { ...described, code, fault: ['takes its values from other files', hint], text: undefined };
  }
  if (code !== undefined) return { ...described, code, fault: undefined, text: undefined };
  // Text of varying length lies in a heap of its own, in which a damaged file can send the library in circles.
  if (class_ === STRING && !metadata.vlen && metadata.size * metadata.total_size < TEXT_LIMIT) {
    return { ...described, code, fault: undefined, text: () => textOf(dataset) };
  }
  return { ...described, code, fault: [`holds ${typeName(class_, metadata.size)}`, hintFor(class_)], text: undefined };
}

/** h5py writes truth values as an enumeration of FALSE and TRUE. */
function isTruthValue(members: Readonly<Record<string, number>> | undefined): boolean {
  return members !== undefined && Object.keys(members).length === 2 && members['FALSE'] === 0 && members['TRUE'] === 1;
}

function typeName(class_: number, bytes: number): string {
  if (class_ === FLOAT || class_ === INTEGER) return `numbers of ${8 * bytes} bits`;
  if (class_ === COMPOUND) return 'records of a compound type';
  if (class_ === ENUM) return 'labels of an enumeration';
  if (class_ === STRING) return 'text of varying length';
  return OTHER_CLASSES[class_] ?? 'values of an unknown type';
}

function hintFor(class_: number): string {
  return class_ === COMPOUND ? 'write each field as its own dataset' : 'write it as float64, or choose other datasets';
}

function textOf(dataset: Dataset): readonly string[] {
  const value = dataset.value;
  return Array.isArray(value) ? value.map(String) : [];
}

/**
 * The columns of a dataset: one for a vector, one for each column of a matrix.
 *
 * The status of the read is checked, which `Dataset.value` of h5wasm does not: it gives whatever was in memory.
 *
 * @throws FormatError "damaged-file" | "unsupported-file"
 */
export function readDataset(module: Module, dataset: Hdf5Dataset, file: string): ReadColumn[] {
  const { name, shape, code, fault, text } = dataset;
  const rows = shape[0];
  const across = shape.length === 2 ? shape[1] : 1;
  if (fault && shape.length === 2) throw unsupportedFile(file, `dataset ${quoted(dataset.path)} ${fault[0]}`, fault[1]);
  if (fault) return [{ name, kind: 'unreadable', what: fault[0], hint: fault[1] }];
  if (code === undefined) {
    const values = text?.() ?? [];
    if (values.length !== rows || shape.length === 2) {
      throw unsupportedFile(file, `dataset ${quoted(dataset.path)} holds text`, 'choose datasets of numbers');
    }
    return [{ name, kind: 'text', values }];
  }
  const size = rows * across * dataset.bytes;
  if (size === 0) return [];
  if (size > 2 ** 31 - 1) {
    throw unsupportedFile(file, `dataset ${quoted(dataset.path)} is larger than 2 GiB`, 'take a sample of the rows');
  }
  const pointer = module._malloc(size);
  if (pointer === 0) throw unsupportedFile(file, `dataset ${quoted(dataset.path)} is too large`, 'take a sample');
  try {
    const status = module.get_dataset_data(dataset.fileId, `/${dataset.path}`, null, null, null, BigInt(pointer));
    if (status < 0)
      throw damagedFile(file, `dataset ${quoted(dataset.path)} cannot be read: damaged, or kept elsewhere`);
    const view = new DataView(module.HEAPU8.buffer, pointer, size);
    return Array.from({ length: across }, (_, i) => ({
      name: shape.length === 2 ? `${name}_${i}` : name,
      kind: 'number',
      ...decodeNumbers(code, view, i * dataset.bytes, across * dataset.bytes, rows, true),
    }));
  } finally {
    module._free(pointer);
  }
}
