import type { Batch, Sequential, TrainingParts } from '../../../src/networks/index.ts';

export function dataOf(name: string, rows: number): Batch;

export default function program(settings: { readonly name: string }): TrainingParts<Sequential>;
