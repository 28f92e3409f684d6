import { OptionError, RandomStream } from '../../core/index.ts';
import { checkSize } from '../parameter.ts';
import type { ConditionerOptions } from './conditioner.ts';
import { Coupling } from './coupling.ts';
import type { ElementMapOptions } from './element-map.ts';
import { Flow, type FlowBase } from './flow.ts';
import { Inverted } from './inverted.ts';
import { LinearLu } from './linear-lu.ts';
import { MaskedAutoregressive } from './masked-autoregressive.ts';
import { Permutation } from './permutation.ts';
import type { Transform } from './transform.ts';

/** What a transform of a flow is made from. */
export interface FlowLayerOptions extends ConditionerOptions, ElementMapOptions {
  readonly dimension: number;
  /** Width of the context; 0 without a word. */
  readonly context?: number;
}

interface FlowLayerRow {
  /** Whether numbers live on a circle, where sums with others make no sense. */
  readonly circular?: boolean;
  make(options: FlowLayerOptions, index: number, random: RandomStream): Transform;
}

const columnsOf = (dimension: number): number[] => Array.from({ length: dimension }, (_, column) => column);

/** Every other coupling keeps the other half. One column alone is never kept. */
function keptAt(dimension: number, index: number): number[] {
  if (dimension === 1) return [];
  return columnsOf(dimension).filter((column) => column < dimension >> 1 === (index % 2 === 0));
}

function coupling(map: 'affine' | 'spline' | 'circularSpline', circular = false): FlowLayerRow {
  return {
    circular,
    make: (options, index, random) => new Coupling({ ...options, map, kept: keptAt(options.dimension, index) }, random),
  };
}

function autoregressive(map: 'affine' | 'spline' | 'circularSpline', inverted = false): FlowLayerRow {
  return {
    circular: map === 'circularSpline',
    make(options, index, random) {
      const columns = columnsOf(options.dimension);
      const order = index % 2 === 0 ? columns : columns.reverse();
      const transform = new MaskedAutoregressive({ ...options, map, order }, random);
      return inverted ? new Inverted(transform) : transform;
    },
  };
}

/** The kinds of layers; a new one is a new row. */
const FLOW_LAYERS = {
  splineCoupling: coupling('spline'),
  circularCoupling: coupling('circularSpline', true),
  affineCoupling: coupling('affine'),
  maskedAutoregressive: autoregressive('affine'),
  inverseAutoregressive: autoregressive('affine', true),
  splineAutoregressive: autoregressive('spline'),
  circularAutoregressive: autoregressive('circularSpline'),
} as const satisfies Record<string, FlowLayerRow>;

/** The name of a kind of layer of a flow. */
export type FlowLayerName = keyof typeof FLOW_LAYERS;

/** Names of kinds of layers. */
export const FLOW_LAYER_NAMES = Object.keys(FLOW_LAYERS) as readonly FlowLayerName[];

/** What a flow is made from. */
export interface FlowOptions extends FlowLayerOptions, FlowBase {
  /** The kind of its layers; splineCoupling without a word. */
  readonly layer?: FlowLayerName;
  /** How many; 4 without a word. */
  readonly layers?: number;
  /**
   * What mixes columns between two layers: nothing, an order drawn once for each dimension and place, or a linear map with an
   * order before it. Without a word an order, and nothing for one or two columns, whose halves are exchanged anyway.
   */
  readonly mixing?: 'none' | 'permutation' | 'linear';
}

/**
 * A flow of equal layers with mixing between them.
 *
 * @param random draws the first parameters
 * @throws OptionError "size" | "layer" | "mixing" | "base" | "range"
 * @example createFlow({ dimension: 6, layers: 6 }, new RandomStream(1)).dimension // 6
 */
export function createFlow(options: FlowOptions, random: RandomStream): Flow {
  const { dimension, layer = 'splineCoupling', layers = 4 } = options;
  checkSize('dimension', dimension);
  checkSize('layers', layers);
  const { mixing = dimension > 2 ? 'permutation' : 'none' } = options;
  if (!Object.hasOwn(FLOW_LAYERS, layer)) {
    throw new OptionError('layer', 'layer', `"${layer}"`, `give ${FLOW_LAYER_NAMES.join(', ')}`);
  }
  const row: FlowLayerRow = FLOW_LAYERS[layer];
  if (!['none', 'permutation', 'linear'].includes(mixing) || (row.circular && mixing === 'linear')) {
    throw new OptionError(
      'mixing',
      'mixing',
      `"${mixing}" for ${layer}`,
      'none, permutation, or linear where numbers are no angles',
    );
  }
  // Splines and a uniform base share their domain; on a circle nothing but a uniform base fits.
  const { base = row.circular ? 'uniform' : 'normal', bound = row.circular ? Math.PI : 4 } = options;
  const own = { ...options, base, bound };
  const transforms: Transform[] = [];
  for (let index = 0; index < layers; index++) {
    if (index > 0 && mixing !== 'none') transforms.push(new Permutation(mixed(dimension, index)));
    if (index > 0 && mixing === 'linear') transforms.push(new LinearLu(dimension, random));
    transforms.push(row.make(own, index, random));
  }
  return new Flow(transforms, own);
}

/** Depends on nothing but place and dimension, so that saved parameters fit every flow of the same make. */
function mixed(dimension: number, index: number): number[] {
  return Array.from(new RandomStream(dimension).split(index).permutation(dimension));
}
