/** The program of a thread that trains: it computes the slopes of its parts of a batch when asked. */
import * as tf from '@tensorflow/tfjs';
import { AnsatzError, parentPort, RandomStream } from '../../../core/index.ts';
import { chooseBackend } from '../../../tensors/index.ts';
import type { Module } from '../../module.ts';
import type { Batch } from '../rows.ts';
import { randomOfShard, shardGradients } from '../shard-gradients.ts';
import type { TrainingParts, TrainingProgram } from './parallel-options.ts';
import { readTensors, unshareBatch, writeTensors } from './shared-tensors.ts';
import type { ShardLoss, StartRequest, StepRequest, TrainingReply, TrainingRequest } from './wire.ts';

const port = await parentPort();
let start: StartRequest;
let parts: TrainingParts<Module>;
let data: Batch;
let random: RandomStream;

async function begin(request: StartRequest): Promise<TrainingReply> {
  start = request;
  await chooseBackend(request.backend);
  const module = (await import(/* @vite-ignore */ request.program)) as { default?: TrainingProgram<Module> };
  if (typeof module.default !== 'function') throw new Error('its default export is no function');
  parts = await module.default(request.settings);
  const parameters = [...parts.network.parameters()];
  for (const [i, [, variable]] of parameters.entries()) variable.trainable = request.trainable[i] ?? true;
  data = unshareBatch(request.data);
  random = new RandomStream(request.seed);
  return { kind: 'started', parameters: parameters.map(([name, { shape }]) => ({ name, shape })) };
}

function step({ step, parts: count, rows }: StepRequest): TrainingReply {
  const { network, losses } = parts;
  const variables = [...network.parameters().values()];
  tf.tidy(() => {
    const values = readTensors(
      variables.map(({ shape }) => shape),
      start.parameters,
    );
    for (const [i, variable] of variables.entries()) variable.assign(values[i]);
  });
  const answers = new Map<number, ShardLoss>();
  for (const [shard, of] of rows) {
    const found = shardGradients(network, losses, data, of, randomOfShard(random, step, shard, count));
    writeTensors(found.gradients, start.gradients.get(shard)!);
    tf.dispose(found.gradients);
    answers.set(shard, { loss: found.loss, terms: found.terms });
  }
  return { kind: 'stepped', losses: answers };
}

function failure(error: unknown): TrainingReply {
  const { message } = error as Error;
  const known = error instanceof AnsatzError ? error : { code: 'thread', hint: '' };
  return { kind: 'failed', code: known.code, message, hint: known.hint };
}

port.listen(
  async (message) => {
    const request = message as TrainingRequest;
    try {
      port.post(request.kind === 'start' ? await begin(request) : step(request));
    } catch (error) {
      port.post(failure(error));
    }
  },
  () => {},
);
