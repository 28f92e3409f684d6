import { LAST_BINARY_OPCODE, OPCODES } from '../opcodes.ts';
import { DECLINED, FUNCTIONS, LARGEST } from './functions.ts';
import { MODES, OPCODE_SPAN } from './instructions.ts';
import { OPERATORS } from './operators.ts';

/** What a kernel is compiled for; programs and data are arguments. */
export interface KernelShape {
  /** Registers of the stack. */
  readonly depth: number;
  /** Rows that one thread evaluates at a time. */
  readonly lanes: number;
}

const LETTERS = 'abcdefgh';
const lanesOf = ({ lanes }: KernelShape): string[] => [...LETTERS.slice(0, lanes)];
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Nested conditions that find the branch of `name` among whole numbers in about log2(n) comparisons. */
function search(name: string, branches: readonly (readonly [value: number, body: string])[]): string {
  if (branches.length === 1) return branches[0][1];
  const middle = branches.length >> 1;
  const [value] = branches[middle];
  return `if (${name} < ${value - 0.5}) { ${search(name, branches.slice(0, middle))} }
    else { ${search(name, branches.slice(middle))} }`;
}

/**
 * A branch that is never taken, which calls every function, callers before callees: gpu.js declares functions in the
 * order in which it meets them, and one that is met again without what it calls itself would stand above that.
 */
const DECLARATIONS = `if (one < 0.5) { seen = ${Object.entries(FUNCTIONS)
  .reverse()
  .map(([name, source]) => `${name}(${source.slice(0, source.indexOf(')')).includes(',') ? 'one, one' : 'one'})`)
  .join(' + ')}; }`;

/**
 * Statements that run one program on the rows `row_a`, `row_b`, ...: register 0 of each lane then holds the value, and
 * `bad_a` is 1 where a value on the way was none.
 *
 * The arguments of the kernel: programs [programs * words * 2], data [columns * rows]; `width` is words * 2 and
 * `stride` the rows of a column. A program ends at its `length`.
 */
function interpreter(shape: KernelShape): string {
  const lanes = lanesOf(shape);
  const each = (write: (lane: string) => string): string => lanes.map(write).join('\n');
  const registers = range(shape.depth);
  const declare = each((l) => registers.map((k) => `let s${k}_${l} = 0.0;`).join(' '));
  const pushed = (l: string): string =>
    registers
      .slice(1)
      .reverse()
      .map((k) => `s${k}_${l} = s${k - 1}_${l};`)
      .join(' ');
  const popped = (l: string): string =>
    registers
      .slice(1, -1)
      .map((k) => `s${k}_${l} = s${k + 1}_${l};`)
      .join(' ');
  const operators = OPCODES.flatMap((name, opcode): [number, string][] =>
    opcode < 2 ? [] : [[opcode, each((l) => `r_${l} = ${OPERATORS[name](`x_${l}`, `y_${l}`)};`)]],
  );
  const M = MODES;
  return `
    ${declare}
    ${each((l) => `let bad_${l} = 0.0; let x_${l} = 0.0; let y_${l} = 0.0; let r_${l} = 0.0; let v_${l} = 0.0;`)}
    for (let i = 0; i < length; i++) {
      const word = programs[start + 2 * i];
      const operand = programs[start + 2 * i + 1];
      const mode = Math.floor((word + 0.5) / ${OPCODE_SPAN});
      const op = word - mode * ${OPCODE_SPAN};
      const isColumn = (mode > ${M.columnLast - 0.5} && mode < ${M.columnLast + 0.5}) || (mode > ${M.columnFirst - 0.5} && mode < ${M.columnFirst + 0.5}) || (mode > ${M.pushColumn - 0.5} && mode < ${M.pushColumn + 0.5});
      if (isColumn) {
        const column = operand * stride;
        ${each((l) => `v_${l} = data[column + row_${l}];`)}
      } else {
        ${each((l) => `v_${l} = operand;`)}
      }
      ${each((l) => `if (Math.abs(v_${l}) > ${LARGEST}) { bad_${l} = 1.0; }`)}
      if (mode > ${M.swapped + 0.5}) {
        ${each((l) => `${pushed(l)} s0_${l} = v_${l};`)}
      } else {
        if (mode < ${M.stack + 0.5}) {
          if (op < ${LAST_BINARY_OPCODE + 0.5}) { ${each((l) => `x_${l} = s1_${l}; y_${l} = s0_${l}; ${popped(l)}`)} }
          else { ${each((l) => `x_${l} = s0_${l};`)} }
        } else if (mode < ${M.numberLast + 0.5}) {
          ${each((l) => `x_${l} = s0_${l}; y_${l} = v_${l};`)}
        } else if (mode < ${M.numberFirst + 0.5}) {
          ${each((l) => `x_${l} = v_${l}; y_${l} = s0_${l};`)}
        } else {
          ${each((l) => `x_${l} = s0_${l}; y_${l} = s1_${l}; ${popped(l)}`)}
        }
        ${search('op', operators)}
        ${each((l) => `if (Math.abs(r_${l}) < ${LARGEST}) { s0_${l} = r_${l}; } else { bad_${l} = 1.0; s0_${l} = 1.0; }`)}
      }
    }`;
}

