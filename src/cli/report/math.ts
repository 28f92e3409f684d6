import { readFile } from 'node:fs/promises';
import { Html, html } from './html.ts';
import type { ReportPackages } from './packages.ts';

/** Turns LaTeX into HTML, and knows the styles and fonts that this takes. */
export interface MathRenderer {
  /** A formula in the line, which may break after its operators; LaTeX that KaTeX refuses stays as text. */
  render(latex: string): Html;
  /** Style sheet for everything rendered so far, with the fonts that it takes inside. */
  styles(): Promise<string>;
}

/** Faces of KaTeX with the classes that ask for them. Main is there always. */
const FACES: readonly { file: string; family: string; weight?: string; style?: string; used: RegExp }[] = [
  { file: 'Main-Regular', family: 'KaTeX_Main', used: /class="katex"/ },
  { file: 'Math-Italic', family: 'KaTeX_Math', style: 'italic', used: /mathnormal/ },
  { file: 'Main-Italic', family: 'KaTeX_Main', style: 'italic', used: /mathit|textit/ },
  { file: 'Main-Bold', family: 'KaTeX_Main', weight: 'bold', used: /mathbf|textbf/ },
  { file: 'Size1-Regular', family: 'KaTeX_Size1', used: /delimsizing[^"]*size1|small-op|delim-size1/ },
  { file: 'Size2-Regular', family: 'KaTeX_Size2', used: /delimsizing[^"]*size2|large-op/ },
  { file: 'Size3-Regular', family: 'KaTeX_Size3', used: /delimsizing[^"]*size3/ },
  { file: 'Size4-Regular', family: 'KaTeX_Size4', used: /delimsizing[^"]*size4|delim-size4/ },
  { file: 'AMS-Regular', family: 'KaTeX_AMS', used: /amsrm|mathbb/ },
  { file: 'Caligraphic-Regular', family: 'KaTeX_Caligraphic', used: /mathcal/ },
];

/** A formula longer than this stays text: it would be no reading and a large page. */
const LONGEST_LATEX = 4000;

export function createMathRenderer({ katex, katexFile }: ReportPackages): MathRenderer {
  let rendered = '';
  return {
    render(latex) {
      if (latex.length > LONGEST_LATEX) return html`<code>${latex.slice(0, LONGEST_LATEX)}…</code>`;
      try {
        const text = katex.renderToString(`\\displaystyle ${latex}`, {
          output: 'htmlAndMathml',
          throwOnError: true,
          strict: 'ignore',
          trust: false,
          maxSize: 10,
          maxExpand: 100,
        });
        rendered += text;
        return new Html(text);
      } catch {
        return html`<code>${latex}</code>`;
      }
    },
    async styles() {
      const sheet = await readFile(katexFile('dist/katex.min.css'), 'utf8');
      const faces = await Promise.all(
        FACES.filter((face) => face.used.test(rendered)).map(async ({ file, family, weight, style }) => {
          const font = await readFile(katexFile(`dist/fonts/KaTeX_${file}.woff2`), 'base64');
          return (
            `@font-face{font-family:${family};font-weight:${weight ?? 'normal'};font-style:${style ?? 'normal'};` +
            `src:url(data:font/woff2;base64,${font}) format("woff2")}`
          );
        }),
      );
      return `${faces.join('')}${sheet.replace(/@font-face\{[^}]*\}/g, '')}`;
    },
  };
}
