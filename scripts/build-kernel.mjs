/**
 * Compiles the AssemblyScript kernels to WebAssembly and writes each as base64 into the kernel-binary.ts beside it.
 *
 * One is skipped when its sources and the compiler are those of the file that is there; --force compiles anyway.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Folders that hold a kernel/, and the constants that become of it with what is special about their builds. */
const PLACES = {
  'src/evaluation/wasm': { KERNEL_BASE64: {} },
  'src/numerics/exact': { KERNEL_BASE64: {} },
  'src/tensors': {
    KERNEL_BASE64: { importMemory: true },
    RELAXED_KERNEL_BASE64: { importMemory: true, enable: ['simd', 'relaxed-simd'] },
  },
};

const OPTIONS = {
  optimizeLevel: 3,
  shrinkLevel: 0,
  noAssert: true,
  runtime: 'stub',
  enable: ['simd'],
  disableWarning: true,
};

function fingerprint(sources, builds) {
  const version = createRequire(import.meta.url)('assemblyscript/package.json').version;
  const hash = createHash('sha256')
    .update(version)
    .update(JSON.stringify([OPTIONS, builds]));
  const names = readdirSync(sources).filter((name) => name.endsWith('.ts'));
  for (const name of names.sort()) hash.update(name).update(readFileSync(join(sources, name)));
  return hash
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex')
    .slice(0, 16);
}

async function compile(sources, special) {
  const { default: asc } = await import('assemblyscript/asc');
  const flags = Object.entries({ ...OPTIONS, ...special }).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [value].flat().flatMap((one) => [`--${name}`, String(one)]),
  );
  let binary = null;
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernel.wasm', '--baseDir', sources, ...flags], {
    writeFile: (name, contents) => {
      if (name === 'kernel.wasm') binary = contents;
    },
  });
  if (error || binary === null) throw new Error(`${stderr}\n${error?.message ?? 'no output'}`);
  return binary;
}

for (const [place, builds] of Object.entries(PLACES)) {
  const sources = join(root, place, 'kernel');
  const output = join(root, place, 'kernel-binary.ts');
  const mark = `// kernel ${fingerprint(sources, builds)}`;
  if (!process.argv.includes('--force') && existsSync(output) && readFileSync(output, 'utf8').startsWith(mark)) {
    console.log(`${place}: up to date`);
    continue;
  }
  const started = performance.now();
  let text = `${mark}\n`;
  let bytes = 0;
  for (const [name, special] of Object.entries(builds)) {
    const binary = await compile(sources, special);
    bytes += binary.length;
    text += `/** The compiled kernel. Written by scripts/build-kernel.mjs. */
export const ${name} =
  '${Buffer.from(binary).toString('base64')}';
`;
  }
  const temporary = `${output}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, output);
  console.log(`${place}: ${bytes} bytes in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
