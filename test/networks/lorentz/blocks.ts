import { RandomStream } from '../../../src/core/index.ts';
import {
  type CovariantModule,
  GeometricTransformer,
  GeometricTransformerBlock,
  LorentzGroupBlock,
  LorentzNet,
  MultivectorAttention,
  MultivectorBilinear,
  MultivectorLinear,
  MultivectorNorm,
  multivectorTransform,
  PelicanBlock,
  PelicanNetwork,
  ScalarGate,
} from '../../../src/networks/index.ts';
import { type LorentzTransform, rambo, transform } from '../../../src/physics/index.ts';

/** What the numbers of a layer are, and so how they turn. */
export type Kind = 'invariants' | 'particles' | 'pairs' | 'multivectors';

/** A layer with what it claims. A new one is a new row. */
export interface BlockRow {
  readonly name: string;
  readonly make: () => CovariantModule;
  readonly from: Kind;
  /** Scalars a particle, channels a pair, or channels of multivectors. */
  readonly width: number;
  readonly to: Kind;
  /** All of the Lorentz group that keeps the direction of time; rotations; rotations about z; or nothing that could turn. */
  readonly symmetry: 'lorentz' | 'rotations' | 'axial' | 'none';
  /** Whether it is the same in a mirror. */
  readonly parity: boolean;
  /** Whether it looks at several particles at once. */
  readonly mixes: boolean;
}

const random = () => new RandomStream(21);
const network = { scalars: 2, blocks: 2, outputs: 3 };

export const BLOCKS: readonly BlockRow[] = [
  {
    name: 'LorentzNet block',
    make: () => new LorentzGroupBlock(6, random()),
    from: 'particles',
    width: 6,
    to: 'particles',
    symmetry: 'lorentz',
    parity: true,
    mixes: true,
  },
  {
    name: 'LorentzNet',
    make: () => new LorentzNet({ ...network, width: 8 }, random()),
    from: 'particles',
    width: 2,
    to: 'invariants',
    symmetry: 'lorentz',
    parity: true,
    mixes: true,
  },
  {
    name: 'LorentzNet with a time direction',
    make: () => new LorentzNet({ ...network, width: 8, spurions: ['time'] }, random()),
    from: 'particles',
    width: 2,
    to: 'invariants',
    symmetry: 'rotations',
    parity: true,
    mixes: true,
  },
  {
    name: 'PELICAN block',
    make: () => new PelicanBlock(4, 5, random()),
    from: 'pairs',
    width: 4,
    to: 'pairs',
    symmetry: 'none',
    parity: true,
    mixes: true,
  },
  {
    name: 'PELICAN',
    make: () => new PelicanNetwork({ ...network, width: 6 }, random()),
    from: 'particles',
    width: 2,
    to: 'invariants',
    symmetry: 'lorentz',
    parity: true,
    mixes: true,
  },
  {
    name: 'PELICAN with beams',
    make: () => new PelicanNetwork({ ...network, width: 6, spurions: ['beam', 'time'] }, random()),
    from: 'particles',
    width: 2,
    to: 'invariants',
    symmetry: 'axial',
    parity: false,
    mixes: true,
  },
  ...[true, false].flatMap((parity): BlockRow[] => {
    const label = parity ? '' : ', no mirrors';
    const shared = { from: 'multivectors', to: 'multivectors', symmetry: 'lorentz', parity } as const;
    return [
      {
        ...shared,
        name: `linear map of multivectors${label}`,
        make: () => new MultivectorLinear(3, 4, random(), { parity }),
        width: 3,
        mixes: false,
      },
      {
        ...shared,
        name: `products of multivectors${label}`,
        make: () => new MultivectorBilinear(3, 4, random(), { parity }),
        width: 3,
        mixes: false,
      },
      {
        ...shared,
        name: `attention of multivectors${label}`,
        make: () => new MultivectorAttention(4, 2, random(), { parity }),
        width: 4,
        mixes: true,
      },
      {
        ...shared,
        name: `geometric transformer block${label}`,
        make: () => new GeometricTransformerBlock(4, 2, random(), { parity }),
        width: 4,
        mixes: true,
      },
      {
        name: `geometric transformer${label}`,
        make: () => new GeometricTransformer({ ...network, width: 4, heads: 2, parity }, random()),
        from: 'particles',
        width: 2,
        to: 'invariants',
        symmetry: 'lorentz',
        parity,
        mixes: true,
      },
    ];
  }),
  {
    name: 'geometric transformer with beams',
    make: () => new GeometricTransformer({ ...network, width: 4, spurions: ['beam', 'time'] }, random()),
    from: 'particles',
    width: 2,
    to: 'invariants',
    symmetry: 'axial',
    parity: false,
    mixes: true,
  },
  {
    name: 'norm of multivectors',
    make: () => new MultivectorNorm(),
    from: 'multivectors',
    width: 3,
    to: 'multivectors',
    symmetry: 'lorentz',
    parity: true,
    mixes: false,
  },
  {
    name: 'gate of multivectors',
    make: () => new ScalarGate(),
    from: 'multivectors',
    width: 3,
    to: 'multivectors',
    symmetry: 'lorentz',
    parity: true,
    mixes: false,
  },
];

