import * as tfjs from '@tensorflow/tfjs';

/**
 * tfjs itself, in the one copy that networks and kernels run on: what a loss or a batch is made with. Its types are those of
 * the package `@tensorflow/tfjs`.
 */
export const tf: typeof tfjs = tfjs;
