/** Classes of one kind that cannot be written, and why. */
const REASONS: readonly (readonly [reason: string, classes: readonly string[]])[] = [
  [
    'it looks at a second sequence, and a model has one input beside the mask',
    ['CrossAttention', 'DecoderBlock', 'SequenceTransformer'],
  ],
  [
    'how many levels a graph would have depends on the trees, and a graph is written before it sees them',
    ['RecursiveTree'],
  ],
  [
    'a part of a flow gives two results, the value and the logarithm of a determinant, and a model has one output',
    [
      'ContinuousTransform',
      'Coupling',
      'Flow',
      'Inverted',
      'LinearLu',
      'MaskedAutoregressive',
      'Permutation',
      'Standardization',
      'Transform',
    ],
  ],
  [
    'networks that respect Lorentz transforms have no rows yet',
    [
      'CovariantModule',
      'GeometricTransformer',
      'GeometricTransformerBlock',
      'LorentzGroupBlock',
      'LorentzNet',
      'MultivectorAttention',
      'MultivectorBilinear',
      'MultivectorLinear',
      'MultivectorNorm',
      'PelicanBlock',
      'PelicanNetwork',
      'ScalarGate',
    ],
  ],
  ['weights with a posterior have no row yet', ['VariationalDense']],
  ['networks with bounded slopes have no rows yet', ['GroupSort', 'LipschitzDense', 'MonotoneNetwork']],
];

/** Modules that cannot be written as ONNX, by the names of their classes, with the reason. */
export const ONNX_ABSENT: Readonly<Record<string, string>> = Object.fromEntries(
  REASONS.flatMap(([reason, classes]) => classes.map((name) => [name, reason])),
);
