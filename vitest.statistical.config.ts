import { defineConfig } from 'vitest/config';

/** Seeded and slow, one file at a time so that time limits mean what they say; ANSATZ_QUICK=1 makes the budgets small. */
export default defineConfig({
  test: { include: ['test/statistical/**/*.test.ts'], testTimeout: 1_800_000, fileParallelism: false },
});
