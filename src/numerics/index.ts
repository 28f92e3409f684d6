export * from './cholesky.ts';
export * from './least-squares.ts';
export * from './levenberg-marquardt.ts';
export * from './special-functions.ts';
