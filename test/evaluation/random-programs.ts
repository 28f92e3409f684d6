import type { RandomStream } from '../../src/core/index.ts';
import { LAST_BINARY_OPCODE, OPCODES } from '../../src/evaluation/opcodes.ts';
import type { Program } from '../../src/evaluation/program.ts';

export const ALL_OPERATORS: readonly string[] = OPCODES.slice(2);

/** Postfix code of one operator on columns 0 (and 1). */
export function operatorProgram(name: string): Program {
  const opcode = OPCODES.indexOf(name);
  const binary = opcode <= LAST_BINARY_OPCODE;
  return {
    code: Int32Array.from(binary ? [0, 1 << 8, opcode] : [0, opcode]),
    constants: new Float64Array(0),
    parameters: 0,
    stackDepth: binary ? 2 : 1,
  };
}

export interface ProgramShape {
  /** Number of nodes, exactly. */
  readonly nodes: number;
  readonly columns: number;
  readonly operators: readonly string[];
  /** Share of leaves that are constants. */
  readonly constants?: number;
}

/** A random tree of exactly `nodes` nodes, uniform in the operators; constants are normal deviates times 2. */
export function randomProgram(random: RandomStream, shape: ProgramShape): Program {
  const opcodes = shape.operators.map((name) => OPCODES.indexOf(name));
  const unary = opcodes.filter((opcode) => opcode > LAST_BINARY_OPCODE);
  const binary = opcodes.filter((opcode) => opcode <= LAST_BINARY_OPCODE);
  const code: number[] = [];
  const constants: number[] = [];
  let stackDepth = 0;
  const grow = (nodes: number, level: number): void => {
    stackDepth = Math.max(stackDepth, level + 1);
    if (nodes === 1) {
      if (random.uniform() < (shape.constants ?? 0.3)) code.push(((constants.push(2 * random.normal()) - 1) << 8) | 1);
      else code.push(random.integer(shape.columns) << 8);
      return;
    }
    const one = nodes === 2 || binary.length === 0;
    const choices = one ? unary : opcodes;
    const opcode = choices[random.integer(choices.length)];
    if (opcode > LAST_BINARY_OPCODE) grow(nodes - 1, level);
    else {
      const left = 1 + random.integer(nodes - 2);
      grow(left, level);
      grow(nodes - 1 - left, level + 1);
    }
    code.push(opcode);
  };
  grow(shape.nodes, 0);
  return {
    code: Int32Array.from(code),
    constants: Float64Array.from(constants),
    parameters: constants.length,
    stackDepth,
  };
}
