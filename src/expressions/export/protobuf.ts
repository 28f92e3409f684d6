/**
 * The part of the Protocol Buffers wire format that an ONNX model needs: varints, length-delimited fields,
 * and nothing that is packed.
 *
 * @see https://protobuf.dev/programming-guides/encoding
 */
export class ProtobufWriter {
  private readonly parts: Uint8Array[] = [];
  private length = 0;

  /** A whole number >= 0. */
  integer(field: number, value: number): this {
    return this.push(varint(field * 8)).push(varint(value));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.push(varint(field * 8 + 2))
      .push(varint(value.length))
      .push(value);
  }

  /** Text in UTF-8; a lone surrogate becomes U+FFFD. */
  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, write: (message: ProtobufWriter) => void): this {
    const message = new ProtobufWriter();
    write(message);
    return this.bytes(field, message.finish());
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.length);
    let position = 0;
    for (const part of this.parts) {
      whole.set(part, position);
      position += part.length;
    }
    return whole;
  }

  private push(part: Uint8Array): this {
    this.parts.push(part);
    this.length += part.length;
    return this;
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
