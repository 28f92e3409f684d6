import { commentLines } from '../comment.ts';
import { doubleLiteral, numbersWith, render, usedDefinitions, wholePowers } from '../render.ts';
import type { ExportTarget, ExportUnit } from '../target.ts';
import { around, calling, functions, LEVEL, SIGNS } from '../template.ts';

/** What Fortran lacks, or leaves to the compiler at zero and NaN, as private elemental functions of the module. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  ...interfaces('cbrt', 'log1p', 'expm1'),
  not_a_number: `
pure function not_a_number() result(c)
  real(real64) :: c
  c = ieee_value(0.0_real64, ieee_quiet_nan)
end function not_a_number`,
  infinite: `
pure function infinite() result(c)
  real(real64) :: c
  c = ieee_value(0.0_real64, ieee_positive_inf)
end function infinite`,
  square: elemental('square', 'a', ['c = a * a']),
  cube: elemental('cube', 'a', ['c = a * a * a']),
  cube_root: elemental('cube_root', 'a', ['c = c_cbrt(a)']),
  log_one_plus: elemental('log_one_plus', 'a', ['c = c_log1p(a)']),
  exp_minus_one: elemental('exp_minus_one', 'a', ['c = c_expm1(a)']),
  exp_two: elemental('exp_two', 'a', ['c = 2.0_real64**a']),
  log_two: elemental('log_two', 'a', ['c = log(a) / log(2.0_real64)']),
  rounded_down: elemental('rounded_down', 'a', [
    'c = a',
    'if (abs(a) < 4503599627370496.0_real64) c = aint(a)',
    'if (c > a) c = c - 1.0_real64',
  ]),
  rounded_up: elemental('rounded_up', 'a', ['c = -rounded_down(-a)']),
  is_whole: `
elemental function is_whole(a) result(c)
  real(real64), intent(in) :: a
  logical :: c
  c = .false.
  if (ieee_is_finite(a)) c = rounded_down(a) == a
end function is_whole`,
  real_power: elemental('real_power', 'a, b', [
    'c = ieee_value(0.0_real64, ieee_quiet_nan)',
    'if (a > 0.0_real64) then',
    '  if (a /= 1.0_real64 .or. ieee_is_finite(b)) c = a**b',
    'else if (a < 0.0_real64) then',
    '  if (is_whole(b)) c = a**b',
    'else if (a == 0.0_real64 .and. b >= 0.0_real64) then',
    '  c = 0.0_real64',
    '  if (b == 0.0_real64) c = 1.0_real64',
    'end if',
  ]),
  angle: elemental('angle', 'y, x', ['c = atan2(y + 0.0_real64, x + 0.0_real64)']),
  smaller: elemental('smaller', 'a, b', ['c = b', 'if (a < b .or. a /= a) c = a']),
  larger: elemental('larger', 'a, b', ['c = b', 'if (a > b .or. a /= a) c = a']),
  remainder_of: elemental('remainder_of', 'a, b', ['c = a - b * rounded_down(a / b)']),
  sign_of: elemental('sign_of', 'a', [
    'c = a',
    'if (a > 0.0_real64) c = 1.0_real64',
    'if (a < 0.0_real64) c = -1.0_real64',
  ]),
  step_of: elemental('step_of', 'a', [
    'c = a',
    'if (a > 0.0_real64) c = 1.0_real64',
    'if (a <= 0.0_real64) c = 0.0_real64',
  ]),
  ramp: elemental('ramp', 'a', ['c = a', 'if (a < 0.0_real64) c = 0.0_real64']),
  gamma_of: elemental('gamma_of', 'a', [
    'c = gamma(a)',
    'if (a <= 0.0_real64 .and. rounded_down(a) == a) c = ieee_value(0.0_real64, ieee_quiet_nan)',
  ]),
  logistic: elemental('logistic', 'a', ['c = 1.0_real64 / (1.0_real64 + exp(-a))']),
};

/** A private function of the module. */
function elemental(name: string, args: string, body: readonly string[]): string {
  return [
    `elemental function ${name}(${args}) result(c)`,
    `  real(real64), intent(in) :: ${args}`,
    '  real(real64) :: c',
    ...body.map((line) => `  ${line}`),
    `end function ${name}`,
  ].join('\n');
}

/** Functions of the C library, which every Fortran program is linked with. */
function interfaces(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [
      `c_${name}`,
      [
        'interface',
        `  pure function c_${name}(a) bind(C, name="${name}") result(c)`,
        '    import :: c_double',
        '    real(c_double), value :: a',
        '    real(c_double) :: c',
        `  end function c_${name}`,
        'end interface',
      ].join('\n'),
    ]),
  );
}