/** Events and particles of the inputs below. */
export const [BATCH, PARTICLES] = [5, 4];

/** Numbers in double precision with their shape. */
export interface Values {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** An input of a kind: particles of phase space with momenta about 1, or normal numbers. */
export function inputOf({ from, width }: BlockRow, seed = 3, masses: readonly number[] = [0, 0.2, 0.5, 0]): Values {
  const stream = new RandomStream(seed);
  if (from !== 'particles') {
    const shape = from === 'pairs' ? [BATCH, PARTICLES, PARTICLES, width] : [BATCH, PARTICLES, width, 16];
    const size = shape.reduce((product, length) => product * length, 1);
    return { shape, values: Float64Array.from({ length: size }, () => stream.normal()) };
  }
  const { momenta } = rambo(BATCH, 4, masses, stream.split(1));
  const rows = Array.from({ length: BATCH * PARTICLES }, (_, i) => [
    ...momenta.subarray(4 * i, 4 * i + 4),
    ...Array.from({ length: width }, () => stream.normal()),
  ]);
  return { shape: [BATCH, PARTICLES, 4 + width], values: Float64Array.from(rows.flat()) };
}

/** How a transform acts on numbers of a kind. */
export function turned(kind: Kind, by: LorentzTransform, { shape, values }: Values): Values {
  if (kind === 'invariants' || kind === 'pairs') return { shape, values };
  const wide = kind === 'multivectors' ? 16 : shape.at(-1)!;
  const matrix = multivectorTransform(by);
  const out = Float64Array.from(values);
  for (let row = 0; row < values.length; row += wide) {
    if (kind === 'particles') out.set(transform(by, values.slice(row, row + 4)), row);
    else {
      for (let i = 0; i < 16; i++) {
        out[row + i] = 0;
        for (let k = 0; k < 16; k++) out[row + i] += matrix[16 * i + k] * values[row + k];
      }
    }
  }
  return { shape, values: out };
}

/** Particles in another order: `order` says which comes to each place. */
export function reordered(kind: Kind, order: ArrayLike<number>, { shape, values }: Values): Values {
  if (kind === 'invariants') return { shape, values };
  const [batch, n] = shape;
  const inner = values.length / (batch * n * (kind === 'pairs' ? n : 1));
  const out = new Float64Array(values.length);
  let place = 0;
  const copy = (row: number): void => {
    out.set(values.subarray(row * inner, (row + 1) * inner), place);
    place += inner;
  };
  for (let event = 0; event < batch; event++) {
    for (let i = 0; i < n; i++) {
      const row = event * n + order[i];
      if (kind !== 'pairs') copy(row);
      else for (let j = 0; j < n; j++) copy(row * n + order[j]);
    }
  }
  return { shape, values: out };
}
