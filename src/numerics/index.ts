export * from './special-functions.ts';
