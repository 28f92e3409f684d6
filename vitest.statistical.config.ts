import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['test/statistical/**/*.test.ts'], testTimeout: 1_800_000, fileParallelism: false },
});
