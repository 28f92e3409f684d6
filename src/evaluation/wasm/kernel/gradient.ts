/**
 * From postfix code to forward and backward instructions: reverse mode over stored tiles, f64.
 *
 * Every operator keeps its value tile. Adjoints travel down only those branches that hold a parameter, in slots
 * that follow the stack: the backward order visits the right argument before the left one, so an adjoint may
 * overwrite its parent's slot. An adjoint that is a constant, a column or a value costs nothing until it is
 * multiplied, and the derivative by a parameter may simply be another tile.
 */
import { CONSTANT_BYTES, INSTRUCTION, columnAddress, workspace } from './memory';
import * as op from './opcodes';
import * as by from './derivatives';
import { codeLength, codeOf, constantsOf, parameterCount, splatConstant } from './plan';
import { FILL, leftConstant, rightConstant, tileFunction } from './tiles';

/** Bytes of a tile: smaller than for values, since all of them are live at once. */
export const TILE: usize = 1024;
export const TILE_ROWS: i32 = 128;

const VARYING: i32 = 0;
const CONSTANT: i32 = 1;
/** An operand or adjoint: address, stride, kind, and where its adjoint goes (see below). */
const OPERAND: usize = 16;
/** Where: NOWHERE, a node's index, or PARAMETER + index. */
const NOWHERE: i32 = -1;
const PARAMETER: i32 = 0x1000000;
/** A node: opcode, value, derivative tile, level of its adjoint slot; operands a and b; its adjoint. */
const NODE: usize = 64;

export let forwardStart: usize = 0;
export let forwardEnd: usize = 0;
export let backwardStart: usize = 0;
export let backwardEnd: usize = 0;
/** Value of the program: address and stride. */
export let resultAddress: usize = 0;
export let resultStride: u32 = 0;
/** Per parameter, an operand: the tile of the derivative. */
export let columnsOfJacobian: usize = 0;
/** First free byte after the plan. */
export let planEnd: usize = 0;

let cursor: usize = 0;
let constants: usize = 0;
let tiles: usize = 0;
/** Slots lie before the tiles. */
let slots: usize = 0;
let firstTile: usize = 0;
let nodes: usize = 0;

@inline function tileCount(n: usize, parameters: usize): usize {
  return 9 * n + 3 * parameters + 8;
}
@inline function constantBytes(n: usize, parameters: usize): usize {
  return (6 * n + 2 * parameters + 4) * CONSTANT_BYTES;
}

/** Workspace bytes that a program needs, with the accumulators of its normal equations. */
export function gradientBytes(words: i32, parameters: i32): usize {
  const n = <usize>words + 2;
  const p = <usize>parameters;
  const lists = n * (OPERAND + NODE + 7 * INSTRUCTION) + p * (OPERAND + 2 * INSTRUCTION);
  return lists + constantBytes(n, p) + (n + 2 + tileCount(n, p)) * TILE + 4 * TILE + 8 * p * (p + 1) + 1024;
}

@inline function emit(index: u32, out: usize, a: usize, b: usize, c: usize, sa: u32, sb: u32, sc: u32): void {
  store<u32>(cursor, index);
  store<usize>(cursor, out, 4);
  store<usize>(cursor, a, 8);
  store<usize>(cursor, b, 12);
  store<usize>(cursor, c, 16);
  store<u32>(cursor, sa, 20);
  store<u32>(cursor, sb, 24);
  store<u32>(cursor, sc, 28);
  cursor += INSTRUCTION;
}

@inline function newTile(): usize {
  const at = tiles;
  tiles += TILE;
  return at;
}

@inline function newConstant(): usize {
  const at = constants;
  constants += CONSTANT_BYTES;
  return at;
}

@inline function set(at: usize, address: usize, stride: u32, kind: i32, where: i32): void {
  store<usize>(at, address);
  store<u32>(at, stride, 4);
  store<i32>(at, kind, 8);
  store<i32>(at, where, 12);
}

@inline function copyOperand(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
}

@inline function address(x: usize): usize {
  return load<usize>(x);
}
@inline function stride(x: usize): u32 {
  return load<u32>(x, 4);
}
@inline function isConstant(x: usize): bool {
  return load<i32>(x, 8) == CONSTANT;
}
@inline function where(x: usize): i32 {
  return load<i32>(x, 12);
}

