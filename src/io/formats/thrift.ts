/** A struct of Thrift by field number; lists, maps and text are passed over. */
export type ThriftStruct = ReadonlyMap<number, number | boolean | ThriftStruct>;

const DEEPEST = 16;

/** Wire types of the compact protocol. */
const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const SET = 10;
const STRUCT = 12;

/**
 * Reads a struct in the compact protocol of Thrift, as the headers of Parquet pages are.
 *
 * @returns the struct and where it ends; undefined when the bytes are no struct
 * @see Apache Thrift, doc/specs/thrift-compact-protocol.md
 */
export function readThrift(view: DataView, offset: number): { struct: ThriftStruct; end: number } | undefined {
  let at = offset;
  const byte = (): number => view.getUint8(at++);
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 63; scale *= 128) {
      const next = byte();
      value += (next & 127) * scale;
      if (next < 128) return value;
    }
    throw new RangeError('varint');
  };
  const zigzag = (): number => {
    const value = varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
  const list = (depth: number): void => {
    const head = byte();
    const length = head >> 4 === 15 ? varint() : head >> 4;
    for (let i = 0; i < length; i++) {
      if ((head & 15) <= FALSE) at++;
      else element(head & 15, depth);
      if (at > view.byteLength) throw new RangeError('list');
    }
  };
  const element = (type: number, depth: number): number | boolean | ThriftStruct | undefined => {
    if (type === TRUE || type === FALSE) return type === TRUE;
    if (type === BYTE) return view.getInt8(at++);
    if (type > BYTE && type < DOUBLE) return zigzag();
    if (type === STRUCT) return struct(depth + 1);
    if (type === DOUBLE) at += 8;
    else if (type === BINARY) at += varint();
    else if (type === LIST || type === SET) list(depth + 1);
    else throw new RangeError('type');
    return undefined;
  };
  const struct = (depth: number): ThriftStruct => {
    if (depth > DEEPEST) throw new RangeError('depth');
    const fields = new Map<number, number | boolean | ThriftStruct>();
    for (let id = 0; ; ) {
      const head = byte();
      if ((head & 15) === STOP) return fields;
      id = head >> 4 === 0 ? zigzag() : id + (head >> 4);
      const value = element(head & 15, depth);
      if (value !== undefined) fields.set(id, value);
    }
  };
  try {
    return { struct: struct(0), end: at };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
