export type { ConstantKind } from './description.ts';
export { formulaLatex, formulaText } from './formula.ts';
export {
  type ConstantAttempt,
  type ConstantCandidate,
  type ConstantOptions,
  type ConstantReport,
  FOUND_CHANCE,
  identifyConstant,
} from './identify-constant.ts';
