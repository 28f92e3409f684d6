const LONGEST_NAME = 200;
const WIDTH = 100;

/**
 * Text that means nothing to any compiler inside a comment: letters, digits and a few signs stay, everything else is
 * written by its code point. No quote, backslash, line end or end of a comment survives.
 *
 * @example safeText('a"\n*\u002fb') // 'a<U+0022><U+000A>* /b'
 */
export function safeText(text: string, longest = LONGEST_NAME): string {
  const characters = Array.from(text.slice(0, longest));
  const safe = characters
    .map((character) =>
      /[A-Za-z0-9 _.,:=+\-*/^()<>]/.test(character)
        ? character
        : `<U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`,
    )
    .join('')
    .replace(/\*(?=[/)])|[/(](?=\*)/g, '$& ');
  return text.length > longest ? `${safe}...` : safe;
}

/** Comment lines of at most about 100 characters, each behind the mark of the language. */
export function commentLines(lines: readonly string[], mark: string, indent = ''): string[] {
  return lines.flatMap((line) => wrap(line, WIDTH).map((part) => `${indent}${mark} ${part}`.trimEnd()));
}

function wrap(line: string, width: number): string[] {
  const parts: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const blank = rest.lastIndexOf(' ', width);
    const end = blank > width / 2 ? blank : width;
    parts.push(rest.slice(0, end));
    rest = `  ${rest.slice(end).trimStart()}`;
  }
  return [...parts, rest];
}
