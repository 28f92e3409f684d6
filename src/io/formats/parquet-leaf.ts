import type { SchemaElement } from 'hyparquet';
import type { NumberCode } from './number-kinds.ts';

/** What the values of a column are once its physical type is read. */
export type ParquetLeaf =
  | { readonly as: 'number'; readonly code: NumberCode; readonly decimals: number }
  /** A whole number in big-endian bytes, to be divided by a power of ten. */
  | { readonly as: 'wide-decimal'; readonly bytes: number | undefined; readonly decimals: number }
  | { readonly as: 'truth' }
  | { readonly as: 'text' }
  | { readonly as: 'moment'; readonly code: NumberCode; readonly unit: TimeUnit; readonly characters: number }
  | { readonly as: 'unreadable'; readonly what: string };

/** 10^22 is the largest power of ten that f64 holds: up to it a division rounds once. */
const MOST_DECIMALS = 22;
const ISO_DATE = 10;
const ISO_MOMENT = 24;

/** Milliseconds of a unit of time: `times` over `over`. */
interface TimeUnit {
  readonly times: number;
  readonly over: number;
}

const TIME_UNITS: Readonly<Record<string, TimeUnit>> = {
  DAYS: { times: 86_400_000, over: 1 },
  MILLIS: { times: 1, over: 1 },
  MICROS: { times: 1, over: 1e3 },
  NANOS: { times: 1, over: 1e6 },
};

/** Types that annotate bytes or numbers which are no numbers to fit. */
const UNREADABLE: Readonly<Record<string, string>> = {
  TIME: 'times of day',
  TIME_MILLIS: 'times of day',
  TIME_MICROS: 'times of day',
  INTERVAL: 'time intervals',
  BSON: 'BSON documents',
  UUID: 'identifiers',
  GEOMETRY: 'geometries',
  GEOGRAPHY: 'geometries',
  VARIANT: 'values of varying type',
};

/** Decides from the schema how a column is read. @see Apache Parquet, LogicalTypes.md */
export function parquetLeaf(element: SchemaElement): ParquetLeaf {
  const { type, converted_type: converted, logical_type: logical } = element;
  const what = UNREADABLE[logical?.type ?? ''] ?? UNREADABLE[converted ?? ''];
  if (what !== undefined) return { as: 'unreadable', what };
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') return decimalLeaf(element);
  if (type === 'BOOLEAN') return { as: 'truth' };
  if (type === 'FLOAT') return { as: 'number', code: 'f4', decimals: 0 };
  if (type === 'DOUBLE') return { as: 'number', code: 'f8', decimals: 0 };
  if (type === 'INT32' || type === 'INT64') return wholeLeaf(element);
  if (type === 'BYTE_ARRAY') return { as: 'text' };
  if (type === 'FIXED_LEN_BYTE_ARRAY' && logical?.type === 'FLOAT16' && element.type_length === 2) {
    return { as: 'number', code: 'f2', decimals: 0 };
  }
  return { as: 'unreadable', what: type === 'INT96' ? 'times of 96 bits' : 'raw bytes' };
}

function wholeLeaf({ type, converted_type: converted, logical_type: logical }: SchemaElement): ParquetLeaf {
  const bytes = type === 'INT32' ? 4 : 8;
  if (converted === 'DATE' || logical?.type === 'DATE') {
    return { as: 'moment', code: 'i4', unit: TIME_UNITS['DAYS'], characters: ISO_DATE };
  }
  const unit = logical?.type === 'TIMESTAMP' ? logical.unit : /^TIMESTAMP_(MILLIS|MICROS)$/.exec(converted ?? '')?.[1];
  if (unit !== undefined) {
    return { as: 'moment', code: 'i8', unit: TIME_UNITS[unit], characters: ISO_MOMENT };
  }
  const unsigned = converted?.startsWith('UINT_') || (logical?.type === 'INTEGER' && !logical.isSigned);
  return { as: 'number', code: unsigned ? (bytes === 4 ? 'u4' : 'u8') : bytes === 4 ? 'i4' : 'i8', decimals: 0 };
}

function decimalLeaf({ type, type_length: length, scale, logical_type: logical }: SchemaElement): ParquetLeaf {
  const decimals = scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0);
  if (!(decimals >= 0 && decimals <= MOST_DECIMALS)) return { as: 'unreadable', what: `${decimals} decimals` };
  if (type === 'INT32' || type === 'INT64') return { as: 'number', code: type === 'INT32' ? 'i4' : 'i8', decimals };
  if (type === 'FIXED_LEN_BYTE_ARRAY' && length !== undefined && length > 0 && length <= 64) {
    return { as: 'wide-decimal', bytes: length, decimals };
  }
  return type === 'BYTE_ARRAY'
    ? { as: 'wide-decimal', bytes: undefined, decimals }
    : { as: 'unreadable', what: 'decimals of an unknown kind' };
}

/** The moments of a column as ISO 8601 text. */
export function toIsoText(leaf: ParquetLeaf & { readonly as: 'moment' }, value: number): string {
  const moment = new Date((value * leaf.unit.times) / leaf.unit.over);
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString().slice(0, leaf.characters);
}
