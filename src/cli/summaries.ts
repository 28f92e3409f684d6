/** Summaries of the commands whose flags are loaded only when they are named. */
export const SUMMARIES = {
  fit: 'find formulas for a column of a table',
  export: 'write a formula in another language',
} as const;
