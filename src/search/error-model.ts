import { DataError, ShapeError, type Table } from '../core/index.ts';
import { binNodes, LOSS_NAMES, type Loss, type LossName } from '../evaluation/index.ts';
import { parse, variablesOf } from '../expressions/index.ts';
import { finiteNumbers, positiveNumbers, weightNumbers } from './checked-columns.ts';
import type { ResolvedOptions } from './options/options.ts';
import { gather, type ProblemData } from './problem.ts';
import type { LikelihoodSpec } from './scoring.ts';

/** How well the target is known, in the order of the rows asked for. */
export interface ErrorModel {
  inOrder(order: Int32Array): {
    readonly loss: Loss;
    readonly weights: Float64Array | undefined;
    readonly likelihood: LikelihoodSpec | undefined;
  };
  /** Bin edges, shape [rows] each. */
  readonly bins: { readonly low: Float64Array; readonly high: Float64Array } | undefined;
}

const isKernelLoss = (name: string): name is LossName => (LOSS_NAMES as readonly string[]).includes(name);

/**
 * Reads weights, errors and loss.
 *
 * @throws DataError "invalid-weight" | "invalid-count" | "empty-bin"; ShapeError for the covariance; ParseError for a loss
 */
export function readErrors(table: Table, options: ResolvedOptions): ErrorModel {
  const { weights, sigma, sigmaUp, sigmaDown, covariance, likelihood, loss, huberDelta } = options;
  const plain = (values: Float64Array | undefined): ErrorModel => ({
    bins: undefined,
    inOrder: (order) => ({
      loss: { name: sigma === undefined ? 'L2' : 'chi2', delta: huberDelta },
      weights: values && gather(values, order),
      likelihood: undefined,
    }),
  });
  if (likelihood === 'poisson') return poisson(table, options);
  if (sigmaUp !== undefined && sigmaDown !== undefined) {
    const up = positiveNumbers(table, sigmaUp);
    const down = positiveNumbers(table, sigmaDown);
    const inverse = up.map((value, i) => 4 / (value + down[i]) ** 2);
    return withLikelihood(inverse, (order) => ({
      kind: 'asymmetric',
      sigmaUp: gather(up, order),
      sigmaDown: gather(down, order),
    }));
  }
  if (covariance !== undefined) return correlated(covariance, table.rows);
  if (sigma !== undefined && (loss === undefined || isKernelLoss(loss))) {
    const inverse = positiveNumbers(table, sigma).map((value) => 1 / (value * value));
    const named = plain(inverse);
    return loss === undefined
      ? named
      : { ...named, inOrder: (order) => ({ ...named.inOrder(order), loss: { name: loss, delta: huberDelta } }) };
  }
  const given =
    sigma !== undefined
      ? positiveNumbers(table, sigma).map((value) => 1 / (value * value))
      : weights !== undefined
        ? weightNumbers(table, weights)
        : undefined;
  if (loss === undefined) return plain(given);
  if (isKernelLoss(loss)) {
    const named = plain(given);
    return { ...named, inOrder: (order) => ({ ...named.inOrder(order), loss: { name: loss, delta: huberDelta } }) };
  }
  const reserved = ['prediction', 'target', 'weight'];
  const columns = table.columns.filter((column) => column.kind === 'number' && !reserved.includes(column.name));
  const variables = [...reserved, ...columns.map((column) => column.name)];
  const used = variablesOf(parse(loss, { variables }));
  // A weight that the formula names must be there: 1 everywhere is what no weights mean.
  const filled = given ?? (used.includes('weight') ? new Float64Array(table.rows).fill(1) : undefined);
  return {
    bins: undefined,
    inOrder: (order) => ({
      loss: { name: 'L2' },
      weights: filled && gather(filled, order),
      likelihood: {
        kind: 'formula',
        formula: loss,
        columns: Object.fromEntries(
          used
            .filter((name) => !reserved.includes(name))
            .map((name) => [name, gather(finiteNumbers(table, name), order)]),
        ),
      },
    }),
  };
}

