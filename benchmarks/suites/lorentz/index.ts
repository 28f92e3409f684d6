/**
 * Networks that respect Lorentz transforms beside dense ones of as many parameters: the logarithm of |M|^2 learned from few
 * events, and how well the symmetry holds in single and in double precision as the Lorentz factor grows. All networks but one
 * take the same number of steps; the errors are those on events that none has seen. `--quick` learns one amplitude, briefly.
 * Ctrl-C ends the run with the amplitude and seed of the moment, and what was measured is written.
 */
import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';
import { createSchedule, type Module, train } from '../../../src/networks/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';
import type { Row } from '../../row.ts';
import { inputs, LEARNERS, type Learner } from './networks.ts';
import { scan } from './scan.ts';
import { type Sample, sample, TASKS, type Task } from './tasks.ts';

const [BATCH, TEST_EVENTS] = [32, 2000];
/** Better than .003 for every network, on a seed that is not among those below. */
const LEARNING_RATE = 0.01;
const UNIT = 'rms of log|M|^2';

/** One training. */
interface Trial {
  readonly task: string;
  readonly network: string;
  readonly events: number;
  readonly seed: number;
  readonly parameters: number;
  readonly steps: number;
  /** Root mean square of the error of log|M|^2 on events that were not trained on. */
  readonly error: number;
  /** The same where the mean of the training events is always said. */
  readonly constant: number;
  readonly seconds: number;
}

/** Runs the suite. */
export async function run({ quick, log }: { quick: boolean; log: (text: string) => void }) {
  await chooseBackend({ backend: 'wasm' });
  const start = process.cpuUsage();
  const points = scan(quick ? [1, 10] : [1, 2, 5, 10, 30, 100]);
  const tasks = quick ? TASKS.slice(0, 1) : TASKS;
  const eventCounts = quick ? [500] : [1000, 10_000];
  const seeds = quick ? [1] : [1, 2, 3];
  const steps = quick ? 40 : 400;
  const trials: Trial[] = [];
  let over = false;
  process.once('SIGINT', () => {
    over = true;
  });
  // The many events come last: a run that is cut short has seen every amplitude.
  const settings = eventCounts.flatMap((events) =>
    seeds.flatMap((seed) => tasks.map((task) => [seed, task, events] as const)),
  );
  for (const [seed, task, events] of settings) {
    if (over) break;
    const stream = new RandomStream(seed);
    const [known, unseen] = [sample(task, events, stream.split(1)), sample(task, TEST_EVENTS, stream.split(2))];
    for (const learner of LEARNERS.filter(({ forChiral }) => task.chiral || !forChiral)) {
      const trial = await learn(task, learner, known, unseen, seed, steps);
      trials.push(trial);
      log(`${task.name}, ${events} events, seed ${seed}, ${learner.name}: ${trial.error.toPrecision(3)}`);
    }
  }
  const { user, system } = process.cpuUsage(start);
  return { steps, batch: BATCH, processorSeconds: (user + system) / 1e6, scan: points, trials, rows: rowsOf(trials) };
}

async function learn(
  task: Task,
  learner: Learner,
  known: Sample,
  unseen: Sample,
  seed: number,
  usual: number,
): Promise<Trial> {
  const events = known.logarithms.length;
  const mean = average(known.logarithms);
  const deviation = Math.sqrt(average(known.logarithms.map((value) => (value - mean) ** 2)));
  const network = learner.make(task, new RandomStream(seed).split(3));
  const x = inputs(learner, task, known, known);
  const y = tf.tensor2d(
    Float32Array.from(known.logarithms, (value) => (value - mean) / deviation),
    [events, 1],
  );
  const epochs = Math.ceil((learner.patience * usual) / Math.ceil(events / BATCH));
  const { seconds } = await train<Module>(
    network,
    { x, y },
    {
      epochs,
      batchSize: BATCH,
      seed,
      learningRate: LEARNING_RATE,
      schedule: createSchedule('cosine', 0.05),
      clipNorm: 10,
      losses: { square: { value: (net, batch) => tf.mean(tf.square(tf.sub(net.call(batch['x']), batch['y']))) } },
    },
  );
  const said = tf.tidy(() => {
    const given = inputs(learner, task, unseen, known);
    const parts = tf.split(given, 4, 0).map((part) => network.call(part));
    return Array.from(tf.concat(parts, 0).dataSync());
  });
  const errors = unseen.logarithms.map((value, i) => (mean + deviation * said[i] - value) ** 2);
  const trial = {
    task: task.name,
    network: learner.name,
    events,
    seed,
    parameters: network.parameterCount,
    steps: epochs * Math.ceil(events / BATCH),
    error: Math.sqrt(average(errors)),
    constant: Math.sqrt(average(unseen.logarithms.map((value) => (mean - value) ** 2))),
    seconds,
  };
  network.dispose();
  tf.dispose([x, y]);
  return trial;
}

function average(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/** Means over the seeds, beside those of the dense network. */
function rowsOf(trials: readonly Trial[]): Row[] {
  const settings = [...new Map(trials.map((trial) => [`${trial.task}, ${trial.events} events`, trial])).entries()];
  return settings.flatMap(([setting, { task, events }]) => {
    const own = trials.filter((trial) => trial.task === task && trial.events === events);
    const mean = (network: string): number => average(own.filter((t) => t.network === network).map((t) => t.error));
    const reference = mean(LEARNERS[0].name);
    const row = (name: string, value: number): Row => ({
      name: `${setting}: ${name}`,
      value,
      unit: UNIT,
      reference,
      ratio: value / reference,
    });
    return [
      row('constant', average(own.map(({ constant }) => constant))),
      ...[...new Set(own.map(({ network }) => network))].map((name) => row(name, mean(name))),
    ];
  });
}
