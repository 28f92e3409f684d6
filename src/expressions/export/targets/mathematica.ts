import { numbersWith, render } from '../render.ts';
import type { ExportTarget, ExportUnit } from '../target.ts';
import { around, holding, LEVEL, SIGNS, type Template } from '../template.ts';

/** Wolfram writes machine numbers with a back-quote, so that 17 digits do not ask for more precision, and 10^n as *^n. */
function finite(value: number): string {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  const [mantissa, exponent] = (Object.is(value, -0) ? '-0.0' : String(value)).split('e');
  const digits = `${mantissa}${mantissa.includes('.') ? '' : '.'}\``;
  return exponent === undefined ? digits : `${digits}*^${Number(exponent)}`;
}

const FUNCTIONS =
  'sqrt Sqrt cbrt CubeRoot exp Exp log Log log2 Log2 log10 Log10 sin Sin cos Cos tan Tan asin ArcSin acos ArcCos ' +
  'atan ArcTan sinh Sinh cosh Cosh tanh Tanh asinh ArcSinh acosh ArcCosh atanh ArcTanh abs Abs sign Sign floor Floor ' +
  'ceil Ceiling erf Erf gamma Gamma sigmoid LogisticSigmoid';

function functionTemplates(): Record<string, Template> {
  const words = FUNCTIONS.split(' ');
  const templates: Record<string, Template> = {};
  for (let i = 0; i < words.length; i += 2) templates[words[i]] = holding(`${words[i + 1]}[#1]`);
  return templates;
}

const NOTATION = {
  operators: {
    ...SIGNS,
    ...functionTemplates(),
    inv: around('1 / #1', LEVEL.product),
    square: around('#1^2', LEVEL.power),
    cube: around('#1^3', LEVEL.power),
    pow: around('#1^#2', LEVEL.power),
    exp2: around('2^#1', LEVEL.power),
    log1p: { text: 'Log[1 + #1]', level: LEVEL.atom, needs: [LEVEL.product] },
    expm1: { text: 'Exp[#1] - 1', level: LEVEL.sum, needs: [0] },
    atan2: holding('ArcTan[#2, #1]'),
    min: holding('Min[#1, #2]'),
    max: holding('Max[#1, #2]'),
    mod: holding('Mod[#1, #2]'),
    step: holding('Boole[#1 > 0]'),
    relu: holding('Max[#1, 0]'),
  },
  number: numbersWith({ nan: 'Indeterminate', infinity: 'Infinity' }, finite),
};

/** A definition in the Wolfram Language. Names lose their underscores, and capitals are left to the system. */
export const MATHEMATICA: ExportTarget = {
  name: 'mathematica',
  language: 'Mathematica',
  extension: '.wl',
  operators: NOTATION.operators,
  absent: {},
  outsideDomain: 'the complex value, ComplexInfinity at a pole; ArcTan[0, 0] is Indeterminate',
  names: { reserved: new Set(), reservedPattern: /^[A-Z]/, underscore: false },
  form: 'steps',
  module: mathematicaModule,
};

function mathematicaModule(unit: ExportUnit): string {
  const { name, steps } = unit;
  const result = render(unit.result, NOTATION);
  const body =
    steps.length === 0
      ? `  ${result}`
      : [
          `  Module[{${steps.map((step) => step.name).join(', ')}},`,
          ...steps.map((step) => `    ${step.name} = ${render(step.value, NOTATION)};`),
          `    ${result}]`,
        ].join('\n');
  return [
    '(* Formula found by Ansatz. *)',
    ...unit.comments.map((line) => `(* ${line} *)`),
    `${name}[${unit.arguments.map((argument) => `${argument}_`).join(', ')}] :=`,
    body,
    '',
  ].join('\n');
}
