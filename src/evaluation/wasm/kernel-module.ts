import { KERNEL_BASE64 } from './kernel-binary.ts';

/** What the kernel exports; addresses are byte offsets in its memory. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  setLayout(
    columns64: number,
    stride64: number,
    columns32: number,
    stride32: number,
    target64: number,
    target32: number,
    weights64: number,
    weights32: number,
    workspace: number,
  ): void;
  planBytes(words: number): number;
  gradientBytes(words: number, parameters: number): number;
  jacobian64(program: number, from: number, rows: number, values: number, jacobian: number, pitch: number): number;
  normal64(program: number, rows: number, kind: number, delta: number, hessian: number, gradient: number): number;
  innerProducts(a: number, aRows: number, b: number, bRows: number, bytes: number, out: number, pitch: number): void;
  losses64: LossesExport;
  losses32: LossesExport;
  values64: ValuesExport;
  values32: ValuesExport;
}

type LossesExport = (
  programs: number,
  count: number,
  rows: number,
  kind: number,
  delta: number,
  divisor: number,
  out: number,
) => void;
type ValuesExport = (program: number, from: number, rows: number, out: number) => number;

let compiled: WebAssembly.Module | undefined;

function kernelBytes(): Uint8Array<ArrayBuffer> {
  const text = atob(KERNEL_BASE64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** The kernel compiled on this thread, once. */
export function wasmKernel(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(kernelBytes());
  return compiled;
}

/**
 * Compiles the kernel off the thread, for browsers that refuse large synchronous compiles; later calls of
 * `createWasmEvaluator` find it ready. The module may be posted to workers and passed to them as an option.
 */
export async function loadWasmKernel(): Promise<WebAssembly.Module> {
  compiled ??= await WebAssembly.compile(kernelBytes());
  return compiled;
}

export function instantiateKernel(module: WebAssembly.Module): KernelExports {
  const abort = (): never => {
    throw new Error('the kernel stopped');
  };
  return new WebAssembly.Instance(module, { env: { abort } }).exports as unknown as KernelExports;
}
