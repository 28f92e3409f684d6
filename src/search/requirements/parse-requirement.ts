import { nearest, OptionError } from '../../core/index.ts';
import { quote, RequirementReader } from './requirement-reader.ts';
import type { RequirementSpec, ResolvedRequirement } from './requirement-spec.ts';

/** Longest text of a requirement, in characters. */
const LONGEST_TEXT = 1000;

/** `(soft)`, `(soft, weight 10)`: what may stand last. */
const SUFFIX = /\s\(\s*(?:hard|soft)\s*[,)]/g;
/** `for x in` begins the ranges; within a formula these words cannot follow each other. */
const RANGES = /\sfor\s+(?:[\p{L}_][\p{L}\p{M}\p{N}_]*|`(?:[^`]|``)*`)\s+in\s/uy;
const AS = /\sas\s/y;
const DOTS = /\.\./y;
const COMMA = /,/y;
const COMMA_OR_CLOSE = /[,)]/y;
const OPEN = /f\s*\(/y;
const DERIVATIVE = /[d∂]\s*f\s*\/\s*[d∂]\s*/uy;

/** What was said before ranges, mode and weight. */
type Statement = RequirementSpec;
type StatementReader = (reader: RequirementReader) => Statement;

const one =
  (kind: 'even' | 'odd' | 'increasing' | 'decreasing' | 'convex' | 'concave'): StatementReader =>
  (reader) => {
    const hint = `write "${kind} in x"`;
    reader.expectWord('in', hint);
    return { kind, in: reader.name(hint) };
  };

const exchange =
  (kind: 'symmetric' | 'antisymmetric'): StatementReader =>
  (reader) => {
    const hint = `write "${kind} in a, b"`;
    reader.expectWord('in', hint);
    const first = reader.name(hint);
    reader.expect(',', hint);
    return { kind, in: [first, ...reader.names(hint)] };
  };

const LIMITS: Readonly<Record<string, 'inf' | '-inf' | '0'>> = {
  inf: 'inf',
  '+inf': 'inf',
  infinity: 'inf',
  '∞': 'inf',
  '-inf': '-inf',
  '-infinity': '-inf',
  '-∞': '-inf',
  '0': '0',
};

function power(reader: RequirementReader): Statement {
  const hint = 'write "power 2 as x -> inf"';
  const exponent = reader.number(AS, hint);
  reader.expectWord('as', hint);
  const input = reader.name(hint);
  if (!reader.passes('->') && !reader.passes('→')) reader.unexpected('"->"', hint);
  reader.skipSpace();
  const start = reader.position;
  const limit = reader.take(/[+-]?(?:[\p{L}∞]+|\d+)/uy)?.[0] ?? '';
  if (!Object.hasOwn(LIMITS, limit)) {
    reader.position = start;
    reader.unexpected('inf, -inf or 0', hint);
  }
  return { kind: 'power', power: exponent, in: input, toward: LIMITS[limit] };
}

/** The statements that begin with a word. */
const STATEMENTS: Readonly<Record<string, StatementReader>> = {
  even: one('even'),
  odd: one('odd'),
  symmetric: exchange('symmetric'),
  antisymmetric: exchange('antisymmetric'),
  power,
  increasing: one('increasing'),
  decreasing: one('decreasing'),
  convex: one('convex'),
  concave: one('concave'),
  positive: () => ({ kind: 'positive' }),
  negative: () => ({ kind: 'negative' }),
};

/** `x=0, y)`: the inputs that are held; a bare name is free. */
function point(reader: RequirementReader, hint: string): Record<string, number> {
  const held = new Map<string, number>();
  do {
    reader.skipSpace();
    const start = reader.position;
    const input = reader.name(hint);
    if (held.has(input)) reader.fail(start, `"${input}" is held twice`, 'keep one of the values');
    if (reader.passes('=')) held.set(input, reader.number(COMMA_OR_CLOSE, hint));
  } while (reader.passes(','));
  reader.expect(')', hint);
  return Object.fromEntries(held);
}

function value(reader: RequirementReader): Statement {
  const hint = 'write "f(x=0) = 1"';
  const at = point(reader, hint);
  reader.expect('=', hint);
  return { kind: 'value', at, equals: reader.numberOrFormula(RANGES, hint) };
}

function slope(reader: RequirementReader): Statement {
  const hint = 'write "df/dx(x=0) = 1"';
  const by = reader.name(hint);
  reader.expect('(', hint);
  const at = point(reader, hint);
  reader.expect('=', hint);
  return { kind: 'slope', by, at, equals: reader.numberOrFormula(RANGES, hint) };
}

function statement(reader: RequirementReader): Statement {
  reader.skipSpace();
  if (reader.take(DERIVATIVE)) return slope(reader);
  if (reader.take(OPEN)) return value(reader);
  const start = reader.position;
  const word = reader.word();
  if (word !== undefined && Object.hasOwn(STATEMENTS, word)) return STATEMENTS[word](reader);
  const known = [...Object.keys(STATEMENTS), 'f(x=0) = 1', 'df/dx(x=0) = 1'];
  reader.position = start;
  const near = word !== undefined && word !== 'f' ? nearest(word, Object.keys(STATEMENTS)) : undefined;
  return reader.unexpected(
    'a requirement',
    near !== undefined ? `did you mean "${near}"?` : `a requirement begins with ${known.join(', ')}`,
  );
}

function ranges(reader: RequirementReader): Record<string, [number, number]> {
  const hint = 'write "for x in 0..10"';
  const found = new Map<string, [number, number]>();
  do {
    reader.skipSpace();
    const start = reader.position;
    const input = reader.name(hint);
    if (found.has(input)) reader.fail(start, `"${input}" has two ranges`, 'keep one of them');
    reader.expectWord('in', hint);
    const low = reader.number(DOTS, hint);
    reader.expect('..', hint);
    found.set(input, [low, reader.number(COMMA, hint)]);
  } while (reader.passes(','));
  return Object.fromEntries(found);
}

function suffix(reader: RequirementReader): Pick<ResolvedRequirement, 'mode' | 'weight'> {
  const hint = 'end with "(soft)" or "(soft, weight 10)"';
  reader.expect('(', hint);
  const mode = reader.word() === 'soft' ? 'soft' : 'hard';
  let weight: number | undefined;
  if (reader.passes(',')) {
    reader.expectWord('weight', hint);
    reader.skipSpace();
    const start = reader.position;
    weight = reader.number(COMMA_OR_CLOSE, hint);
    if (!(weight > 0)) reader.fail(start, 'a weight must be > 0', hint);
  }
  reader.expect(')', hint);
  return weight === undefined ? { mode } : { mode, weight };
}

/**
 * Reads a requirement from text.
 *
 * even in x; odd in x; symmetric in a, b; antisymmetric in a, b; f(x=0) = 1; f(x=0, y) = y^2; df/dx(x=0) = 0;
 * power 2 as x -> inf; increasing, decreasing, convex or concave in x; positive; negative. Then, at will,
 * `for x in 0..10, y in 1..2`, and last `(soft)`, `(soft, weight 10)` or `(hard, weight 100)`.
 * A name of other than letters, digits and _ stands between back-quotes.
 *
 * @param inputs when given, any other name is an error
 * @throws OptionError "bad-requirement" | "unknown-input", with the position in the text
 * @example parseRequirement('f(x=0) = 1').equals // 1
 */
export function parseRequirement(text: string, inputs?: readonly string[]): ResolvedRequirement {
  if (text.length > LONGEST_TEXT) {
    const message = `${quote(text)}: ${text.length} characters`;
    throw new OptionError('bad-requirement', 'requirements', message, `write at most ${LONGEST_TEXT}`);
  }
  const last = [...text.matchAll(SUFFIX)].at(-1)?.index;
  const reader = new RequirementReader(text, last ?? text.length, inputs);
  const said = statement(reader);
  reader.skipSpace();
  const where = reader.take(/for\b/y) ? ranges(reader) : undefined;
  if (!reader.atEnd) reader.unexpected('"for", "(soft)" or the end', 'make one requirement of each statement');
  const spec = where === undefined ? said : { ...said, for: where };
  if (last === undefined) return { ...spec, mode: 'hard' };
  const tail = new RequirementReader(text, text.length, inputs);
  tail.position = last;
  const how = suffix(tail);
  if (!tail.atEnd) tail.unexpected('the end', 'put "(soft)" last');
  return { ...spec, ...how };
}
