export type { ConstantAttempt, ConstantCandidate, ConstantOptions, ConstantReport } from './constant-report.ts';
export type { ConstantKind } from './description.ts';
export { formulaLatex, formulaText } from './formula.ts';
export { FOUND_CHANCE } from './held-candidates.ts';
export { identifyConstant } from './identify-constant.ts';
