/**
 * Which room may import which, beside `core`, which every room may import.
 *
 * A room absent from this table may not exist: a new room is a new row here, a line in src/README.md and a folder.
 */
export const ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  numerics: [],
  units: [],
  expressions: ['numerics', 'units'],
  evaluation: ['expressions', 'numerics'],
  search: ['evaluation', 'expressions', 'units', 'numerics'],
  sequences: ['search', 'expressions', 'numerics'],
  amplitudes: ['numerics', 'expressions'],
  tensors: [],
  physics: ['numerics', 'units'],
  networks: ['tensors', 'physics', 'numerics'],
  inference: ['networks', 'tensors', 'physics', 'numerics', 'expressions', 'evaluation', 'search'],
  io: ['amplitudes', 'search', 'expressions', 'units', 'numerics'],
  cli: ['io', 'amplitudes', 'sequences', 'search', 'evaluation', 'expressions', 'units', 'numerics'],
};

/** Rooms that touch files, processes and the terminal. */
export const NODE_ROOMS: readonly string[] = ['cli', 'io'];

/** Files outside those rooms that may reach for Node, by `await import('node:...')` only, so that a browser never does. */
export const NODE_ADAPTERS: readonly string[] = [
  'core/worker-threads.ts',
  'evaluation/gpu/load-gpu.ts',
  'tensors/wasm-memory.ts',
];

/** What src/index.ts, which runs in a browser and loads no tfjs, leaves to subpaths of the package. */
export const NOT_IN_MAIN_ENTRY: readonly string[] = ['cli', 'io', 'tensors', 'networks', 'physics', 'inference'];

/** Folder names that say nothing about what lives there. */
export const EMPTY_NAMES: readonly string[] = ['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'lib', 'shared'];
