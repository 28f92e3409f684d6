import {
  bootstrapSymbol,
  functionCounts,
  heptagonAlphabet,
  hexagonLift,
  type PolylogSymbol,
  parameterTable,
  symbolFacts,
  verifySymbol,
} from '../../../src/amplitudes/index.ts';
import type { Row } from '../../row.ts';

/**
 * Words published for 1 .. 6 loops: Dixon, Gurdogan, McLeod, Wilhelm, arXiv:2204.11901.
 *
 * Distinct coefficients and divisors are those of an independent program.
 */
const RECORD: readonly { readonly terms: number; readonly distinct: number; readonly divisor: number }[] = [
  { terms: 0, distinct: 0, divisor: 0 },
  { terms: 6, distinct: 1, divisor: 2 },
  { terms: 12, distinct: 2, divisor: 8 },
  { terms: 636, distinct: 12, divisor: 4 },
  { terms: 11_208, distinct: 59, divisor: 8 },
  { terms: 263_880, distinct: 648, divisor: 4 },
  { terms: 4_916_466, distinct: 4875, divisor: 8 },
];
/** Words of the six-gluon MHV amplitude by loops; null where none is on record. */
const HEXAGON_TERMS: readonly (number | null)[] = [null, null, 84, 5034, null];
/** Symbols of seven-particle functions by weight: Drummond, Papathanasiou, Spradlin, arXiv:1412.3763. */
const HEPTAGON_COUNTS = [7, 42, 237, 1288];

const row = (name: string, value: number, unit = '', reference: number | null = null): Row => ({
  name,
  value,
  unit,
  reference,
  ratio: reference === null ? null : value / reference,
});

/** CPU seconds of this process, all threads. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Generates symbols, checks every one, and says what it took and how many parameters every constraint leaves. */
export async function run({ quick, log }: { quick: boolean; log: (text: string) => void }): Promise<Row[]> {
  const rows: Row[] = [];
  for (let loops = 1; loops <= (quick ? 4 : 6); loops++) {
    log(`${loops} loops`);
    const before = cpuSeconds();
    const { symbol, parameters } = await bootstrapSymbol(loops);
    rows.push(row(`L=${loops}: CPU time, two primes and all lower loops`, cpuSeconds() - before, 's'));
    rows.push(row(`L=${loops}: resident set at most, so far`, process.resourceUsage().maxRSS / 1024, 'MiB'));
    rows.push(...facts(loops, symbol));
    rows.push(...(await violations(loops, symbol)));
    for (const { name, free } of parameters) rows.push(row(`L=${loops}: free after ${name}`, free));
    if (loops >= 2) {
      for (const { name, free } of parameterTable(loops).alone.slice(2)) {
        rows.push(row(`L=${loops}: free with ${name} alone`, free));
      }
    }
    if (loops <= 4)
      rows.push(row(`L=${loops}: words of the hexagon`, hexagonLift(symbol).terms, '', HEXAGON_TERMS[loops]));
  }
  log('seven particles');
  functionCounts(heptagonAlphabet(), quick ? 3 : 4).forEach((count, i) => {
    rows.push(row(`heptagon symbols of weight ${i + 1}`, count, '', HEPTAGON_COUNTS[i]));
  });
  const wrong = rows.filter(({ name, value, ratio }) => (ratio ?? 1) !== 1 || (name.endsWith('violated') && value > 0));
  if (wrong.length > 0) throw new Error(`not as on record: ${wrong.map(({ name }) => name).join('; ')}`);
  return rows;
}

function facts(loops: number, symbol: PolylogSymbol): Row[] {
  const { terms, distinct, largest, divisor } = symbolFacts(symbol);
  let formula = 2 ** (3 * loops - 2);
  for (let odd = 2 * loops - 3; odd > 1; odd -= 2) formula *= odd;
  return [
    row(`L=${loops}: words`, terms, '', RECORD[loops].terms),
    row(`L=${loops}: distinct coefficients`, distinct, '', RECORD[loops].distinct),
    row(`L=${loops}: largest coefficient`, largest, '', formula),
    row(`L=${loops}: greatest common divisor`, divisor, '', RECORD[loops].divisor),
  ];
}

async function violations(loops: number, symbol: PolylogSymbol): Promise<Row[]> {
  const before = cpuSeconds();
  const checks = await verifySymbol(symbol);
  const checked = checks.reduce((sum, check) => sum + check.checked, 0);
  const violated = checks.reduce((sum, check) => sum + check.violated, 0);
  return [
    row(`L=${loops}: relations checked, a third prime among them`, checked),
    row(`L=${loops}: relations violated`, violated),
    row(`L=${loops}: CPU time of the checks`, cpuSeconds() - before, 's'),
  ];
}
