/** Widths of characters in units of the font size: those of the widest of the usual screen fonts. */
const WIDTHS: readonly (readonly [characters: RegExp, width: number])[] = [
  [/[iljI.,;:|!'()[\]{}/\\ ]/u, 0.42],
  [/[mwMW@%…—]/u, 1.02],
  [/[\p{Lu}−+=<>×]/u, 0.84],
  [/[ -\u{24f}\p{M}]/u, 0.65],
  [/[\u{250}-\u{2e7f}]/u, 0.85],
];
const WIDEST = 1.35;

/** What vega says of a text that it draws. */
interface TextItem {
  readonly fontSize?: number;
  /** Pixels that the text is cut to; none when 0 or absent. */
  readonly limit?: number;
}

/** Width of a text in pixels, not below what a browser takes. */
export function textWidth(item: TextItem, text: unknown): number {
  let width = 0;
  for (const character of String(text ?? '').trim()) {
    width += WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? WIDEST;
  }
  const pixels = width * (item.fontSize ?? 11);
  return item.limit !== undefined && item.limit > 0 ? Math.min(pixels, item.limit) : pixels;
}
