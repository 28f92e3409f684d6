import { OVERHEAD } from '../../../src/search/device/overhead.ts';
import type { Row } from '../../row.ts';
import { type BroodRun, noisyTable, outcomeOf, runOfBroods } from './run-of-broods.ts';

const ROWS = 4096;
const BROOD = 256;
/** A run that looks for a device, and is over some time after; and one that is over before. */
const LONG = 900_000;
const SHORT = 20_000;

interface Pair {
  readonly auto: BroodRun;
  readonly wasm: BroodRun;
}

/** The faster of `pairs` runs with `auto` and with `wasm` in turns; equal fronts where auto stayed on WebAssembly. */
async function inTurns(rows: number, maxEvals: number, pairs: number): Promise<Pair> {
  const table = noisyTable(rows);
  const faster = (a: BroodRun | undefined, b: BroodRun): BroodRun => (a && a.seconds < b.seconds ? a : b);
  let best: Pair | undefined;
  for (let i = 0; i < pairs; i++) {
    const wasm = await runOfBroods(table, { device: 'wasm', brood: BROOD, maxEvals });
    const auto = await runOfBroods(table, { device: 'auto', brood: BROOD, maxEvals });
    const stays = auto.model.notes.some((note) => note.startsWith('device: wasm'));
    if (stays && outcomeOf(auto) !== outcomeOf(wasm)) throw new Error('gpu: auto stayed on wasm with another front');
    best = { auto: faster(best?.auto, auto), wasm: faster(best?.wasm, wasm) };
  }
  return best as Pair;
}

function row(name: string, { auto, wasm }: Pair): Row {
  const [value, reference] = [auto.seconds, wasm.seconds];
  return { name, value, unit: 'processor s, wasm beside', reference, ratio: value / reference };
}

/**
 * What `auto` costs a run against `wasm`: the mark is 1.05. Processor seconds, since other work may share the cores.
 *
 * To be run before anything else opens a device: loading the library and the first look are part of the price.
 */
export async function auto(quick: boolean, log: (text: string) => void): Promise<Row[]> {
  const short = await inTurns(ROWS, SHORT, 2);
  const rows = [row('auto, a run that is over before it looks for a device', short), await look(short)];
  if (quick) return rows;
  // Once: a second look in one process knows the answer of the first. Other rows than those of the look alone.
  const long = await inTurns(ROWS + 4, LONG, 1);
  for (const note of long.auto.model.notes.filter((each) => each.startsWith('device'))) log(note);
  return [...rows, row('auto, a run that looks for a device and goes on', long)];
}

/** The look alone: a run that looks at once, less the same that does not look, against the work before a look. */
async function look({ wasm }: Pair): Promise<Row> {
  const usual = { ...OVERHEAD };
  Object.assign(OVERHEAD, { secondsBefore: 0, share: 1e9 });
  try {
    const looking = await runOfBroods(noisyTable(ROWS), { device: 'auto', brood: BROOD, maxEvals: SHORT });
    const value = Math.max(0, looking.seconds - wasm.seconds);
    const reference = usual.secondsBefore;
    const name = 'auto, the look for a device, the work before it beside';
    return { name, value, unit: 'processor s', reference, ratio: value / reference };
  } finally {
    Object.assign(OVERHEAD, usual);
  }
}
