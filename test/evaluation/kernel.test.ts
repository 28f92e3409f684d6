import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { createWasmEvaluator, loadWasmKernel, OPCODES } from '../../src/evaluation/index.ts';
import { operatorProgram } from './random-programs.ts';

it('the kernel numbers operators as the compiler does', () => {
  const source = readFileSync(new URL('../../src/evaluation/wasm/kernel/opcodes.ts', import.meta.url), 'utf8');
  const names = [...source.matchAll(/export const (\w+): i32 = (\d+)/g)].map(([, name, code]) => [
    name.toLowerCase(),
    Number(code),
  ]);
  expect(names).toEqual(OPCODES.map((name, code) => [name, code]));
});

it('a module compiled ahead serves many evaluators', async () => {
  const module = await loadWasmKernel();
  const evaluators = [createWasmEvaluator({ module }), createWasmEvaluator({ module, precision: 32 })];
  for (const evaluator of evaluators) {
    evaluator.setData({ columns: [Float64Array.of(4)] });
    expect(evaluator.values(operatorProgram('sqrt')).values[0]).toBe(2);
  }
});

it('the kernel needs nothing from its host and runs in a worker', async () => {
  const module = await loadWasmKernel();
  const code = `const { workerData, parentPort } = require('node:worker_threads');
    const { exports } = new WebAssembly.Instance(workerData, {});
    parentPort.postMessage(exports.heapBase());`;
  const worker = new Worker(code, { eval: true, workerData: module });
  const base = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  expect(base).toBeGreaterThan(0);
});
