/** Four-momenta, phase space and matrix elements, in natural units: GeV, metric (+, -, -, -), (E, px, py, pz); orbits. */
export { dot, dotAt, pairwiseDot } from './four-vectors.ts';
export { type OrbitalElements, type OrbitalState, orbitalState } from './kepler-orbit.ts';
export {
  boost,
  compose,
  inRestFrame,
  type LorentzTransform,
  PARITY,
  randomDirection,
  randomLorentz,
  randomRotation,
  rotation,
  transform,
} from './lorentz-transform.ts';
export { muonPair } from './matrix-elements/muon-pair.ts';
export { parkeTaylor } from './matrix-elements/parke-taylor.ts';
export { type TopHiggsOptions, topHiggsJet } from './matrix-elements/top-higgs-jet.ts';
export { type Bodies, type SimulationOptions, simulate, type Trajectory } from './n-body.ts';
export { masslessVolume, type PhaseSpacePoints, rambo } from './phase-space.ts';
