import { complexity, parse, print as printExpression, simplify, toLatex } from '../expressions/index.ts';
import { EXIT } from './exit.ts';
import { print } from './output.ts';

export interface SimplifyOptions {
  readonly latex?: boolean;
  readonly json?: boolean;
}

/** `ansatz simplify`: prints a simpler formula of the same value. @throws ParseError */
export async function runSimplify(formula: string, options: SimplifyOptions): Promise<number> {
  const simple = simplify(parse(formula));
  const expression = printExpression(simple);
  if (options.json) {
    const record = { input: formula, expression, latex: toLatex(simple), complexity: complexity(simple) };
    await print(`${JSON.stringify(record, null, 2)}\n`);
  } else {
    await print(`${options.latex ? toLatex(simple) : expression}\n`);
  }
  return EXIT.done;
}
