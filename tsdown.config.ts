import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    expressions: 'src/expressions/index.ts',
    io: 'src/io/index.ts',
    cli: 'src/cli/main.ts',
    'sequence-worker': 'src/cli/sequence-worker.ts',
    'symbol-worker': 'src/cli/symbol-worker.ts',
    'island-worker': 'src/search/island-worker.ts',
  },
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
  dts: true,
  clean: true,
  sourcemap: false,
  deps: {
    neverBundle: [
      /^node:/,
      'commander',
      'zod',
      'd3-dsv',
      'nerdamer',
      'yaml',
      'hyparquet',
      'hyparquet-compressors',
      'hyparquet-writer',
      'gpu.js',
      'h5wasm',
      'jsroot',
      'katex',
      'vega',
      'vega-lite',
    ],
  },
});