const NOTATION = {
  operators: {
    ...SIGNS,
    inv: around('1.0_real64 / #1', LEVEL.product),
    ...functions(
      Object.fromEntries(
        'sqrt exp log log10 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh abs erf'
          .split(' ')
          .map((name) => [name, name]),
      ),
    ),
    ...functions({ pow: 'real_power', atan2: 'angle', min: 'smaller', max: 'larger', mod: 'remainder_of' }, 2),
    ...functions({ square: 'square', cube: 'cube', cbrt: 'cube_root', log1p: 'log_one_plus', expm1: 'exp_minus_one' }),
    ...functions({ exp2: 'exp_two', log2: 'log_two', floor: 'rounded_down', ceil: 'rounded_up', sign: 'sign_of' }),
    ...functions({ step: 'step_of', relu: 'ramp', gamma: 'gamma_of' }),
    sigmoid: calling('logistic'),
  },
  special: wholePowers('**'),
  number: numbersWith(
    { nan: 'not_a_number()', infinity: 'infinite()' },
    (value) => `${doubleLiteral(value).replace('+', '')}_real64`,
  ),
};

const KEYWORDS =
  'abs acos acosh aint anint asin asinh atan atan2 atanh cos cosh erf exp gamma log log10 sign sin sinh sqrt tan tanh ' +
  'real real64 integer logical complex character double precision import interface module contains function subroutine ' +
  'result elemental pure intent private public implicit none use only end if then else do while where forall select case ' +
  'call return stop program block data common save dimension parameter allocatable pointer target type class value ' +
  'bind procedure enum associate critical ieee_value ieee_quiet_nan ieee_positive_inf ieee_is_finite c_double ' +
  'iso_fortran_env iso_c_binding ieee_arithmetic entry format goto include read write print open close inquire namelist';

/** A module with one elemental function of kind real64; Fortran 2008, lines of at most 132 columns. */
export const FORTRAN: ExportTarget = {
  name: 'fortran',
  language: 'Fortran',
  extension: '.f90',
  operators: NOTATION.operators,
  special: NOTATION.special,
  absent: {},
  outsideDomain: 'NaN, unless compiled with -ffast-math or trapped with -ffpe-trap',
  names: {
    reserved: new Set([...KEYWORDS.split(' ').filter(Boolean), ...Object.keys(DEFINITIONS)]),
    reservedPattern: /^(ieee|iso|c)_|_module$/i,
    caseSensitive: false,
    longest: 50,
  },
  form: 'steps',
  module: fortranModule,
};

const LONGEST_LINE = 110;

/** Continues a statement on as many lines as it takes; after a blank, a comma or a bracket where there is one. */
function continued(line: string): string[] {
  const indent = /^ */.exec(line)![0];
  const lines: string[] = [];
  let rest = line;
  while (rest.length > LONGEST_LINE) {
    const head = rest.slice(0, LONGEST_LINE);
    const at = Math.max(head.lastIndexOf(' '), head.lastIndexOf('('), head.lastIndexOf(',')) + 1;
    // Further down than the ampersand and blanks that begin the line; anywhere else will do.
    const end = at > indent.length + 20 ? at : LONGEST_LINE;
    lines.push(`${rest.slice(0, end)}&`);
    rest = `${indent}  &${rest.slice(end)}`;
  }
  return [...lines, rest];
}

function fortranModule(unit: ExportUnit): string {
  const { name } = unit;
  const lines = [
    ...unit.steps.map((step) => `${step.name} = ${render(step.value, NOTATION)}`),
    `value = ${render(unit.result, NOTATION)}`,
  ];
  const definitions = usedDefinitions(lines.join('\n'), DEFINITIONS).map((text) => text.trim());
  const external = definitions.filter((text) => text.startsWith('interface'));
  const internal = definitions.filter((text) => !text.startsWith('interface'));
  const all = definitions.join('\n');
  const ieee = ['ieee_value', 'ieee_quiet_nan', 'ieee_positive_inf', 'ieee_is_finite'].filter((word) =>
    all.includes(word),
  );
  const indented = (text: string) => text.split('\n').map((line) => `  ${line}`);
  const args = unit.arguments.join(', ');
  const code = [
    `module ${name}_module`,
    '  use, intrinsic :: iso_fortran_env, only: real64',
    ...(ieee.length > 0 ? [`  use, intrinsic :: ieee_arithmetic, only: ${ieee.join(', ')}`] : []),
    ...(external.length > 0 ? ['  use, intrinsic :: iso_c_binding, only: c_double'] : []),
    '  implicit none',
    '  private',
    `  public :: ${name}`,
    ...external.flatMap(indented),
    'contains',
    `  ${unit.arguments.length > 0 ? 'elemental' : 'pure'} function ${name}(${args}) result(value)`,
    ...(unit.arguments.length > 0 ? [`    real(real64), intent(in) :: ${args}`] : []),
    '    real(real64) :: value',
    ...unit.steps.map((step) => `    real(real64) :: ${step.name}`),
    ...lines.map((line) => `    ${line}`),
    `  end function ${name}`,
    ...internal.flatMap((text) => ['', ...indented(text)]),
    `end module ${name}_module`,
  ];
  return ['! Formula found by Ansatz.', ...commentLines(unit.comments, '!'), ...code.flatMap(continued), ''].join('\n');
}
