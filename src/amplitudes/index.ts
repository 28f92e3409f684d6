export * from './alphabet.ts';
export * from './alphabets/form-factor.ts';
export * from './alphabets/hexagon.ts';
export * from './symbol.ts';
export * from './word.ts';
