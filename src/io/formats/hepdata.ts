import { FormatError } from '../../core/index.ts';
import type { FileTable } from '../file-table.ts';
import { classifyCell, quoted, readNumber } from '../numeric-cell.ts';
import type { TableOptions } from '../table-source.ts';
import { ambiguousTable, unknownPart } from './choose.ts';
import { checkText } from './delimited.ts';
import { damagedFile, listed, type TableContent, type TableFormat, unsupportedFile } from './format.ts';
import {
  type HepDataTable,
  type HepDataValue,
  type HepDataVariable,
  isMapping,
  toHepDataTable,
  type YamlValue,
} from './hepdata-document.ts';
import { errorColumns } from './hepdata-errors.ts';
import { loadOptional } from './optional-package.ts';
import { type ReadColumn, toFileTable } from './read-column.ts';

/** A table of HEPData: the variables, the limits of bins and the errors. */
export const HEPDATA: TableFormat = {
  name: 'HEPData',
  extensions: ['.yaml', '.yml'],
  selects: 'parts',
  read: readHepData,
};

const LARGEST_TEXT = 1 << 26;
const MOST_ALIASES = 100;

async function readHepData({ bytes, path }: TableContent, { parts }: TableOptions): Promise<FileTable> {
  const yaml = await loadOptional(() => import('yaml'), 'yaml', 'HEPData', path);
  checkText(bytes, path);
  if (bytes.length > LARGEST_TEXT) throw unsupportedFile(path, 'a YAML file of over 64 MB', 'export the table as CSV');
  const documents: YamlValue[] = [];
  try {
    // Scalars stay text: a number is read as in a CSV file, not by the rules of YAML.
    for (const document of yaml.parseAllDocuments(bytes.toString('utf8'), { schema: 'failsafe', logLevel: 'silent' })) {
      if (document.errors.length > 0) throw document.errors[0];
      documents.push(document.toJS({ maxAliasCount: MOST_ALIASES }) as YamlValue);
    }
  } catch (error) {
    const line = error instanceof yaml.YAMLError ? (error.linePos?.[0].line ?? 0) : 0;
    throw new FormatError('damaged-file', 'not YAML that can be read', path, line, 'mend the line, or export CSV');
  }
  return tableOf(chooseTable(documents, parts, path), path);
}

function chooseTable(
  documents: readonly YamlValue[],
  parts: readonly string[] | undefined,
  file: string,
): HepDataTable {
  const tables = documents.flatMap((document) => {
    const table = toHepDataTable(document);
    if (typeof table === 'string') throw damagedFile(file, `a HEPData table that breaks the format: ${table}`);
    return table ? [table] : [];
  });
  if (tables.length === 0) {
    const files = documents.flatMap((one) =>
      isMapping(one) && typeof one['data_file'] === 'string' ? one['data_file'] : [],
    );
    if (files.length > 0) {
      throw unsupportedFile(file, 'a HEPData submission whose tables are other files', `give one of ${listed(files)}`);
    }
    throw unsupportedFile(file, 'no HEPData table', 'a table has independent_variables and dependent_variables');
  }
  const names = tables.map((table, i) => table.name || String(i + 1));
  if (parts === undefined) {
    if (tables.length === 1) return tables[0];
    throw ambiguousTable(file, `${tables.length} tables`, names, '1');
  }
  if (parts.length > 1) throw ambiguousTable(file, 'one table is read at a time', names, parts[0]);
  const found = tables[names.indexOf(parts[0])] ?? (/^\d+$/.test(parts[0]) ? tables[Number(parts[0]) - 1] : undefined);
  if (!found) throw unknownPart(file, 'table', parts[0], names);
  return found;
}

function tableOf(table: HepDataTable, file: string): FileTable {
  const variables = [...table.independent, ...table.dependent];
  if (variables.length === 0) throw unsupportedFile(file, 'a HEPData table without variables', 'give another table');
  const rows = variables[0].values.length;
  const names = distinctNames(variables);
  const columns = variables.flatMap((variable, i): ReadColumn[] => {
    if (variable.values.length !== rows) {
      const message = `variable ${quoted(variable.name)} has ${variable.values.length} values, ${quoted(variables[0].name)} has ${rows}`;
      throw damagedFile(file, message, 'give every variable the same number of values');
    }
    const column = valueColumn(names[i], variable.values);
    const errors = column.kind === 'number' ? errorColumns(variable, names[i], column.values) : [];
    return [column, ...limitColumns(names[i], variable.values), ...errors];
  });
  const units = new Map(variables.flatMap(({ units }, i) => (units === '' ? [] : [[names[i], units] as const])));
  return toFileTable(columns, rows, file, units);
}

/** Variables of one name are told apart by the qualifiers in which they differ, and by a number where that fails. */
function distinctNames(variables: readonly HepDataVariable[]): string[] {
  const used = new Set<string>();
  return variables.map((variable) => {
    const alike = variables.filter((other) => other.name === variable.name);
    const differing = [...variable.qualifiers].filter(([key, value]) =>
      alike.some((other) => other.qualifiers.get(key) !== value),
    );
    const label = differing.map(([, value]) => value).join(', ');
    const base = label === '' ? variable.name : `${variable.name} [${label}]`;
    let name = base;
    for (let i = 2; used.has(name); i++) name = `${base}_${i}`;
    used.add(name);
    return name;
  });
}

/** The values, the centres of bins where there is none; text when nothing is a number. */
function valueColumn(name: string, cells: readonly HepDataValue[]): ReadColumn {
  const values = Float64Array.from(cells, ({ value, low, high }) => {
    if (value === '' && low !== '' && high !== '') return readNumber(low) / 2 + readNumber(high) / 2;
    return readNumber(value);
  });
  const words = cells.filter(({ value }, i) => Number.isNaN(values[i]) && classifyCell(value) === 'text').length;
  const numbers = values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  if (words > numbers) return { name, kind: 'text', values: cells.map(({ value }) => value) };
  return { name, kind: 'number', values, missingRow: missing(cells, values, ({ value }) => value) };
}

/** The first row without a number, when its cell says that nothing is there. */
function missing(
  cells: readonly HepDataValue[],
  values: Float64Array,
  textOf: (cell: HepDataValue) => string,
): number | undefined {
  const row = values.findIndex((value) => Number.isNaN(value));
  return row >= 0 && classifyCell(textOf(cells[row])) === 'missing' ? row : undefined;
}

function limitColumns(name: string, cells: readonly HepDataValue[]): ReadColumn[] {
  if (cells.every(({ low, high }) => low === '' && high === '')) return [];
  return (['low', 'high'] as const).map((side) => {
    const values = Float64Array.from(cells, (cell) => readNumber(cell[side]));
    return {
      name: `${name}_${side}`,
      kind: 'number',
      values,
      missingRow: missing(cells, values, (cell) => cell[side]),
    };
  });
}
