import type { Family } from '../law.ts';
import { cFinite } from './c-finite.ts';
import { cyclotomic } from './cyclotomic.ts';
import { floors } from './floors.ts';
import { algebraic, differential } from './generating-functions.ts';
import { known, knownAlone } from './known.ts';
import { multiplicative } from './multiplicative.ts';
import { nonlinear } from './nonlinear.ts';
import { pRecursive } from './p-recursive.ts';
import { polynomial } from './polynomial.ts';
import { quasiPolynomial } from './quasi-polynomial.ts';
import { regular } from './regular.ts';
import { residues } from './residues.ts';
import { sections } from './sections.ts';
import { triangle } from './triangle.ts';

/** The families of laws, the cheap ones first. */
export const FAMILIES: readonly Family[] = [
  polynomial,
  cFinite,
  floors,
  quasiPolynomial,
  cyclotomic,
  pRecursive,
  regular,
  nonlinear,
  algebraic,
  differential,
  known,
  multiplicative,
  sections,
  residues,
  triangle,
];

/** The families that are looked for under a transform. */
export const INNER_FAMILIES: readonly Family[] = [
  polynomial,
  cFinite,
  quasiPolynomial,
  cyclotomic,
  pRecursive,
  knownAlone,
];

/** The families for many terms or long ones. */
export const ROBUST_FAMILIES: readonly Family[] = [polynomial, cFinite, quasiPolynomial, pRecursive];
