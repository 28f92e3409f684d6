import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's own Python, which carries sympy and Jupyter; another python3 may come first on PATH. */
export const PYTHON = '/usr/bin/python3';

function runs(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const PROBES = {
  chromium: () => existsSync('/usr/bin/chromium'),
  'g++': () => runs('g++', '--version'),
  sympy: () => runs(PYTHON, '-c', 'import sympy'),
  numpy: () => runs(PYTHON, '-c', 'import numpy'),
  scipy: () => runs(PYTHON, '-c', 'import scipy'),
  h5py: () => runs(PYTHON, '-c', 'import h5py'),
  torch: () => runs(PYTHON, '-c', 'import torch'),
  sklearn: () => runs(PYTHON, '-c', 'import sklearn'),
  gfortran: () => runs('gfortran', '--version'),
  form: () => runs('form', '-v'),
  jupyter: () => runs('jupyter', 'nbconvert', '--version') && runs(PYTHON, '-c', 'import ipykernel'),
} as const;

/**
 * Whether a test that needs an outside tool can run. Where CI is set it must: a missing tool then throws, so that no
 * test is skipped unseen; elsewhere it says what is skipped.
 */
export function hasTool(name: keyof typeof PROBES): boolean {
  if (PROBES[name]()) return true;
  if (process.env['CI']) throw new Error(`${name} is not installed, and with CI set nothing may be skipped`);
  console.warn(`skipped: the tests that need ${name}, which is not installed`);
  return false;
}