/** Turns a constant operand into a tile that is filled once. */
function spread(x: usize): void {
  if (!isConstant(x)) return;
  const tile = newTile();
  call_indirect<void>(tileFunction<f64>(FILL), tile, address(x), tile, tile, TILE);
  set(x, tile, 0, VARYING, where(x));
}

function call2(code: i32, out: usize, a: usize, b: usize): void {
  call_indirect<void>(tileFunction<f64>(code), out, a, b, a, CONSTANT_BYTES);
}

/** An operator as instruction, with the cheap forms for constants. */
function emitBinary(code: i32, out: usize, a: usize, b: usize): void {
  if (code <= op.DIV && isConstant(b) && !isConstant(a)) {
    emit(tileFunction<f64>(rightConstant(code)), out, address(a), address(b), address(a), stride(a), 0, 0);
    return;
  }
  if (code <= op.DIV && isConstant(a) && !isConstant(b)) {
    emit(tileFunction<f64>(leftConstant(code)), out, address(b), address(a), address(b), stride(b), 0, 0);
    return;
  }
  spread(a);
  spread(b);
  emit(tileFunction<f64>(code), out, address(a), address(b), address(a), stride(a), stride(b), stride(a));
}

export function planGradient(program: usize): void {
  const words = codeLength(program);
  const parameters = parameterCount(program);
  const values = constantsOf(program);
  const n = <usize>words + 2;
  slots = (workspace + 63) & ~63;
  tiles = slots + (n + 2) * TILE;
  firstTile = tiles;
  constants = tiles + tileCount(n, parameters) * TILE;
  const stack = constants + constantBytes(n, parameters);
  columnsOfJacobian = stack + n * OPERAND;
  nodes = columnsOfJacobian + <usize>parameters * OPERAND;
  forwardStart = nodes + n * NODE;
  cursor = forwardStart;
  for (let k = 0; k < parameters; k++) set(columnsOfJacobian + OPERAND * <usize>k, 0, 0, VARYING, NOWHERE);

  let top = stack - OPERAND;
  let count = 0;
  for (let at = codeOf(program), end = at + 4 * <usize>words; at < end; at += 4) {
    const word = load<u32>(at);
    const code = <i32>(word & 255);
    if (code == op.VARIABLE) {
      top += OPERAND;
      set(top, columnAddress<f64>(word >> 8), <u32>TILE, VARYING, NOWHERE);
      continue;
    }
    if (code == op.CONSTANT) {
      top += OPERAND;
      const index = <i32>(word >> 8);
      const at = newConstant();
      splatConstant<f64>(at, load<f64>(values + 8 * <usize>index));
      set(top, at, 0, CONSTANT, index < parameters ? PARAMETER + index : NOWHERE);
      continue;
    }
    const binary = code <= op.ATAN2;
    const b = top;
    if (binary) top -= OPERAND;
    const a = top;
    const live = where(a) != NOWHERE || (binary && where(b) != NOWHERE);
    if (isConstant(a) && !live && (!binary || isConstant(b))) {
      const at = newConstant();
      call2(code, at, address(a), address(b));
      set(top, at, 0, CONSTANT, NOWHERE);
      continue;
    }
    const out = newTile();
    const node = nodes + NODE * <usize>count;
    store<i32>(node, code);
    store<usize>(node, out, 4);
    set(node + 48, 0, 0, VARYING, NOWHERE);
    if (binary) {
      emitBinary(code, out, a, b);
    } else {
      spread(a);
      if (live && (code == op.SIN || code == op.COS)) {
        const side = newTile();
        store<usize>(node, side, 8);
        emit(by.backward(code == op.SIN ? by.SIN_BOTH : by.COS_BOTH), out, address(a), side, side, stride(a), 0, 0);
      } else {
        emit(tileFunction<f64>(code), out, address(a), address(a), address(a), stride(a), stride(a), stride(a));
      }
    }
    copyOperand(node + 16, a);
    if (binary) copyOperand(node + 32, b);
    else set(node + 32, 0, 0, VARYING, NOWHERE);
    set(top, out, 0, VARYING, live ? count : NOWHERE);
    count++;
  }
  const seed = newConstant();
  splatConstant<f64>(seed, 1);
  set(adjoint, seed, 0, CONSTANT, NOWHERE);
  const root = where(top);
  spread(top);
  resultAddress = address(top);
  resultStride = stride(top);
  forwardEnd = cursor;
  backwardStart = cursor;
  // A root that is a node keeps `top` as it was: only constants are spread.
  pass(root, adjoint, 0, true);
  for (let i = count - 1; i >= 0; i--) back(i);
  backwardEnd = cursor;
  for (let k: usize = 0; k < <usize>parameters; k++) {
    const column = columnsOfJacobian + OPERAND * k;
    if (address(column) == 0) {
      const zero = newConstant();
      splatConstant<f64>(zero, 0);
      set(column, zero, 0, CONSTANT, NOWHERE);
    }
    spread(column);
  }
  planEnd = (cursor + 63) & ~63;
}