/** The cheap phases and the choice of a start see a chi2 with symmetric errors. */
function withLikelihood(inverse: Float64Array, spec: (order: Int32Array) => LikelihoodSpec): ErrorModel {
  return {
    bins: undefined,
    inOrder: (order) => ({ loss: { name: 'chi2' }, weights: gather(inverse, order), likelihood: spec(order) }),
  };
}

function correlated(matrix: readonly (readonly number[])[], rows: number): ErrorModel {
  if (matrix.length !== rows || matrix.some((line) => line.length !== rows)) {
    const actual = `[${matrix.length}][${matrix.find((line) => line.length !== rows)?.length ?? rows}]`;
    throw new ShapeError('covariance', `[${rows}][${rows}], as the table has rows`, actual);
  }
  for (let i = 0; i < rows; i++) {
    if (!(matrix[i][i] > 0)) {
      throw new DataError(
        'invalid-weight',
        `covariance: the variance of row ${i + 1} is ${matrix[i][i]}`,
        'it must be > 0',
      );
    }
  }
  const inverse = Float64Array.from(matrix, (line, i) => 1 / line[i]);
  return withLikelihood(inverse, (order) => {
    const covariance = new Float64Array(rows * rows);
    for (let i = 0; i < rows; i++) for (let j = 0; j < rows; j++) covariance[i * rows + j] = matrix[order[i]][order[j]];
    return { kind: 'correlated', covariance };
  });
}

function poisson(table: Table, options: ResolvedOptions): ErrorModel {
  const counts = finiteNumbers(table, options.target);
  const at = counts.findIndex((value) => value < 0);
  if (at >= 0) {
    throw new DataError(
      'invalid-count',
      `column "${options.target}", row ${at + 1} is ${counts[at]}`,
      'counts are >= 0',
    );
  }
  const { binLow, binHigh } = options;
  const bins =
    binLow !== undefined && binHigh !== undefined
      ? { low: finiteNumbers(table, binLow), high: finiteNumbers(table, binHigh) }
      : undefined;
  return {
    bins,
    inOrder: (order) => {
      const inOrder = gather(counts, order);
      return {
        loss: { name: 'chi2' },
        // Neyman's weights for the cheap phases; an empty bin counts as one event.
        weights: inOrder.map((count) => 1 / Math.max(count, 1)),
        likelihood: {
          kind: 'poisson',
          counts: inOrder,
          nodeWeights: new Float64Array(counts.length).fill(1),
          nodesPerBin: 1,
        },
      };
    },
  };
}

/** Every bin as the rows of its nodes: the law is a density there, and the likelihood integrates it. */
export function expandBins(
  problem: ProblemData,
  spec: Extract<LikelihoodSpec, { kind: 'poisson' }>,
  errors: ErrorModel,
  order: Int32Array,
  options: ResolvedOptions,
): ProblemData {
  if (!errors.bins) return problem;
  const { nodesPerBin, binVariable } = options;
  const low = gather(errors.bins.low, order);
  const high = gather(errors.bins.high, order);
  const { nodes, weights: nodeWeights } = binNodes(low, high, nodesPerBin);
  const repeat = (values: Float64Array, scale: (bin: number) => number): Float64Array => {
    const out = new Float64Array(values.length * nodesPerBin);
    for (let i = 0; i < out.length; i++) {
      const bin = Math.floor(i / nodesPerBin);
      out[i] = values[bin] * scale(bin);
    }
    return out;
  };
  if (problem.inputs.includes(binVariable)) {
    throw new DataError(
      'duplicate-column',
      `"${binVariable}" is both an input and the binned variable`,
      'give binVariable another name',
    );
  }
  const width = (bin: number): number => high[bin] - low[bin];
  return {
    inputs: [...problem.inputs, binVariable],
    columns: [...problem.columns.map((column) => repeat(column, () => 1)), nodes],
    target: repeat(problem.target, (bin) => 1 / width(bin)),
    weights: problem.weights && repeat(problem.weights, (bin) => width(bin) ** 2 / nodesPerBin),
    loss: problem.loss,
    likelihood: { ...spec, nodeWeights, nodesPerBin },
  };
}
