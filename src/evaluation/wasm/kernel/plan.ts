/**
 * From postfix code to instructions on tiles.
 *
 * The stack holds operands, not values: a column, a constant or a tile. Leaves therefore cost nothing, an
 * operator of constants is done once, and its result is a constant again.
 */
import { CONSTANT_BYTES, INSTRUCTION, TILE, columnAddress, workspace } from './memory';
import * as op from './opcodes';
import { FILL, leftConstant, rightConstant, tileFunction } from './tiles';

/** A program as the host packs it: code length, constants, parameters, 0; the constants; the code, padded to 8 bytes. */
@inline export function codeLength(program: usize): i32 {
  return load<i32>(program);
}
@inline export function constantCount(program: usize): i32 {
  return load<i32>(program, 4);
}
@inline export function parameterCount(program: usize): i32 {
  return load<i32>(program, 8);
}
@inline export function constantsOf(program: usize): usize {
  return program + 16;
}
@inline export function codeOf(program: usize): usize {
  return program + 16 + 8 * <usize>constantCount(program);
}
@inline export function afterProgram(program: usize): usize {
  return codeOf(program) + (((<usize>codeLength(program) + 1) & ~1) << 2);
}

/** An operand on the stack: address, stride (TILE for columns, else 0), kind. */
const OPERAND: usize = 16;
const VARYING: i32 = 0;
const CONSTANT: i32 = 1;

export let instructions: usize = 0;
export let instructionsEnd: usize = 0;
let constants: usize = 0;

@inline function emit(index: u32, out: usize, a: usize, b: usize, strideA: u32, strideB: u32): void {
  store<u32>(instructionsEnd, index);
  store<usize>(instructionsEnd, out, 4);
  store<usize>(instructionsEnd, a, 8);
  store<usize>(instructionsEnd, b, 12);
  store<usize>(instructionsEnd, 0, 16);
  store<u32>(instructionsEnd, strideA, 20);
  store<u32>(instructionsEnd, strideB, 24);
  store<u32>(instructionsEnd, 0, 28);
  instructionsEnd += INSTRUCTION;
}

@inline function setOperand(at: usize, address: usize, stride: u32, kind: i32): void {
  store<usize>(at, address);
  store<u32>(at, stride, 4);
  store<i32>(at, kind, 8);
}

/** Writes a value over the 64 bytes of a new constant. */
@inline export function splatConstant<T>(at: usize, value: f64): void {
  const x = v128.splat<T>(<T>value);
  v128.store(at, x);
  v128.store(at, x, 16);
  v128.store(at, x, 32);
  v128.store(at, x, 48);
}

/** Scratch bytes that a plan of `words` words needs; stack depth <= words. */
export function planBytes(words: i32): usize {
  const n = <usize>words + 2;
  return n * (OPERAND + 2 * CONSTANT_BYTES + 3 * INSTRUCTION) + (n + 2) * TILE + 256;
}

/**
 * Lowers a program for values. Its result is the address and stride that `resultAddress` and `resultStride` give.
 */
export let resultAddress: usize = 0;
export let resultStride: u32 = 0;

export function plan<T>(program: usize): void {
  const words = codeLength(program);
  const n = <usize>words + 2;
  const values = constantsOf(program);
  const slots = (workspace + 63) & ~63;
  constants = slots + (n + 2) * TILE;
  const stack = constants + 2 * n * CONSTANT_BYTES;
  instructions = stack + n * OPERAND;
  instructionsEnd = instructions;
  let top = stack - OPERAND;
  let slot = slots - TILE;
  for (let at = codeOf(program), end = at + 4 * <usize>words; at < end; at += 4) {
    const word = load<u32>(at);
    const code = <i32>(word & 255);
    if (code == op.VARIABLE) {
      top += OPERAND;
      slot += TILE;
      setOperand(top, columnAddress<T>(word >> 8), <u32>TILE, VARYING);
    } else if (code == op.CONSTANT) {
      top += OPERAND;
      slot += TILE;
      splatConstant<T>(constants, load<f64>(values + 8 * <usize>(word >> 8)));
      setOperand(top, constants, 0, CONSTANT);
      constants += CONSTANT_BYTES;
    } else if (code > op.ATAN2) {
      const a = load<usize>(top);
      if (load<i32>(top, 8) == CONSTANT) {
        call_indirect<void>(tileFunction<T>(code), constants, a, a, a, CONSTANT_BYTES);
        store<usize>(top, constants);
        constants += CONSTANT_BYTES;
      } else {
        emit(tileFunction<T>(code), slot, a, a, load<u32>(top, 4), 0);
        setOperand(top, slot, 0, VARYING);
      }
    } else {
      const b = load<usize>(top);
      const strideB = load<u32>(top, 4);
      const fixedB = load<i32>(top, 8);
      top -= OPERAND;
      slot -= TILE;
      const a = load<usize>(top);
      const strideA = load<u32>(top, 4);
      const fixedA = load<i32>(top, 8);
      if (fixedA & fixedB) {
        call_indirect<void>(tileFunction<T>(code), constants, a, b, a, CONSTANT_BYTES);
        store<usize>(top, constants);
        constants += CONSTANT_BYTES;
        continue;
      }
      if (fixedA | fixedB) {
        if (code <= op.DIV) {
          if (fixedB) emit(tileFunction<T>(rightConstant(code)), slot, a, b, strideA, 0);
          else emit(tileFunction<T>(leftConstant(code)), slot, b, a, strideB, 0);
        } else if (code == op.POW && fixedB && (sizeof<T>() == 8 ? load<f64>(b) == 2 : load<f32>(b) == 2)) {
          emit(tileFunction<T>(op.SQUARE), slot, a, a, strideA, 0);
        } else if (fixedB) {
          emit(tileFunction<T>(FILL), slot + TILE, b, b, 0, 0);
          emit(tileFunction<T>(code), slot, a, slot + TILE, strideA, 0);
        } else {
          emit(tileFunction<T>(FILL), slot, a, a, 0, 0);
          emit(tileFunction<T>(code), slot, slot, b, 0, strideB);
        }
      } else {
        emit(tileFunction<T>(code), slot, a, b, strideA, strideB);
      }
      setOperand(top, slot, 0, VARYING);
    }
  }
  resultAddress = load<usize>(top);
  resultStride = load<u32>(top, 4);
  if (load<i32>(top, 8) == CONSTANT) {
    emit(tileFunction<T>(FILL), slot, resultAddress, resultAddress, 0, 0);
    resultAddress = slot;
  }
}

/** Runs instructions on one tile. `tile` counts tiles from the first row. */
export function execute(from: usize, to: usize, tile: u32, bytes: usize): void {
  for (; from < to; from += INSTRUCTION) {
    call_indirect<void>(
      load<u32>(from),
      load<usize>(from, 4),
      load<usize>(from, 8) + tile * load<u32>(from, 20),
      load<usize>(from, 12) + tile * load<u32>(from, 24),
      load<usize>(from, 16) + tile * load<u32>(from, 28),
      bytes,
    );
  }
}
