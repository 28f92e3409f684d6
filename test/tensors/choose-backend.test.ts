import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test } from 'vitest';
import { BackendError, OptionError } from '../../src/core/index.ts';
import { chooseBackend, linear, selfTest } from '../../src/tensors/index.ts';

const hasTfjsNode = await import('@tensorflow/tfjs-node' as string).then(
  () => true,
  () => false,
);

describe('the choice of a back-end', () => {
  test('is tfjs-node where a user has it, else WebAssembly with our kernels', async () => {
    const report = await chooseBackend();
    expect(report.backend).toBe(hasTfjsNode ? 'tensorflow' : 'wasm');
    expect(tf.getBackend()).toBe(report.backend);
    expect(report.ownKernels).toBe(!hasTfjsNode);
    if (!hasTfjsNode) {
      expect(report.passedOver.map(({ backend }) => backend)).toEqual(['tensorflow']);
      expect(report.passedOver[0].reason).toContain('@tensorflow/tfjs-node is not installed');
    }
  });

  test.runIf(!hasTfjsNode)('says what is missing instead of going on with the cpu', async () => {
    await chooseBackend({ backend: 'wasm' });
    const error = await chooseBackend({ backend: 'tensorflow' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({ code: 'missing-package', data: { device: 'tensorflow' } });
    expect((error as BackendError).hint).toBe('npm install @tensorflow/tfjs-node@4.22.0');
    expect(tf.getBackend()).toBe('wasm');
  });

  test('refuses a name it does not know', async () => {
    const error = await chooseBackend({ backend: 'webgl' as never }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OptionError);
    expect((error as Error).message).toContain('wasm');
  });

  test('leaves relaxed SIMD off when told so, and computes the same to rounding', async () => {
    const product = async (relaxedSimd: 'off' | 'enable') => {
      const report = await chooseBackend({ backend: 'wasm', relaxedSimd });
      const x = tf.tidy(() => linear(tf.tensor2d([[0.1, 0.2, 0.3]]), tf.tensor2d([[0.7], [0.9], [1.1]])));
      const [value] = x.dataSync();
      x.dispose();
      return { value, relaxed: report.relaxedSimd };
    };
    const off = await product('off');
    expect(off.relaxed).toBe(false);
    expect(off.value).toBeCloseTo(0.58, 6);
    expect((await product('enable')).value).toBeCloseTo(off.value, 6);
  });

  test('leaves nothing behind', async () => {
    await chooseBackend({ backend: 'wasm' });
    const before = tf.memory().numTensors;
    await chooseBackend({ backend: 'wasm' });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('the self-test', () => {
  afterEach(async () => {
    await chooseBackend({ backend: 'wasm' });
  });

  test('names what a back-end computes wrongly', async () => {
    await chooseBackend({ backend: 'wasm' });
    const { kernelFunc } = tf.getKernel('Exp', 'wasm');
    tf.unregisterKernel('Exp', 'wasm');
    tf.registerKernel({ kernelName: 'Exp', backendName: 'wasm', kernelFunc: tf.getKernel('Neg', 'wasm').kernelFunc });
    const error = await selfTest('wasm').catch((reason: unknown) => reason);
    tf.unregisterKernel('Exp', 'wasm');
    tf.registerKernel({ kernelName: 'Exp', backendName: 'wasm', kernelFunc });
    expect(error).toMatchObject({ code: 'wrong-result', data: { device: 'wasm', capability: 'exp' } });
  });
});

describe('the package', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));

  test('does not load tfjs with its main entry', () => {
    const script = `
      import './src/index.ts';
      import { createRequire } from 'node:module';
      const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes('tfjs'));
      console.log(JSON.stringify([loaded.length, '_tfengine' in globalThis || '_tfGlobals' in globalThis]));`;
    const text = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(JSON.parse(text)).toEqual([0, false]);
  });
});
