import type { Row } from '../../row.ts';
import { choicesOn, type Outcome, RULES } from './choices.ts';
import { LAWS } from './laws.ts';
import { CONDITIONS, type Condition, measure } from './noisy-data.ts';

/**
 * What another bed gave: 120 laws, 200 rows, ten thousand competitors, by a prototype of the same idea and the same
 * rules. The kinds of noise and the rule of `best` are comparable, the laws are others.
 */
const OTHER_BED: Readonly<Record<string, number>> = {
  'best 200 additive 0.01': 93,
  'best 200 additive 0.1': 85,
  'best 200 multiplicative 0.01': 95,
  'best 200 multiplicative 0.1': 87,
  'score 200 additive 0.01': 83,
  'score 200 additive 0.1': 71,
  'BIC 200 additive 0.01': 82,
  'BIC 200 additive 0.1': 78,
  'accuracy 200 additive 0.01': 63,
  'accuracy 200 additive 0.1': 58,
};

/**
 * How often a rule chooses the law that made the data, in percent, with the law among the candidates; by rows, kind
 * of noise and size of it. Also how often the run names the law at all, and how often it finds the kind of noise.
 */
export async function run({ quick, log }: { quick: boolean; log: (text: string) => void }): Promise<Row[]> {
  const laws = quick ? LAWS.filter((_, i) => i % 6 === 0) : LAWS;
  const conditions = quick ? CONDITIONS.filter(({ rows }) => rows === 30) : CONDITIONS;
  const rows: Row[] = [];
  for (const condition of conditions) {
    const outcomes: Outcome[] = [];
    for (const law of laws) {
      const outcome = await choicesOn(measure(law, condition, 0), law, 0);
      outcomes.push(outcome);
      if (!outcome.right.best) log(`${nameOf(condition)}: ${law} -> ${outcome.best}`);
    }
    const share = (is: (outcome: Outcome) => boolean): number => (100 * outcomes.filter(is).length) / laws.length;
    for (const rule of RULES)
      rows.push(
        row(
          `${rule} ${nameOf(condition)}`,
          share(({ right }) => right[rule]),
        ),
      );
    rows.push(
      row(
        `named ${nameOf(condition)}`,
        share(({ named }) => named),
      ),
    );
    const kind = condition.kind === 'multiplicative';
    rows.push(
      row(
        `noise model ${nameOf(condition)}`,
        share(({ relative }) => relative === kind),
      ),
    );
  }
  return rows;
}

function nameOf({ rows, kind, noise }: Condition): string {
  return `${rows} ${kind} ${noise}`;
}

function row(name: string, value: number): Row {
  const reference = OTHER_BED[name] ?? null;
  return { name, value, unit: '% of laws', reference, ratio: reference === null ? null : value / reference };
}
