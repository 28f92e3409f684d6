export * from './atomic-write.ts';
export * from './file-table.ts';
export { parseTable } from './parse-table.ts';
export * from './read-table.ts';
export * from './run-folder.ts';
export * from './table-source.ts';
