import type * as GpuJs from 'gpu.js';
import { BackendError } from '../../core/index.ts';

export type GpuLibrary = typeof GpuJs;

/** No dependency, since it builds itself on installation. The name is data, so that no tool asks for it. */
const NATIVE_GL: string = 'gl';

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
      `gpu.js cannot be loaded: ${(error as Error).message.split('\n')[0]}`,
      'npm install gpu.js@2.24.1',
    );
  }
}

/**
 * gpu.js asks for "gl" itself. In a clone an empty package stands in its place, so that nothing native is built
 * unasked; a gl that was installed beside it is put in its stead.
 */
async function shareNativeGl(): Promise<void> {
  if (typeof process === 'undefined' || !process.versions?.node) return;
  const { createRequire } = await import('node:module');
  const require = createRequire(import.meta.url);
  try {
    const native = require(NATIVE_GL);
    if (typeof native !== 'function') return;
    const asked = createRequire(require.resolve('gpu.js')).resolve(NATIVE_GL);
    if (asked !== require.resolve(NATIVE_GL)) {
      require(asked);
      const entry = require.cache[asked];
      if (entry) entry.exports = native;
    }
  } catch {
    // Not installed, or not built for this Node: the mode is then reported as missing.
  }
}
