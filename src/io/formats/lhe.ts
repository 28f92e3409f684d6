import { FormatError } from '../../core/index.ts';
import type { FileTable } from '../file-table.ts';
import { quoted } from '../numeric-cell.ts';
import type { TableOptions } from '../table-source.ts';
import { checkText } from './delimited.ts';
import type { TableContent, TableFormat } from './format.ts';
import { forEachEvent, type LheEvent } from './lhe-events.ts';
import type { EventColumn } from './lhe-formula.ts';
import { type ReadColumn, toFileTable } from './read-column.ts';

/** Events of a Les Houches event file: a row each, with the weight and the kinematics that are asked for. */
export const LHE: TableFormat = { name: 'LHE', extensions: ['.lhe'], selects: 'columns', read: readLhe };

const COMPONENTS = ['id', 'px', 'py', 'pz', 'e', 'm'] as const;

async function readLhe({ bytes, path }: TableContent, options: TableOptions): Promise<FileTable> {
  checkText(bytes, path);
  // The formulas bring the whole algebra along, which no other format needs.
  const { eventColumn } = await import('./lhe-formula.ts');
  const asked = options.columns && Object.entries(options.columns).map(([name, formula]) => eventColumn(name, formula));
  const weight = new Growing('weight');
  let columns = asked;
  let grown: Growing[] = columns?.map(({ name }) => new Growing(name)) ?? [];
  let count = 0;
  forEachEvent(bytes, path, (event) => {
    if (!columns) {
      count = event.count;
      columns = componentNames(count).map(([name, formula]) => eventColumn(name, formula));
      grown = columns.map(({ name }) => new Growing(name));
    }
    if (!asked && event.count !== count) throw unequalEvents(event, count, path);
    weight.push(event.weight);
    for (let i = 0; i < columns.length; i++) grown[i].push(checkedValue(columns[i], event, path));
  });
  return toFileTable(
    [weight, ...grown].map((column): ReadColumn => column.toColumn()),
    weight.length,
    path,
  );
}

function checkedValue(column: EventColumn, event: LheEvent, file: string): number {
  if (event.count >= column.particles) return column.compute(event);
  const particles = event.count === 1 ? '1 final particle' : `${event.count} final particles`;
  const message = `event ${event.number} has ${particles}, and column ${quoted(column.name)} asks for ${column.particles}`;
  throw new FormatError('absent-particle', message, file, event.line, 'ask for particles that every event has');
}

/** Identity, momentum, energy and mass of each particle: id1, px1, ... m1, id2 ... */
function componentNames(particles: number): (readonly [name: string, formula: string])[] {
  return Array.from({ length: particles }, (_, i) =>
    COMPONENTS.map((component) => [`${component}${i + 1}`, `${component}(${i + 1})`] as const),
  ).flat();
}

function unequalEvents(event: LheEvent, expected: number, file: string): FormatError {
  const message = `event ${event.number} has ${event.count} final particles, the first one has ${expected}`;
  const hint = 'ask for columns, such as { pt1: "pt(1)" }; on the command line, behind the path: "#pt1=pt(1)"';
  return new FormatError('unequal-events', message, file, event.line, hint);
}

/** A column of numbers of unknown length. */
class Growing {
  readonly name: string;
  length = 0;
  private values = new Float64Array(1024);

  constructor(name: string) {
    this.name = name;
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  toColumn(): ReadColumn {
    return { name: this.name, kind: 'number', values: this.values.slice(0, this.length) };
  }
}
