import { AnsatzError, nearest, OptionError } from '../../core/index.ts';
import { type Expression, variable } from '../expression.ts';
import { print } from '../print/print.ts';
import { substitute } from '../substitute.ts';
import { safeText } from './comment.ts';
import { expandedSize } from './expanded-size.ts';
import { isLegalName, legalNames } from './identifiers.ts';
import { inlineDefinitions, requireDepth } from './inline-definitions.ts';
import { splitSteps } from './split-steps.ts';
import type { ExportOptions, ExportTarget, ExportUnit } from './target.ts';

/** Nodes of a formula that is printed in a comment, and its characters there. */
const LARGEST_IN_COMMENT = 200;
const LONGEST_COMMENT = 1000;
/** Nodes of a formula for a target without intermediate values. */
const LARGEST_WITHOUT_STEPS = 20_000;

/** Makes a formula ready for a target. @throws what `exportFormula` throws */
export function prepare(expression: Expression, target: ExportTarget, options: ExportOptions): ExportUnit {
  const columns = columnsOf(expression, options.variables);
  const name = nameOf(target, options.name);
  const legal = legalNames(columns, target.names, [name]);
  const names = new Map(columns.map((column, i) => [column, legal[i]]));
  const inlined = inlineDefinitions(expression, target, names);
  const stepName = numberedNames(target.names.underscore === false ? 'step' : 'step_', [name, ...legal], target);
  if (target.form === 'tree' && expandedSize(inlined) > LARGEST_WITHOUT_STEPS) {
    const message = `formula of more than ${LARGEST_WITHOUT_STEPS} nodes`;
    throw new AnsatzError('too-large', message, `${target.language} takes it in one piece; choose another target`);
  }
  const { steps, result } = target.form === 'steps' ? splitSteps(inlined, stepName) : { steps: [], result: inlined };
  const renamed = columns.flatMap((column, i) => (column === legal[i] ? [] : [{ name: legal[i], column }]));
  return {
    name,
    arguments: legal,
    steps,
    result,
    renamed,
    comments: [
      `${name}(${legal.join(', ')})${formulaText(expression, names)}`,
      ...renamed.map((entry) => `${entry.name} is the column ${safeText(entry.column)}`),
    ],
    options,
  };
}

function columnsOf(expression: Expression, variables: readonly string[] | undefined): readonly string[] {
  const used = usedVariables(expression);
  if (variables === undefined) return used;
  const twice = variables.find((name, i) => variables.indexOf(name) !== i);
  if (twice !== undefined) throw new OptionError('name-twice', 'variables', `"${twice}" is given twice`);
  const missing = used.find((name) => !variables.includes(name));
  if (missing === undefined) return variables;
  const near = nearest(missing, variables);
  throw new OptionError(
    'unknown-variable',
    'variables',
    `the formula has a variable "${missing}" that is not listed`,
    near !== undefined ? `did you mean "${near}"?` : 'list every variable of the formula',
  );
}

/** The variables of a tree that may share subtrees. */
function usedVariables(expression: Expression): string[] {
  const seen = new Set<Expression>();
  const names = new Set<string>();
  const visit = (node: Expression, depth: number): void => {
    requireDepth(depth);
    if (node.kind === 'variable') names.add(node.name);
    if (node.kind !== 'call' || seen.has(node)) return;
    seen.add(node);
    for (const argument of node.arguments) visit(argument, depth + 1);
  };
  visit(expression, 1);
  return [...names];
}

function nameOf(target: ExportTarget, wanted: string | undefined): string {
  if (wanted === undefined) return 'f';
  if (isLegalName(wanted, target.names)) return wanted;
  const [suggestion] = legalNames([wanted], target.names);
  const shown = wanted.length > 40 ? `${wanted.slice(0, 40)}...` : wanted;
  throw new OptionError(
    'bad-name',
    'name',
    `${JSON.stringify(shown)} cannot name a function in ${target.language}`,
    `try "${suggestion}"`,
  );
}

/** Names with a number that nothing else has. */
function numberedNames(stem: string, taken: readonly string[], target: ExportTarget): (index: number) => string {
  const inTheWay = new Set(taken.map((name) => name.toLowerCase()));
  const names: string[] = [];
  let number = 1;
  return (index) => {
    while (names.length <= index) {
      const candidate = `${stem}${number++}`;
      if (!inTheWay.has(candidate) && isLegalName(candidate, target.names)) names.push(candidate);
    }
    return names[index];
  };
}

function formulaText(expression: Expression, names: ReadonlyMap<string, string>): string {
  if (expandedSize(expression) > LARGEST_IN_COMMENT) return '';
  const renamed = substitute(
    expression,
    Object.fromEntries([...names].map(([column, name]) => [column, variable(name)])),
  );
  const text = print(renamed);
  return text.length > LONGEST_COMMENT ? '' : ` = ${safeText(text, LONGEST_COMMENT)}`;
}
