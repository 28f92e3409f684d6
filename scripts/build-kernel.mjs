/**
 * Compiles the AssemblyScript kernel to WebAssembly and writes it as base64 into kernel-binary.ts.
 *
 * Skipped when the sources and the compiler are those of the file that is there; --force compiles anyway.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = join(root, 'src/evaluation/wasm/kernel');
const output = join(root, 'src/evaluation/wasm/kernel-binary.ts');

const OPTIONS = {
  optimizeLevel: 3,
  shrinkLevel: 0,
  noAssert: true,
  runtime: 'stub',
  enable: ['simd'],
  disableWarning: true,
};

function fingerprint() {
  const version = createRequire(import.meta.url)('assemblyscript/package.json').version;
  const hash = createHash('sha256').update(version).update(JSON.stringify(OPTIONS));
  const names = readdirSync(sources).filter((name) => name.endsWith('.ts'));
  for (const name of names.sort()) hash.update(name).update(readFileSync(join(sources, name)));
  return hash
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex')
    .slice(0, 16);
}

async function compile() {
  const { default: asc } = await import('assemblyscript/asc');
  const flags = Object.entries(OPTIONS).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [`--${name}`, String(value)],
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

const mark = `// kernel ${fingerprint()}`;
if (!process.argv.includes('--force') && existsSync(output) && readFileSync(output, 'utf8').startsWith(mark)) {
  console.log('kernel: up to date');
} else {
  const started = performance.now();
  const binary = await compile();
  const text = `${mark}
/** The compiled kernel. Written by scripts/build-kernel.mjs. */
export const KERNEL_BASE64 =
  '${Buffer.from(binary).toString('base64')}';
`;
  const temporary = `${output}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, output);
  console.log(`kernel: ${binary.length} bytes in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
