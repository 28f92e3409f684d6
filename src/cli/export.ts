import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { OptionError } from '../core/index.ts';
import {
  EXPORT_TARGETS,
  type ExportOptions,
  type ExportTargetName,
  type Expression,
  exportFormula,
  parse,
} from '../expressions/index.ts';
import { entryOf, loadRun, writeAtomically } from '../io/index.ts';
import { EXIT } from './exit.ts';
import { choice, names, number, text } from './option-values.ts';
import { print } from './output.ts';

/** The flags of `ansatz export`. */
export interface ExportArguments extends ExportOptions {
  readonly to: ExportTargetName;
  readonly out?: string;
  /** Of a run: the complexity of the formula; the chosen one by default. */
  readonly complexity?: number;
}

const EXAMPLES = `
Examples:
  ansatz export "365.26 * a^1.5" --to numpy --name period
  ansatz export run --to cpp --complexity 7
  ansatz export "0.5 * x^2 + 0.1" --to form --floats decimal
  ansatz export "a * exp(-b * t)" --to onnx --variables t,a,b --out decay.onnx`;

/** Adds `ansatz export` to a program. */
export function addExport(
  program: Command,
  action: (formula: string, options: ExportArguments) => Promise<void>,
): void {
  const targets = EXPORT_TARGETS.map(({ name }) => name);
  program
    .command('export')
    .summary('write a formula in another language')
    .description('Writes a formula as a usable unit of another language: a function, a module or a model.')
    .argument('<formula>', 'formula, such as "2 * sin(x)", or the folder of a run')
    .requiredOption('--to <target>', targets.join(', '), choice('--to', targets))
    .option('--name <name>', 'name of the function (default: f)', text('--name'))
    .option(
      '--variables <names>',
      'the arguments in their order, A,B,... (default: as they appear)',
      names('--variables'),
    )
    .option(
      '--assumptions <word>',
      'sympy: real, positive or none',
      choice('--assumptions', ['real', 'positive', 'none']),
    )
    .option(
      '--floats <rule>',
      'form: refuse, decimal or binary fractions for inexact numbers',
      choice('--floats', ['refuse', 'decimal', 'binary']),
    )
    .option('--precision <type>', 'onnx: float64 or float32', choice('--precision', ['float64', 'float32']))
    .option(
      '--complexity <n>',
      'of a run: the formula of this complexity (default: the chosen one)',
      number('--complexity', { least: 0, whole: true }),
    )
    .option('--out <file>', 'write to this file', text('--out'))
    .addHelpText('after', EXAMPLES)
    .action(action);
}

/**
 * `ansatz export`: prints a formula in another language, or writes it to a file.
 *
 * @throws ParseError | OptionError | FormatError, and what `exportFormula` throws
 */
export async function runExport(formula: string, options: ExportArguments): Promise<number> {
  const { to, out, complexity, ...rest } = options;
  const content = exportFormula(await formulaOf(formula, complexity), to, rest);
  if (out !== undefined) await writeAtomically(out, content);
  else if (typeof content === 'string') await print(content);
  else throw new OptionError('binary-output', '--out', `${to} is a binary format`, 'give --out FILE');
  return EXIT.done;
}

/** The formula itself, or the one of a run when a folder is named. */
async function formulaOf(text: string, complexity: number | undefined): Promise<Expression> {
  const status = await stat(text).catch(() => undefined);
  if (status?.isDirectory()) return entryOf(await loadRun(text), complexity).tree;
  if (complexity === undefined) return parse(text);
  throw new OptionError('contradiction', '--complexity', `"${text}" is no folder of a run`, 'leave it out');
}
