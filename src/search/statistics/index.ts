export { type ConstantsFit, type FitConstantsOptions, fitConstants, type OptimiserName } from './fit-constants.ts';
export { fitFormula, statisticsOf } from './fit-formula.ts';
export {
  type ErrorBand,
  FittedFormula,
  type FittedParameter,
  type FittedRecord,
  ONE_SIGMA,
} from './fitted-formula.ts';
export type { ProfileInterval } from './profile.ts';
export type { Bounds, ErrorOptions, StatisticsOptions } from './statistics-options.ts';
