import ts from 'typescript';

/** One `@example` line: an expression and the value that the comment after it promises. */
export interface Example {
  readonly file: string;
  readonly line: number;
  /** Lines before the last one, run first. */
  readonly setup: string;
  readonly expression: string;
  readonly expected: string;
}

/** The examples in the doc comments of a source file, of the form `expression // value`. */
export function examplesOf(file: string, text: string): Example[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Example[] = [];
  const visit = (node: ts.Node): void => {
    // Variable statements carry the comment themselves; asking their declarations again would find it twice.
    const tags = ts.isVariableDeclaration(node) || ts.isVariableDeclarationList(node) ? [] : ts.getJSDocTags(node);
    for (const tag of tags) {
      if (tag.tagName.text !== 'example' || tag.parent.parent !== node) continue;
      const comment = ts.getTextOfJSDocComment(tag.comment) ?? '';
      const line = source.getLineAndCharacterOfPosition(tag.getStart()).line + 1;
      const setup: string[] = [];
      for (const row of comment.replace(/^```\w*\n|\n```$/g, '').split('\n')) {
        const mark = row.lastIndexOf(' // ');
        if (mark < 0) {
          setup.push(row);
          continue;
        }
        const expression = row.slice(0, mark).trim().replace(/;$/, '');
        found.push({ file, line, setup: setup.join('\n'), expression, expected: row.slice(mark + 4).trim() });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** A fenced block of a Markdown file. */
export interface Block {
  readonly language: string;
  /** Line of its opening fence. */
  readonly line: number;
  readonly text: string;
}

export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: { language: string; line: number; rows: string[] } | undefined;
  markdown.split('\n').forEach((row, index) => {
    const fence = /^```(\w*)/.exec(row);
    if (open && fence) {
      blocks.push({ language: open.language, line: open.line, text: open.rows.join('\n') });
      open = undefined;
    } else if (open) open.rows.push(row);
    else if (fence) open = { language: fence[1], line: index + 1, rows: [] };
  });
  return blocks;
}

/** What the `console.log(...) // text` lines of a block promise to print, in order; `...` at the end stands for anything. */
export function promisedOutput(code: string): string[] {
  return code.split('\n').flatMap((row) => {
    const match = /console\.log\(.*\);? \/\/ (.*)$/.exec(row);
    return match ? [match[1].trim()] : [];
  });
}
