import { LAST_BINARY_OPCODE } from '../opcodes.ts';
import type { Program } from '../program.ts';

/** Where an instruction takes its arguments from; what it leaves is the new top of the stack. */
export const MODES = {
  /** The top is the last argument. */
  stack: 0,
  /** The last argument is a column, or a number. */
  columnLast: 1,
  numberLast: 2,
  /** The first argument is a column, or a number; the last one is the top. */
  columnFirst: 3,
  numberFirst: 4,
  /** The top is the first argument. */
  swapped: 5,
  /** Puts a column, or a number, on the stack. */
  pushColumn: 6,
  pushNumber: 7,
} as const;

/** An instruction is `mode * OPCODE_SPAN + opcode`. */
export const OPCODE_SPAN = 64;

/** A program for few registers, as pairs of an instruction and its column or number; f32 can hold both. */
export interface Instructions {
  /** Shape [length * 2]. */
  readonly pairs: Float32Array;
  readonly length: number;
  /** Values on the stack at most. */
  readonly depth: number;
}

interface Node {
  readonly opcode: number;
  /** Column of a variable, value of a constant. */
  readonly operand: number;
  readonly children: readonly Node[];
  /** Registers that it takes to evaluate: those of its dearer child where that goes first. */
  readonly depth: number;
}

const isLeaf = (node: Node): boolean => node.opcode < 2;

function treeOf({ code, constants }: Program): Node {
  const stack: Node[] = [];
  for (const word of code) {
    const opcode = word & 0xff;
    if (opcode < 2) {
      const operand = opcode === 0 ? word >> 8 : constants[word >> 8];
      stack.push({ opcode, operand, children: [], depth: 1 });
      continue;
    }
    const children = stack.splice(stack.length - (opcode <= LAST_BINARY_OPCODE ? 2 : 1));
    const [a, b] = children;
    let depth = a.depth;
    if (b !== undefined && !isLeaf(b))
      depth = a.depth === b.depth && !isLeaf(a) ? a.depth + 1 : Math.max(a.depth, b.depth);
    stack.push({ opcode, operand: 0, children, depth });
  }
  return stack[0];
}

/**
 * Rewrites postfix code: leaves become operands of the operators above them, and of two arguments that both need the
 * stack the dearer one is evaluated first. Values are those of the program.
 */
export function instructionsOf(program: Program): Instructions {
  const words: number[] = [];
  const emit = (mode: number, opcode: number, operand: number): void => {
    words.push(mode * OPCODE_SPAN + opcode, operand);
  };
  const push = ({ opcode, operand }: Node): void =>
    emit(opcode === 0 ? MODES.pushColumn : MODES.pushNumber, opcode, operand);
  const visit = (node: Node): void => {
    const { opcode, children } = node;
    const [a, b] = children;
    if (isLeaf(node)) push(node);
    else if (b === undefined) {
      visit(a);
      emit(MODES.stack, opcode, 0);
    } else if (isLeaf(b)) {
      visit(a);
      emit(b.opcode === 0 ? MODES.columnLast : MODES.numberLast, opcode, b.operand);
    } else if (isLeaf(a)) {
      visit(b);
      emit(a.opcode === 0 ? MODES.columnFirst : MODES.numberFirst, opcode, a.operand);
    } else {
      const first = a.depth >= b.depth;
      visit(first ? a : b);
      visit(first ? b : a);
      emit(first ? MODES.stack : MODES.swapped, opcode, 0);
    }
  };
  const root = treeOf(program);
  visit(root);
  return { pairs: Float32Array.from(words), length: words.length / 2, depth: root.depth };
}