/** Scratch operands of the functions below. */
const adjoint: usize = memory.data(16, 16);
const product: usize = memory.data(16, 16);
const local: usize = memory.data(16, 16);

/** Hands an adjoint to where it goes. `stable` says that nothing overwrites it before the tile is done. */
function pass(to: i32, value: usize, level: u32, stable: bool): void {
  if (to == NOWHERE) return;
  if (to < PARAMETER) {
    const node = nodes + NODE * <usize>to;
    store<u32>(node, level, 12);
    copyOperand(node + 48, value);
    return;
  }
  const column = columnsOfJacobian + OPERAND * <usize>(to - PARAMETER);
  if (address(column) == 0) {
    if (stable) {
      copyOperand(column, value);
    } else {
      const tile = newTile();
      // x + 0 copies
      const zero = newConstant();
      splatConstant<f64>(zero, 0);
      emit(tileFunction<f64>(rightConstant(op.ADD)), tile, address(value), zero, zero, stride(value), 0, 0);
      set(column, tile, 0, VARYING, NOWHERE);
    }
    return;
  }
  if (isConstant(column) && isConstant(value)) {
    const sum = newConstant();
    call2(op.ADD, sum, address(column), address(value));
    set(column, sum, 0, CONSTANT, NOWHERE);
    return;
  }
  const tile = newTile();
  emitBinary(op.ADD, tile, column, value);
  set(column, tile, 0, VARYING, NOWHERE);
}

/** Where the adjoint of a child is written: a new tile for a parameter, else the slot of the level. */
@inline function destination(to: i32, level: u32): usize {
  return to >= PARAMETER ? newTile() : slots + <usize>level * TILE;
}

/** Passes adjoint * x on. */
function passProduct(to: i32, x: usize, level: u32): void {
  if (to == NOWHERE) return;
  if (isConstant(adjoint)) {
    if (isConstant(x)) {
      const at = newConstant();
      call2(op.MUL, at, address(adjoint), address(x));
      set(product, at, 0, CONSTANT, NOWHERE);
      pass(to, product, level, true);
      return;
    }
    if (load<f64>(address(adjoint)) == 1) {
      set(product, address(x), stride(x), VARYING, NOWHERE);
      pass(to, product, level, true);
      return;
    }
  }
  const out = destination(to, level);
  copyOperand(local, x);
  emitBinary(op.MUL, out, adjoint, local);
  set(product, out, 0, VARYING, NOWHERE);
  pass(to, product, level, true);
}

/** Passes a backward operation of the adjoint and two tiles on. */
function passPartial(to: i32, code: i32, x: usize, y: usize, level: u32): void {
  if (to == NOWHERE) return;
  copyOperand(local, adjoint);
  spread(local);
  const out = destination(to, level);
  emit(
    by.backward(code), out, address(local), address(x), address(y), stride(local), stride(x), stride(y),
  );
  set(product, out, 0, VARYING, NOWHERE);
  pass(to, product, level, true);
}

