import { OptionError } from '../core/index.ts';

/** What to take from a file that holds more than one table, and how. */
export interface TableOptions {
  /**
   * What inside the file makes the table: HDF5, a group or datasets; ROOT, a tree and then branches of it; npz, arrays;
   * Parquet, columns; HEPData, a table by name or number from 1. Without it the file must leave no choice.
   */
  readonly parts?: readonly string[];
  /** LHE only: a formula of the kinematics for each column, such as { pt1: 'pt(1)', mll: 'm(1,2)' }; see `readTable`. */
  readonly columns?: Readonly<Record<string, string>>;
  /** The format by its name, where the extension does not tell: "CSV", "Parquet", "npy", "npz", "HDF5", "ROOT" ... */
  readonly format?: string;
}

/** A file with what to take from it. */
export interface TableSource extends TableOptions {
  readonly path: string;
}

/** Files that hold several things, one of which `#` selects. */
const CONTAINER = /\.(?:h5|hdf5|root|npz|parquet|ya?ml|lhe)(?:\.gz)?$/i;
const EVENTS = /\.lhe(?:\.gz)?$/i;

/**
 * Reads "data.h5#run/x,run/y": a path, and after a # what to take from the file, separated by commas.
 *
 * After an LHE file stand formulas, "events.lhe#pt1=pt(1),m(1,2)"; one without a name is named as it is written. Any
 * other # belongs to the path.
 *
 * @throws OptionError "empty-part" when nothing stands before or after a comma
 * @example parseTableSource('data.h5#run/x,run/y') // { path: 'data.h5', parts: ['run/x', 'run/y'] }
 * @example parseTableSource('z.lhe#pt1=pt(1),m(1,2)') // { path: 'z.lhe', columns: { pt1: 'pt(1)', 'm(1,2)': 'm(1,2)' } }
 * @example parseTableSource('run#7.csv') // { path: 'run#7.csv' }
 */
export function parseTableSource(text: string): TableSource {
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
    const path = text.slice(0, at);
    if (!CONTAINER.test(path)) continue;
    const parts = splitAtCommas(text.slice(at + 1));
    if (parts.includes('')) {
      const message = `"${text}" has nothing ${parts.length > 1 ? 'beside a comma' : 'after #'}`;
      throw new OptionError('empty-part', 'table', message, 'name what to take from the file, or leave out the #');
    }
    return EVENTS.test(path) ? { path, columns: namedFormulas(parts) } : { path, parts };
  }
  return { path: text };
}

/** The pieces between commas that stand in no bracket. */
function splitAtCommas(text: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (text[i] === ',' && depth <= 0) {
      pieces.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  pieces.push(text.slice(start).trim());
  return pieces;
}

function namedFormulas(pieces: readonly string[]): Record<string, string> {
  const entries = pieces.map((piece) => {
    const equals = piece.indexOf('=');
    return equals < 0 ? [piece, piece] : [piece.slice(0, equals).trim(), piece.slice(equals + 1).trim()];
  });
  const names = new Set<string>();
  for (const [name, formula] of entries) {
    if (name === '' || formula === '') {
      throw new OptionError('empty-part', 'table', `"${name}=${formula}" lacks a side`, 'write name=formula');
    }
    if (names.has(name)) throw new OptionError('duplicate-column', 'table', `column "${name}" appears twice`);
    names.add(name);
  }
  return Object.fromEntries(entries);
}
