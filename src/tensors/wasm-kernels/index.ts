import { ATTENTION } from './attention.ts';
import { COLUMNS } from './columns.ts';
import { IDENTITY } from './identity.ts';
import type { KernelRow } from './kernel-row.ts';
import { PRODUCTS } from './products.ts';
import { REDUCTIONS } from './reductions.ts';
import { ROW_KERNELS } from './rows.ts';
import { SPLINES } from './splines.ts';

/** The kernels that tfjs's back-end "wasm" lacks, and those that replace slow ones of its own. */
export const WASM_KERNELS: readonly KernelRow[] = [
  ...IDENTITY,
  ...PRODUCTS,
  ...REDUCTIONS,
  ...ROW_KERNELS,
  ...ATTENTION,
  ...SPLINES,
  ...COLUMNS,
];
