/**
 * Writes benchmarks/results/failures.md: every law that a recorded recovery run missed, what was held instead, and what
 * would reach it. `node benchmarks/pictures/failures.mjs`
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const results = fileURLToPath(new URL('../results/', import.meta.url));

/** Why a law was missed, the first that applies, and the idea that would reach it. */
const CAUSES = [
  {
    name: 'held, not chosen',
    holds: (trial) => trial.front,
    idea: 'the law is on the front: more rows, or units, since a constant that carries one costs more',
  },
  {
    name: 'look-alike',
    holds: (trial) => trial.lookAlike,
    idea: 'both agree to rounding on these rows: a measurement where the rivals part (`rivals` names the point)',
  },
  {
    name: 'data refused',
    holds: (trial) => trial.error !== null,
    idea: 'the target leaves double precision when squared: scale it first',
  },
  {
    name: 'time',
    holds: (trial) => trial.stoppedBy === 'time-limit',
    idea: 'the minute ended first: more time or cores; leaving peel out, which takes 12 to 40 s of it, recovered none of three',
  },
  {
    name: 'settled elsewhere',
    holds: () => true,
    idea: 'another law explains the rows as well within their noise: more rows, or a wider range',
  },
];

const short = (text) => (text && text.length > 110 ? `${text.slice(0, 107)}...` : (text ?? '-')).replaceAll('|', '\\|');
const lines = [
  '# Laws that were missed',
  '',
  'By `node benchmarks/pictures/failures.mjs` from the JSON beside this page. Seeds and commits are in those files.',
];
for (const name of readdirSync(results).sort()) {
  if (!/^recovery-.*\.json$/.test(name) || name.includes('.quick')) continue;
  const { failures, trials, commit, planned } = JSON.parse(readFileSync(results + name, 'utf8'));
  if (failures.length === 0) continue;
  lines.push('', `## ${name.replace('.json', '')}: ${failures.length} of ${planned ?? trials.length}`, '');
  lines.push(`Measured at ${commit.slice(0, 7)}.`, '');
  const groups = new Map(CAUSES.map((cause) => [cause, []]));
  for (const failure of failures) {
    const trial = trials.find(({ problem, seed }) => problem === failure.problem && seed === failure.seed);
    groups.get(CAUSES.find((cause) => cause.holds(trial ?? { error: null })))?.push(failure);
  }
  for (const [cause, missed] of groups) {
    if (missed.length === 0) continue;
    lines.push(
      `**${cause.name}** (${missed.length}): ${cause.idea}.`,
      '',
      '| problem | law | held instead |',
      '| --- | --- | --- |',
    );
    for (const { problem, seed, law, best } of missed) {
      lines.push(`| ${problem} #${seed} | \`${short(law)}\` | \`${short(best)}\` |`);
    }
    lines.push('');
  }
}
writeFileSync(
  `${results}failures.md`,
  `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`,
);
