/** A field of a message: its number, and a number or bytes. */
type Field = readonly [field: number, value: number | Uint8Array];

/** The fields of a message in the wire format of Protocol Buffers, written from its description alone. */
export function fieldsOf(bytes: Uint8Array): Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asIntN(64, value);
    }
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const [field, kind] = [key >> 3, key & 7];
    if (kind === 0) fields.push([field, Number(varint())]);
    else if (kind === 5) {
      fields.push([field, view.getFloat32(at, true)]);
      at += 4;
    } else {
      const length = Number(varint());
      fields.push([field, bytes.subarray(at, at + length)]);
      at += length;
    }
  }
  return fields;
}

/** The messages, or bytes, of a field. */
export function messages(bytes: Uint8Array, field: number): Uint8Array[] {
  return fieldsOf(bytes).flatMap(([number, value]) => (number === field && typeof value !== 'number' ? [value] : []));
}

/** The texts of a field. */
export function texts(bytes: Uint8Array, field: number): string[] {
  return messages(bytes, field).map((value) => new TextDecoder().decode(value));
}

/** The numbers of a field. */
export function numbers(bytes: Uint8Array, field: number): number[] {
  return fieldsOf(bytes).flatMap(([number, value]) => (number === field && typeof value === 'number' ? [value] : []));
}