/**
 * Sums of weighted losses over rows, one thread for a chunk of the rows of a program.
 *
 * Output [programs][chunks]: the sum by Kahan's rule, or DECLINED where a value was none. The factor `one` is 1; no
 * compiler knows, so that none reads (a + b) - a as b.
 */
export function lossSource(shape: KernelShape): string {
  const lanes = lanesOf(shape);
  return `function (programs, data, lengths, width, stride, rows, chunk, columns, kind, delta, one) {
    let seen = 0.0;
    ${DECLARATIONS}
    const start = this.thread.y * width;
    const length = lengths[this.thread.y];
    const first = this.thread.x * chunk;
    const target = columns * stride;
    const weights = (columns + 1) * stride;
    let sum = 0.0;
    let lost = 0.0;
    let bad = seen;
    for (let step = 0; step < chunk; step += ${shape.lanes}) {
      if (first + step >= rows || bad > 0.5) { break; }
      ${lanes.map((l, k) => `const row_${l} = Math.min(first + step + ${k}, rows - 1);`).join('\n')}
      ${interpreter(shape)}
      ${lanes
        .map(
          (l, k) => `
      if (bad_${l} > 0.5) { bad = 1.0; }
      if (first + step + ${k} < rows) {
        const d = Math.abs(s0_${l} - data[target + row_${l}]);
        let rho = d * d;
        if (kind > 0.5) {
          if (kind < 1.5) { rho = d; }
          else if (kind < 2.5) { rho = d <= delta ? 0.5 * d * d : delta * (d - 0.5 * delta); }
          else { rho = logCosh(d); }
        }
        const term = rho * data[weights + row_${l}];
        if (term < ${LARGEST}) {
          const shifted = term - lost;
          const next = (sum + shifted) * one;
          lost = (next - sum) - shifted;
          sum = next;
        } else { bad = 1.0; }
      }`,
        )
        .join('\n')}
    }
    return bad > 0.5 || sum > ${LARGEST} ? ${DECLINED} : sum;
  }`;
}

/** Adds the chunks of each program. Output [programs]. */
export const REDUCE_SOURCE = `function (parts, chunks, one) {
    let sum = 0.0;
    let lost = 0.0;
    let bad = 0.0;
    for (let i = 0; i < chunks; i++) {
      const part = parts[this.thread.x][i];
      if (part < ${LARGEST}) {
        const shifted = part - lost;
        const next = (sum + shifted) * one;
        lost = (next - sum) - shifted;
        sum = next;
      } else { bad = 1.0; }
    }
    return bad > 0.5 || sum > ${LARGEST} ? ${DECLINED} : sum;
  }`;

/** Values of one program. Output [rows]: the value, or DECLINED. */
export function valuesSource(shape: KernelShape): string {
  return `function (programs, data, length, stride, one) {
    let seen = 0.0;
    ${DECLARATIONS}
    const start = 0;
    const row_a = this.thread.x;
    ${interpreter({ ...shape, lanes: 1 })}
    return bad_a + seen > 0.5 ? ${DECLINED} : s0_a;
  }`;
}
