/** A line of a stream of text. */
export interface TextLine {
  /** Without its line end; undefined where the line is longer than it may be. */
  readonly text: string | undefined;
  /** From 1, empty lines counted. */
  readonly number: number;
  /** Bytes of the stream up to the end of the line. */
  readonly end: number;
}

const LINE_END = 10;

/**
 * The lines of a stream that are not empty, as they arrive.
 *
 * @param longest bytes of a line; of a longer one, nothing is kept
 */
export async function* textLines(stream: AsyncIterable<Buffer>, longest: number): AsyncGenerator<TextLine> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 0;
  let end = 0;
  const line = (): TextLine | undefined => {
    number++;
    const isLong = length > longest;
    const text = isLong
      ? undefined
      : Buffer.concat(parts, length)
          .toString('utf8')
          .replace(/^\uFEFF/, '')
          .trim();
    parts = [];
    length = 0;
    return text === '' ? undefined : { text, number, end };
  };
  const take = (part: Buffer): void => {
    end += part.length;
    length += part.length;
    if (length <= longest) parts.push(part);
    else parts = [];
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_END); at >= 0; at = chunk.indexOf(LINE_END, from)) {
      take(chunk.subarray(from, at));
      end++;
      from = at + 1;
      const complete = line();
      if (complete) yield complete;
    }
    take(chunk.subarray(from));
  }
  const last = length > 0 ? line() : undefined;
  if (last) yield last;
}
