import { fileURLToPath } from 'node:url';
import { readTable } from '../../../src/io/index.ts';
import { carriedTables, type ScikitLearn } from './scikit-learn.ts';

/** A real table: one column to be explained by others, no law known to the suite. */
export interface RealTable {
  readonly name: string;
  readonly target: string;
  readonly inputs: readonly string[];
  /** Values by name, of the target and of the inputs. */
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/** Tables of data/: `folder`, and what is explained by what. */
const SHIPPED = [
  { name: 'hubble-1929', target: 'velocity', inputs: ['distance'] },
  { name: 'hydrogen-lines', target: 'wavelength', inputs: ['n_lower', 'n_upper'] },
  { name: 'leavitt-1912', target: 'magnitude', inputs: ['period'] },
  { name: 'planets', target: 'period', inputs: ['semi_major_axis'] },
  { name: 'regge', target: 'spin', inputs: ['mass', 'strange_quarks'] },
] as const;

/**
 * Targets in the tables of scikit-learn, all other columns being inputs: the progression of diabetes after a year; the
 * alcohol of a wine, its class left out; whether a tumour is benign, as 0 or 1.
 */
const CARRIED_TARGETS: Readonly<Record<string, string>> = {
  diabetes: 'progression',
  wine: 'alcohol',
  'breast-cancer': 'benign',
};

/** The tables that come with the project. */
export async function shippedTables(): Promise<RealTable[]> {
  const data = new URL('../../../data/', import.meta.url);
  return Promise.all(
    SHIPPED.map(async ({ name, target, inputs }): Promise<RealTable> => {
      const table = await readTable(fileURLToPath(new URL(`${name}/${name}.csv`, data)));
      const columns = Object.fromEntries([target, ...inputs].map((column) => [column, table.numbers(column)]));
      return { name, target, inputs, columns };
    }),
  );
}

/** The tables that scikit-learn carries. */
export function scikitLearnTables(from: ScikitLearn): RealTable[] {
  return Object.entries(carriedTables(from)).map(([name, record]): RealTable => {
    const target = CARRIED_TARGETS[name];
    const entries = Object.entries(record).map(
      ([column, values]) => [legal(column), Float64Array.from(values)] as const,
    );
    const inputs = entries.map(([column]) => column).filter((column) => column !== target);
    return { name, target, inputs, columns: Object.fromEntries(entries) };
  });
}

/** The name of a column as a name in a formula. */
function legal(name: string): string {
  return name.replace(/\W+/g, '_');
}
