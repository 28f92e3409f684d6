import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { instructionsOf, MODES, OPCODE_SPAN } from '../../../src/evaluation/gpu/instructions.ts';
import { compile } from '../../../src/evaluation/index.ts';
import { LAST_BINARY_OPCODE, OPCODES } from '../../../src/evaluation/opcodes.ts';
import { parse, STANDARD_OPERATORS } from '../../../src/expressions/index.ts';
import { ALL_OPERATORS, randomProgram } from '../random-programs.ts';

const apply = (opcode: number, a: number, b: number): number => STANDARD_OPERATORS.get(OPCODES[opcode]).apply(a, b);

/** Runs postfix code at one row. */
function runCode(code: ArrayLike<number>, constants: Float64Array, row: readonly number[]): number {
  const stack: number[] = [];
  for (let i = 0; i < code.length; i++) {
    const opcode = code[i] & 0xff;
    if (opcode === 0) stack.push(row[code[i] >> 8]);
    else if (opcode === 1) stack.push(constants[code[i] >> 8]);
    else {
      const b = opcode <= LAST_BINARY_OPCODE ? (stack.pop() as number) : 0;
      stack.push(apply(opcode, stack.pop() as number, b));
    }
  }
  return stack[0];
}

/** Runs instructions at one row on `depth` registers. */
function runPairs(pairs: Float32Array, depth: number, row: readonly number[]): number {
  const stack: number[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const mode = Math.floor(pairs[i] / OPCODE_SPAN);
    const opcode = pairs[i] % OPCODE_SPAN;
    const isColumn = mode === MODES.columnLast || mode === MODES.columnFirst || mode === MODES.pushColumn;
    const operand = isColumn ? row[pairs[i + 1]] : pairs[i + 1];
    if (mode >= MODES.pushColumn) stack.push(operand);
    else {
      const top = stack.pop() as number;
      if (mode === MODES.stack)
        stack.push(opcode <= LAST_BINARY_OPCODE ? apply(opcode, stack.pop() as number, top) : apply(opcode, top, 0));
      else if (mode === MODES.swapped) stack.push(apply(opcode, top, stack.pop() as number));
      else if (mode <= MODES.numberLast) stack.push(apply(opcode, top, operand));
      else stack.push(apply(opcode, operand, top));
    }
    expect(stack.length).toBeLessThanOrEqual(depth);
  }
  expect(stack).toHaveLength(1);
  return stack[0];
}

describe('instructions', () => {
  it('have the values of the code they are made of, within the registers they state', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 60 }), (seed, nodes) => {
        const random = new RandomStream(seed);
        const program = randomProgram(random, { nodes, columns: 3, operators: ALL_OPERATORS });
        const constants = program.constants.map(Math.fround);
        const row = [random.normal(), random.normal(), random.normal()];
        const { pairs, depth, length } = instructionsOf({ ...program, constants });
        expect(pairs.length).toBe(2 * length);
        expect(runPairs(pairs, depth, row)).toBe(runCode(program.code, constants, row));
        // A tree of n leaves needs log2(n) + 1 registers at most.
        expect(depth).toBeLessThanOrEqual(Math.floor(Math.log2((nodes + 1) / 2)) + 1);
      }),
      { numRuns: 500 },
    );
  });

  it('take leaves as operands', () => {
    const columns = new Map([
      ['x', 0],
      ['y', 1],
    ]);
    const of = (text: string): number[] => [...instructionsOf(compile(parse(text), columns)).pairs];
    const [add, div] = ['add', 'div'].map((name) => OPCODES.indexOf(name));
    expect(of('x + y')).toEqual([MODES.pushColumn * OPCODE_SPAN, 0, MODES.columnLast * OPCODE_SPAN + add, 1]);
    expect(of('2 / (x + y)').slice(-2)).toEqual([MODES.numberFirst * OPCODE_SPAN + div, 2]);
  });
});
