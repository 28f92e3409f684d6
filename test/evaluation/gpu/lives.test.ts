import { describe, expect, it } from 'vitest';
import { BackendError } from '../../../src/core/index.ts';
import { createGpuEvaluator, GPU_MODES, type GpuDevice, type GpuMode, openGpu } from '../../../src/evaluation/index.ts';
import { operatorProgram } from '../random-programs.ts';

const LIVES = 1000;
/** Lives after which memory that is kept for the next one has been taken. */
const WARM = 300;
/** Growth from there to the last life, in MiB; contexts of Mesa that nobody closed would take 1700, textures 160. */
const MOST_GROWTH = { devices: 200, evaluators: 80 };
const MOST_MILLISECONDS = 180_000;
const L2 = { name: 'L2' } as const;

async function isHere(mode: GpuMode): Promise<boolean> {
  try {
    (await openGpu({ mode })).dispose();
    return true;
  } catch {
    return false;
  }
}

const here: GpuMode[] = [];
for (const { mode, isAsync } of GPU_MODES) if (!isAsync && (await isHere(mode))) here.push(mode);

const mebibytes = (): number => process.memoryUsage().rss / 2 ** 20;
/** Devices are closed when timers have their turn. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function contextOf(device: GpuDevice): WebGLRenderingContext | undefined {
  return (device as unknown as { gpu: { context?: WebGLRenderingContext } }).gpu.context;
}

/** Textures that were made and not deleted since. */
function countTextures(device: GpuDevice): () => number {
  const context = contextOf(device);
  if (!device.isGraphics || !context) return () => 0;
  let count = 0;
  const create = context.createTexture.bind(context);
  const remove = context.deleteTexture.bind(context);
  context.createTexture = () => {
    count++;
    return create();
  };
  context.deleteTexture = (texture) => {
    count--;
    remove(texture);
  };
  return () => count;
}

it('the modes without a driver are always here', () => {
  expect(here).toEqual(expect.arrayContaining(['webasm', 'cpu']));
  if (process.env.ANSATZ_GL) expect(here).toContain('headlessgl');
});

describe.each(here)('a thousand lives on %s', (mode) => {
  it(
    'of evaluators leave no memory and no texture behind',
    async () => {
      const device = await openGpu({ mode });
      const textures = countTextures(device);
      const column = new Float64Array(20_000).fill(1);
      const target = new Float64Array(column.length);
      // One that lives through all of them keeps its data.
      const old = createGpuEvaluator(device);
      old.setData({ columns: [Float64Array.of(3)], target: Float64Array.of(0) });
      let [memory, live] = [0, 0];
      for (let life = 1; life <= LIVES; life++) {
        const evaluator = createGpuEvaluator(device);
        evaluator.setData({ columns: [column], target });
        expect(evaluator.losses([operatorProgram('neg')], L2)[0]).toBe(1);
        evaluator.dispose();
        if (life % 50 === 0) {
          expect(old.losses([operatorProgram('neg')], L2)[0]).toBe(9);
          await turn();
        }
        if (life === WARM) [memory, live] = [mebibytes(), textures()];
      }
      expect(textures()).toBe(live);
      expect(mebibytes() - memory).toBeLessThan(MOST_GROWTH.evaluators);
      device.dispose();
    },
    MOST_MILLISECONDS,
  );

  it(
    'of devices leave no memory behind',
    async () => {
      let memory = 0;
      // Held, so that no collector of garbage does what is left undone.
      const contexts: unknown[] = [];
      for (let life = 1; life <= LIVES; life++) {
        const device = await openGpu({ mode });
        contexts.push(contextOf(device));
        const evaluator = createGpuEvaluator(device);
        evaluator.setData({ columns: [Float64Array.of(life)], target: Float64Array.of(0) });
        // To compile the kernels takes a fifth of a second: most lives only open a device and run its probe.
        if (life % 50 === 0) expect(evaluator.losses([operatorProgram('neg')], L2)[0]).toBe(life * life);
        evaluator.dispose();
        device.dispose();
        expect(() => device.check()).toThrow(BackendError);
        await turn();
        if (life === WARM) memory = mebibytes();
      }
      expect(mebibytes() - memory).toBeLessThan(MOST_GROWTH.devices);
      expect(contexts).toHaveLength(LIVES);
    },
    MOST_MILLISECONDS,
  );
});
