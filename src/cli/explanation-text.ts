import type { Domain, Explanation, MonotonicityVerdict, Point, VariableExplanation } from '../expressions/index.ts';

const WIDTH = 14;
const DIGITS = 6;
const MOST_LISTED = 6;
/** Parts of a domain that start beyond this are of no interest to a reader. */
const FAR = 1e9;

/** An explanation as lines for people; numbers with six digits. */
export function explanationText(record: Explanation): string {
  const lines: string[] = [];
  const line = (label: string, text: string | null, indent = 0): void => {
    if (text !== null) lines.push(`${' '.repeat(indent)}${label.padEnd(WIDTH - indent)}${text}`);
  };
  line('formula', record.formula);
  line('simpler', record.simplified === record.formula ? null : shortened(record.simplified));
  line('domain', `${domainText(record.domain)}${DEFINED[record.defined]}`);
  for (const { condition, holds, fails } of record.conditions) {
    if (holds !== 'always')
      line('needs', `${shortened(condition)}: ${holds}${fails ? `, fails at ${pointText(fails)}` : ''}`);
  }
  if (record.defined !== 'nowhere') {
    line(
      'range',
      `${intervalText(record.range.low, record.range.high)}, values met ${intervalText(record.range.least, record.range.most)}`,
    );
    line('sign', signText(record));
  }
  for (const { variables, symmetry } of record.exchanges) line('exchange', `${symmetry} in ${variables.join(' and ')}`);
  for (const variable of record.variables) {
    lines.push('', variable.name);
    for (const [label, text] of variableLines(variable)) line(label, text, 2);
  }
  return `${lines.join('\n')}\n`;
}

const DEFINED = { everywhere: ': defined everywhere', maybe: ': not defined everywhere', nowhere: ': defined nowhere' };

function variableLines(variable: VariableExplanation): [string, string | null][] {
  const { derivative, parity, monotonicity, limits, asymptoticPower, series, held, zeros, singularities } = variable;
  const at = Object.keys(held).length > 0 ? ` (${pointText(held)})` : '';
  const shownLimits = limits.filter((limit) => limit.value !== 'undefined');
  const lines: [string, string | null][] = [
    ['derivative', derivative && shortened(derivative)],
    ['parity', parity.parity === 'even' || parity.parity === 'odd' ? parity.parity : null],
    ['trend', trendText(monotonicity)],
    ['limits', shownLimits.map((limit) => `${limit.at}: ${shortened(limit.value)}`).join(', ') || null],
    ['grows like', asymptoticPower === null ? null : `${variable.name}^${rounded(asymptoticPower)} at inf`],
  ];
  let label = 'series';
  for (const { text, at: point, side } of series) {
    if (text === 'unknown') continue;
    lines.push([label, `at ${point}${side === 'both' ? '' : `, ${side} side`}: ${shortened(text)}`]);
    label = '';
  }
  const found = zeros.zeros.map(
    ({ low, high, kind }) => `${rounded(low / 2 + high / 2)}${kind === 'possible' ? '?' : ''}`,
  );
  const open = zeros.open.filter(([low, high]) => low < FAR && high > -FAR);
  const more =
    open.length > 0
      ? `${found.length > 0 ? ', ' : ''}undecided in ${open
          .slice(0, 2)
          .map(([a, b]) => intervalText(a, b))
          .join(', ')}${open.length > 2 ? ' and others' : ''}`
      : '';
  lines.push(['zeros', found.length > 0 || more ? `${listed(found)}${more}${at}` : `none${at}`]);
  if (singularities.length > 0) {
    const poles = singularities.map(
      ({ low, high, kind, order }) =>
        `${rounded(low / 2 + high / 2)} (${kind}${order === null ? '' : ` of order ${order}`})`,
    );
    lines.push(['singular', `${listed(poles)}${at}`]);
  }
  return lines;
}

function listed(entries: readonly string[]): string {
  if (entries.length <= MOST_LISTED) return entries.join(', ');
  return `${entries.slice(0, MOST_LISTED).join(', ')} and ${entries.length - MOST_LISTED} more`;
}

function signText({ sign }: Explanation): string {
  if (sign.sign === 'both' && sign.witnesses) {
    return `both: positive at ${pointText(sign.witnesses[0])}, negative at ${pointText(sign.witnesses[1])}`;
  }
  return `${sign.sign}${sign.sign === 'undecided' && sign.box ? ` near ${domainText(sign.box)}` : ''}`;
}

function trendText({ trend, witnesses, box }: MonotonicityVerdict): string {
  if (trend === 'neither' && witnesses) {
    const [[a, b], [c, d]] = witnesses;
    return `rises from ${pointText(a)} to ${pointText(b)}, falls from ${pointText(c)} to ${pointText(d)}`;
  }
  return `${trend}${trend === 'undecided' && box ? ` in ${domainText(box)}` : ''}`;
}

function pointText(point: Point): string {
  return Object.entries(point)
    .map(([name, value]) => `${name}=${rounded(value)}`)
    .join(', ');
}

function domainText(domain: Domain): string {
  const parts = Object.entries(domain).map(([name, [low, high]]) =>
    low === -Infinity && high === Infinity ? `any ${name}` : `${name} in ${intervalText(low, high)}`,
  );
  return parts.join(', ') || 'no variables';
}

function intervalText(low: number, high: number): string {
  const first = low === -Infinity ? '(-inf' : `[${rounded(low)}`;
  const last = high === Infinity ? 'inf)' : `${rounded(high)}]`;
  return `${first}, ${last}`;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(DIGITS)) + 0).replace('Infinity', 'inf');
}

/** A formula with its long numbers rounded. */
function shortened(text: string): string {
  return text.replace(/\d+\.\d{6,}(?:e[+-]?\d+)?/g, (digits) => rounded(Number(digits)));
}
