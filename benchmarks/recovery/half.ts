/** The halves of a suite: methods are tuned on the first and judged on the second. */
export type Half = 'development' | 'test';

/** FNV-1a of a text in UTF-8, 32 bits. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** The half that a problem belongs to, by the low bit of the hash of its name. */
export function halfOf(name: string): Half {
  return (fnv1a(name) & 1) === 0 ? 'development' : 'test';
}
