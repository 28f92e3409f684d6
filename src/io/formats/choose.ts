import { FormatError, nearest } from '../../core/index.ts';
import { quoted } from '../numeric-cell.ts';
import { listed } from './format.ts';

/** The error for a name that the file does not hold. @param kind what is named, such as "array" */
export function unknownPart(file: string, kind: string, name: string, names: readonly string[]): FormatError {
  const near = nearest(name, names);
  const known = names.length > 0 ? `it holds ${listed(names)}` : 'it holds none';
  const hint = near === undefined ? known : `did you mean ${quoted(near)}?`;
  return new FormatError('unknown-part', `no ${kind} ${quoted(name)}`, file, 0, hint);
}

/** The error for a file that leaves a choice. @param example what to write behind the path */
export function ambiguousTable(file: string, what: string, names: readonly string[], example: string): FormatError {
  const hint = `choose one: ${listed(names)}; on the command line, behind the path: ${quoted(`#${example}`)}`;
  return new FormatError('ambiguous-table', what, file, 0, hint);
}
