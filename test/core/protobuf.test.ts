import { expect, test } from 'vitest';
import { ProtobufWriter } from '../../src/core/index.ts';

/** The worked examples of the description of the wire format. */
test('writes the documented bytes', () => {
  expect([...new ProtobufWriter().integer(1, 150).finish()]).toEqual([0x08, 0x96, 0x01]);
  expect([...new ProtobufWriter().text(2, 'testing').finish()]).toEqual([
    0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67,
  ]);
  expect([...new ProtobufWriter().message(3, (inner) => void inner.integer(1, 150)).finish()]).toEqual([
    0x1a, 0x03, 0x08, 0x96, 0x01,
  ]);
  expect([...new ProtobufWriter().integer(20, 2 ** 40).finish()]).toEqual([
    0xa0, 0x01, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20,
  ]);
  // -1 in two's complement of 64 bits, and 1 as 0x3f800000.
  expect([...new ProtobufWriter().integer(1, -1).finish()]).toEqual([0x08, ...Array<number>(9).fill(0xff), 0x01]);
  expect([...new ProtobufWriter().float(2, 1).finish()]).toEqual([0x15, 0x00, 0x00, 0x80, 0x3f]);
});
