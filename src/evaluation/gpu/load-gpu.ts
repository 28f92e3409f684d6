import type * as GpuJs from 'gpu.js';
import { BackendError } from '../../core/index.ts';

export type GpuLibrary = typeof GpuJs;

/** No dependency, since it builds itself on installation. The name is data, so that no tool asks for it. */
const NATIVE_GL: string = 'gl';
/** In a variable, which a browser never reaches. */
const NODE_MODULE: string = 'node:module';

/** The command that adds gpu.js. */
export const INSTALL_GPU = 'npm install gpu.js@2.24.1';

let loaded: Promise<GpuLibrary> | undefined;

/**
 * gpu.js, an optional dependency, with the native OpenGL of the package gl where a user has that.
 *
 * @throws BackendError "missing-package" where gpu.js is not installed
 */
export function loadGpuLibrary(): Promise<GpuLibrary> {
  loaded ??= importLibrary();
  return loaded;
}

async function importLibrary(): Promise<GpuLibrary> {
  await shareNativeGl();
  try {
    const module = await import('gpu.js');
    return ((module as { default?: GpuLibrary }).default ?? module) as GpuLibrary;
  } catch (error) {
    loaded = undefined;
    throw new BackendError(
      'missing-package',
      'gpu',
      'gpu.js',
      `gpu.js is not installed, or cannot be loaded: ${(error as Error).message.split(' imported from')[0]}`,
      INSTALL_GPU,
    );
  }
}

/** Whether the native OpenGL of the package gl can be loaded. */
export async function hasNativeGl(): Promise<boolean> {
  return (await requireNativeGl()) !== undefined;
}

interface NativeGl {
  readonly require: NodeJS.Require;
  readonly requireOf: (file: string) => NodeJS.Require;
  readonly create: unknown;
}

async function requireNativeGl(): Promise<NativeGl | undefined> {
  if (typeof process === 'undefined' || !process.versions?.node) return undefined;
  const { createRequire } = (await import(NODE_MODULE)) as typeof import('node:module');
  const require = createRequire(import.meta.url);
  try {
    const create: unknown = require(NATIVE_GL);
    return typeof create === 'function' ? { require, requireOf: createRequire, create } : undefined;
  } catch {
    // Not installed, or not built for this Node.
    return undefined;
  }
}

/**
 * gpu.js asks for "gl" itself. In a clone an empty package stands in its place, so that nothing native is built
 * unasked; a gl that was installed beside it is put in its stead.
 */
async function shareNativeGl(): Promise<void> {
  const native = await requireNativeGl();
  if (!native) return;
  const { require, requireOf, create } = native;
  try {
    const asked = requireOf(require.resolve('gpu.js')).resolve(NATIVE_GL);
    if (asked === require.resolve(NATIVE_GL)) return;
    require(asked);
    const entry = require.cache[asked];
    if (entry) entry.exports = create;
  } catch {
    // No gpu.js, or none that asks for gl: its own import says so.
  }
}
