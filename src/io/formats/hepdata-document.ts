/** A value of a YAML document whose scalars all stay text. */
export type YamlValue = string | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** A variable of a HEPData table. */
export interface HepDataVariable {
  readonly name: string;
  readonly units: string;
  readonly qualifiers: ReadonlyMap<string, string>;
  readonly values: readonly HepDataValue[];
}

/** A cell: a value or the limits of a bin, as written, and the errors. */
export interface HepDataValue {
  readonly value: string;
  readonly low: string;
  readonly high: string;
  readonly errors: readonly HepDataError[];
}

/** An error as written; a symmetric one has equal texts. */
export interface HepDataError {
  readonly label: string;
  readonly symmetric: boolean;
  readonly plus: string;
  readonly minus: string;
}

/** A table of a HEPData submission. */
export interface HepDataTable {
  readonly name: string;
  readonly independent: readonly HepDataVariable[];
  readonly dependent: readonly HepDataVariable[];
}

/** True for a mapping of YAML. */
export function isMapping(value: YamlValue | undefined): value is { readonly [key: string]: YamlValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function member(value: YamlValue | undefined, key: string): YamlValue | undefined {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function text(value: YamlValue | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

/**
 * The table that a document holds; undefined when it holds none, a text when it is one that breaks the format.
 *
 * @see HEPData, Data submission, the YAML format of a data file
 */
export function toHepDataTable(document: YamlValue): HepDataTable | string | undefined {
  const dependent = member(document, 'dependent_variables');
  const independent = member(document, 'independent_variables');
  if (dependent === undefined && independent === undefined) return undefined;
  const read = (list: YamlValue | undefined, what: string): HepDataVariable[] | string => {
    if (list === undefined || list === null || list === '') return [];
    if (!Array.isArray(list)) return `${what} is not a list`;
    const found: HepDataVariable[] = [];
    for (const entry of list as readonly YamlValue[]) {
      const variable = toVariable(entry);
      if (typeof variable === 'string') return `${what}: ${variable}`;
      found.push(variable);
    }
    return found;
  };
  const tables = {
    independent: read(independent, 'independent_variables'),
    dependent: read(dependent, 'dependent_variables'),
  };
  if (typeof tables.independent === 'string') return tables.independent;
  if (typeof tables.dependent === 'string') return tables.dependent;
  return { name: text(member(document, 'name')), independent: tables.independent, dependent: tables.dependent };
}

function toVariable(entry: YamlValue): HepDataVariable | string {
  const header = member(entry, 'header');
  const name = text(member(header, 'name'));
  if (name === '') return 'a variable without header and name';
  const values = member(entry, 'values');
  if (!Array.isArray(values)) return `${name} has no list of values`;
  const qualifiers = new Map<string, string>();
  const listed = member(entry, 'qualifiers');
  for (const qualifier of Array.isArray(listed) ? (listed as readonly YamlValue[]) : []) {
    qualifiers.set(text(member(qualifier, 'name')), text(member(qualifier, 'value')));
  }
  const cells: HepDataValue[] = [];
  for (const value of values as readonly YamlValue[]) {
    const cell = toValue(value);
    if (typeof cell === 'string') return `${name}: ${cell}`;
    cells.push(cell);
  }
  return { name, units: text(member(header, 'units')), qualifiers, values: cells };
}

function toValue(cell: YamlValue): HepDataValue | string {
  if (!isMapping(cell)) return 'a value that is no mapping with "value", or "low" and "high"';
  const listed = member(cell, 'errors') ?? [];
  if (!Array.isArray(listed) && listed !== '') return 'errors that are no list';
  const errors: HepDataError[] = [];
  for (const error of Array.isArray(listed) ? (listed as readonly YamlValue[]) : []) {
    const label = text(member(error, 'label'));
    const symmetric = member(error, 'symerror');
    const asymmetric = member(error, 'asymerror');
    if (symmetric !== undefined) errors.push({ label, symmetric: true, plus: text(symmetric), minus: text(symmetric) });
    else if (isMapping(asymmetric)) {
      const [plus, minus] = [text(member(asymmetric, 'plus')), text(member(asymmetric, 'minus'))];
      errors.push({ label, symmetric: false, plus, minus });
    } else return 'an error without "symerror" or "asymerror"';
  }
  const [value, low, high] = ['value', 'low', 'high'].map((key) => text(member(cell, key)));
  return { value, low, high, errors };
}
