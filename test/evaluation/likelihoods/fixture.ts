import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('../../fixtures/scipy/likelihoods.json', import.meta.url));
const data = JSON.parse(readFileSync(path, 'utf8'));

const column = (name: string): Float64Array => Float64Array.from(data[name]);

/** Data and values of likelihoods by scipy. */
export const LIKELIHOOD_FIXTURE = {
  prediction: column('prediction'),
  target: column('target'),
  up: column('up'),
  down: column('down'),
  covariance: column('covariance'),
  gaussian: data.gaussian as number,
  correlated: data.correlated as number,
  asymmetric: data.asymmetric as number,
  counts: column('counts'),
  mu: column('mu'),
  poisson: data.poisson as number,
  edges: column('edges'),
  contents: column('contents'),
  x: column('x'),
  y: column('y'),
  count: column('count'),
  lines: data.lines as Record<string, { value: number; parameters: [number, number] }>,
};
