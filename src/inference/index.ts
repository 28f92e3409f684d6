/** What stands on networks and on the search together: from a trained network to a formula. */
export { type Distilled, type DistillOptions, distill, type InputRange } from './distill.ts';
