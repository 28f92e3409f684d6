import type { Sequential, TrainingParts } from '../../../src/networks/index.ts';

export default function program(settings?: object): TrainingParts<Sequential>;
