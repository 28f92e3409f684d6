/** A way in which gpu.js runs kernels. */
export type GpuMode = 'headlessgl' | 'webgl2' | 'webgl' | 'webgpu' | 'webasm' | 'cpu';

export interface ModeRow {
  readonly mode: GpuMode;
  /** Class of the kernels that this mode makes; another one is a fallback that nobody asked for. */
  readonly kernel: string;
  /** Whether a graphics driver runs it; the others are there for tests. */
  readonly isGraphics: boolean;
  /** Whether its answers are promises. */
  readonly isAsync?: boolean;
  readonly where: string;
  /** What to do where it is missing. */
  readonly hint: string;
}

/** The modes, the best first. */
export const GPU_MODES: readonly ModeRow[] = [
  {
    mode: 'headlessgl',
    kernel: 'HeadlessGLKernel',
    isGraphics: true,
    where: 'OpenGL in Node',
    hint: '"npm run build:gl" in a clone, or "npm install gl@8.1.6" in a project',
  },
  {
    mode: 'webgl2',
    kernel: 'WebGL2Kernel',
    isGraphics: true,
    where: 'WebGL 2 in a browser',
    hint: 'open a page in a browser with WebGL 2',
  },
  {
    mode: 'webgl',
    kernel: 'WebGLKernel',
    isGraphics: true,
    where: 'WebGL in a browser',
    hint: 'open a page in a browser with WebGL',
  },
  {
    mode: 'webgpu',
    kernel: 'WebGPUKernel',
    isGraphics: true,
    isAsync: true,
    where: 'WebGPU in a browser, for populations outside of a fit',
    hint: 'open a page in a browser with WebGPU',
  },
  {
    mode: 'webasm',
    kernel: 'WebAssemblyKernel',
    isGraphics: false,
    where: 'WebAssembly, for tests',
    hint: 'install gpu.js',
  },
  { mode: 'cpu', kernel: 'CPUKernel', isGraphics: false, where: 'JavaScript, for tests', hint: 'install gpu.js' },
];

/** The row of a mode. */
export function modeRow(mode: GpuMode): ModeRow {
  return GPU_MODES.find((row) => row.mode === mode) as ModeRow;
}
