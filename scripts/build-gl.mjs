// Adds native OpenGL to this clone: installs the package gl, which package.json keeps out of a plain install, and builds
// it. Needs a C++ compiler and, on Debian: libxi-dev libglu1-mesa-dev libglew-dev pkg-config python3.
//
// The build takes minutes, so what it makes is kept in ANSATZ_CACHE (~/.cache/ansatz by default) for the next clone.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '8.1.6';
const root = fileURLToPath(new URL('..', import.meta.url));
const cache = process.env.ANSATZ_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ansatz');
const kept = join(cache, `gl-${VERSION}-${process.platform}-${process.arch}-abi${process.versions.modules}.node`);
const built = join(root, 'node_modules/gl/build/Release/webgl.node');

const run = (command, args, cwd = root) => execFileSync(command, args, { cwd, stdio: 'inherit' });

/** Whether the package at node_modules/gl is the real one: an empty one stands there after a plain install. */
function isInstalled() {
  try {
    const { name, version } = JSON.parse(readFileSync(join(root, 'node_modules/gl/package.json'), 'utf8'));
    return name === 'gl' && version === VERSION;
  } catch {
    return false;
  }
}

if (!isInstalled())
  run('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `gl@${VERSION}`]);
if (!existsSync(built)) {
  mkdirSync(dirname(built), { recursive: true });
  if (existsSync(kept)) copyFileSync(kept, built);
  else {
    const gyp = join(
      dirname(createRequire(join(root, 'node_modules/gl/')).resolve('node-gyp/package.json')),
      'bin/node-gyp.js',
    );
    // Where npm was told of Node's headers, nothing is downloaded.
    const headers = execFileSync('npm', ['config', 'get', 'nodedir'], { encoding: 'utf8' }).trim();
    const flags = existsSync(headers) ? [`--nodedir=${headers}`] : [];
    run(process.execPath, [gyp, 'rebuild', ...flags], join(root, 'node_modules/gl'));
    mkdirSync(cache, { recursive: true });
    // Written whole or not at all: two clones may build at once.
    writeFileSync(`${kept}.${process.pid}`, readFileSync(built));
    execFileSync('mv', [`${kept}.${process.pid}`, kept]);
  }
}
console.log(`gl ${VERSION} is in node_modules; "ansatz devices" says whether it finds a display.`);
