export { EXPORT_TARGETS, exportFormula } from './export-formula.ts';
export { type LatexTableOptions, type LatexTableRow, latexTable } from './latex-table.ts';
export type { ExportOptions, ExportTarget, ExportTargetName } from './target.ts';
