import { Integer } from '../../numerics/index.ts';
import type { Transform } from './transform.ts';

/** Where the ones of a sequence of 0 and 1 stand. */
export const positions: Transform = {
  name: 'positions of 1',
  text: 'u(n) = 1 where n is some v(k), else 0',
  latex: 'u_n = [n \\in \\{v_k\\}]',
  forward({ values, start }) {
    if (values.some((value) => value !== 0n && value !== 1n)) return undefined;
    const v = values.flatMap((value, i) => (value === 1n ? [BigInt(start + i)] : []));
    return v.length >= 4 && v.length < values.length - 2 ? { values: v, start: 0 } : undefined;
  },
  backward(v, { start }, count) {
    const set = new Set(v);
    const last = v.reduce((most, value) => (value > most ? value : most), 0n);
    const u: bigint[] = [];
    for (let n = BigInt(start); u.length < count && n <= last; n++) u.push(set.has(n) ? 1n : 0n);
    return u;
  },
};

/** The integers that a growing sequence leaves out. */
export const complement: Transform = {
  name: 'complement',
  text: 'u are the integers that v leaves out',
  latex: 'u = \\mathbb{N} \\setminus v',
  forward({ values }) {
    const first = values[0];
    const last = values[values.length - 1];
    if (first < 0n || last - first > 4n * BigInt(values.length)) return undefined;
    for (let i = 1; i < values.length; i++) if (values[i] <= values[i - 1]) return undefined;
    const given = new Set(values);
    const v: bigint[] = [];
    for (let n = first < 2n ? first : 0n; n < last; n++) if (!given.has(n)) v.push(n);
    return v.length >= 4 && v.length < values.length ? { values: v, start: 0 } : undefined;
  },
  backward(v, { values }, count) {
    const left = new Set(v);
    const last = v[v.length - 1] ?? 0n;
    const u: bigint[] = [];
    for (let n = values[0] < 2n ? values[0] : 0n; u.length < count && n < last; n++) if (!left.has(n)) u.push(n);
    return u;
  },
};

/** v(n) = (-1)^n u(n). */
export const signs: Transform = {
  name: 'alternating signs',
  text: 'u(n) = (-1)^n*v(n)',
  latex: 'u_n = (-1)^n v_n',
  forward({ values, start }) {
    if (!values.some((value) => value < 0n)) return undefined;
    return { values: values.map((value, i) => (i % 2 === 1 ? -value : value)), start };
  },
  backward: (v, _, count) => v.slice(0, count).map((value, i) => (i % 2 === 1 ? -value : value)),
};

/** v(n)^2 = u(n). */
export const squareRoots: Transform = {
  name: 'squares',
  text: 'u(n) = v(n)^2',
  latex: 'u_n = v_n^2',
  forward({ values, start }) {
    const v: bigint[] = [];
    for (const value of values) {
      if (value < 0n) return undefined;
      const root = Integer.sqrt(value);
      if (root * root !== value) return undefined;
      v.push(root);
    }
    return v.some((value) => value > 1n) ? { values: v, start } : undefined;
  },
  backward: (v, _, count) => v.slice(0, count).map((value) => value * value),
};
