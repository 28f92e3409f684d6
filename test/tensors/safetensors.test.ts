import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../src/core/index.ts';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '../../src/tensors/index.ts';

const SMALL = new Map<string, StoredTensor>([
  ['dense.weight', { shape: [2, 3], values: Float32Array.from([1, 2, 3, 4, 5, 6.5]) }],
  ['steps', { shape: [], values: Int32Array.from([7]) }],
]);

/** A file with that header and so many bytes of values. */
function fileOf(header: string, bytes: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + bytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

describe('safetensors', () => {
  test('come back as they were', () => {
    const back = decodeSafetensors(encodeSafetensors({ tensors: SMALL, metadata: { format: 'ansatz' } }));
    expect(back.metadata).toEqual({ format: 'ansatz' });
    expect([...back.tensors]).toEqual([...SMALL]);
  });

  test('come back from what Node reads from a file, which lies somewhere in a larger store', () => {
    const bytes = encodeSafetensors({ tensors: SMALL, metadata: {} });
    const read = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
    expect([...decodeSafetensors(read).tensors]).toEqual([...SMALL]);
  });

  test('are laid out as the format says', () => {
    const bytes = encodeSafetensors({ tensors: SMALL, metadata: {} });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
      'dense.weight': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
      steps: { dtype: 'I32', shape: [], data_offsets: [24, 28] },
    });
    expect(new DataView(bytes.buffer).getFloat32(8 + length + 20, true)).toBe(6.5);
  });

  test('cut off anywhere they are refused', () => {
    const bytes = encodeSafetensors({ tensors: SMALL, metadata: { format: 'ansatz' } });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.subarray(0, length), 'cut'), `${length} bytes`).toThrow(FormatError);
    }
  });

  test('with any byte of the header changed they are refused or read, never a crash', () => {
    const bytes = encodeSafetensors({ tensors: SMALL, metadata: {} });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    fc.assert(
      fc.property(fc.nat(7 + length), fc.nat(255), (at, value) => {
        const changed = bytes.slice();
        changed[at] = value;
        try {
          for (const { shape, values } of decodeSafetensors(changed).tensors.values()) {
            expect(values.length).toBe(shape.reduce((a, b) => a * b, 1));
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { seed: 8, numRuns: 2000 },
    );
  });

  test.each([
    ['no JSON', fileOf('{', 0), 'the header is not JSON'],
    ['a list', fileOf('[1]', 0), 'not a table of tensors'],
    ['no shape', fileOf('{"a":{"dtype":"F32","data_offsets":[0,4]}}', 4), '"a" has no shape'],
    ['half precision', fileOf('{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}', 4), 'type F16'],
    ['a wrong size', fileOf('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', 4), '4 bytes for a shape [2]'],
    ['a gap', fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', 8), 'leave a gap at 4'],
    ['a rest', fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 6), '2 bytes follow'],
  ])('with %s they are refused', (_name, bytes, message) => {
    expect(() => decodeSafetensors(bytes, 'weights.safetensors')).toThrow(message);
    expect(() => decodeSafetensors(bytes, 'weights.safetensors')).toThrow('weights.safetensors');
  });
});