/** Passes the adjoint itself, or its negative. */
function passSigned(to: i32, negative: bool, level: u32): void {
  if (to == NOWHERE) return;
  if (!negative) {
    pass(to, adjoint, level, isConstant(adjoint) || address(adjoint) < slots || address(adjoint) >= firstTile);
    return;
  }
  if (isConstant(adjoint)) {
    const at = newConstant();
    call2(op.NEG, at, address(adjoint), address(adjoint));
    set(product, at, 0, CONSTANT, NOWHERE);
  } else {
    const out = destination(to, level);
    emit(tileFunction<f64>(op.NEG), out, address(adjoint), address(adjoint), address(adjoint), stride(adjoint), 0, 0);
    set(product, out, 0, VARYING, NOWHERE);
  }
  pass(to, product, level, true);
}

const valueOf: usize = memory.data(16, 16);
const derivative: usize = memory.data(16, 16);

/** Backward instructions of one node. The right argument's adjoint lies one level up: it is used up first. */
function back(index: i32): void {
  const node = nodes + NODE * <usize>index;
  const code = load<i32>(node);
  const level = load<u32>(node, 12);
  const a = node + 16;
  const b = node + 32;
  const toA = where(a);
  const toB = where(b);
  if (toA == NOWHERE && toB == NOWHERE) return;
  copyOperand(adjoint, node + 48);
  if (address(adjoint) == 0) return;
  set(valueOf, load<usize>(node, 4), 0, VARYING, NOWHERE);
  switch (code) {
    case op.ADD:
      passSigned(toB, false, level + 1);
      passSigned(toA, false, level);
      return;
    case op.SUB:
      passSigned(toB, true, level + 1);
      passSigned(toA, false, level);
      return;
    case op.MUL:
      passProduct(toB, a, level + 1);
      passProduct(toA, b, level);
      return;
    case op.DIV:
      if (toB != NOWHERE) {
        spread(b);
        passPartial(toB, by.DIV_B, b, valueOf, level + 1);
      }
      if (toA != NOWHERE) {
        if (isConstant(adjoint) && isConstant(b)) {
          const at = newConstant();
          call2(op.DIV, at, address(adjoint), address(b));
          set(product, at, 0, CONSTANT, NOWHERE);
        } else {
          const out = destination(toA, level);
          copyOperand(local, b);
          emitBinary(op.DIV, out, adjoint, local);
          set(product, out, 0, VARYING, NOWHERE);
        }
        pass(toA, product, level, true);
      }
      return;
    case op.POW:
      if (toB != NOWHERE) {
        const slope = newTile();
        emit(by.backward(by.POW_B), slope, address(a), address(b), address(valueOf), stride(a), stride(b), 0);
        set(derivative, slope, 0, VARYING, NOWHERE);
        passProduct(toB, derivative, level + 1);
      }
      if (toA != NOWHERE) {
        const slope = newTile();
        emit(by.backward(by.POW_A), slope, address(a), address(b), address(valueOf), stride(a), stride(b), 0);
        set(derivative, slope, 0, VARYING, NOWHERE);
        passProduct(toA, derivative, level);
      }
      return;
    case op.MIN:
      passPartial(toB, by.MIN_B, a, b, level + 1);
      passPartial(toA, by.MIN_A, a, b, level);
      return;
    case op.MAX:
      passPartial(toB, by.MIN_A, a, b, level + 1);
      passPartial(toA, by.MAX_A, a, b, level);
      return;
    case op.MOD:
      passPartial(toB, by.MOD_B, a, b, level + 1);
      passSigned(toA, false, level);
      return;
    case op.ATAN2:
      passPartial(toB, by.ATAN2_B, a, b, level + 1);
      passPartial(toA, by.ATAN2_A, a, b, level);
      return;
    case op.NEG:
      passSigned(toA, true, level);
      return;
    case op.EXP:
      passProduct(toA, valueOf, level);
      return;
    case op.SIN:
    case op.COS:
      set(derivative, load<usize>(node, 8), 0, VARYING, NOWHERE);
      passProduct(toA, derivative, level);
      return;
    case op.SIGN:
    case op.STEP:
    case op.FLOOR:
    case op.CEIL:
      return;
    default:
      passPartial(toA, code, a, valueOf, level);
  }
}
