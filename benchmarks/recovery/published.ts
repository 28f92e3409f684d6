/** A published success rate, for comparison. */
export interface PublishedRate {
  readonly method: string;
  /** Percent. */
  readonly percent: number;
  /** Under what conditions, since they differ from ours. */
  readonly conditions: string;
  readonly source: string;
}

const FASTSRB = 'Martinek, "Fast Symbolic Regression Benchmarking", arXiv:2508.14481 (2025)';
const PHYSO = 'Tenachi, Ibata and Diakogiannis, "Physical Symbolic Optimization", arXiv:2312.03612 (2023)';

/** Published figures by suite; the criteria of success are their authors'. */
export const PUBLISHED: Readonly<Record<string, readonly PublishedRate[]>> = {
  empirical: [
    {
      method: 'PySR',
      percent: (100 * 35) / 45,
      conditions: '9 laws x 5 trials, 1 hour on 8 cores each',
      source: 'Cranmer, "Interpretable Machine Learning for Science with PySR", arXiv:2305.01582 (2023)',
    },
  ],
  fastsrb: [
    { method: 'TiSR', percent: 69.4, conditions: 'lists of accepted forms', source: FASTSRB },
    { method: 'SymbolicRegression.jl', percent: 44.7, conditions: 'lists of accepted forms', source: FASTSRB },
  ],
  feynman: [
    {
      method: 'QDSR',
      percent: 91.6,
      conditions: '117 equations, dimensional analysis, no noise',
      source:
        'Bruneton, "Enhancing Symbolic Regression with Quality-Diversity and Physics-Inspired Constraints", arXiv:2503.19043 (2025)',
    },
    { method: 'PhySO', percent: 58.5, conditions: 'units, no noise', source: PHYSO },
    { method: 'PhySO', percent: 53.5, conditions: 'units, 10% noise', source: PHYSO },
  ],
};
