import { inflateRawSync } from 'node:zlib';
import { quoted } from '../numeric-cell.ts';
import { crc32 } from './crc32.ts';
import { damagedFile, unsupportedFile } from './format.ts';

/** A file in a zip archive. */
export interface ZipEntry {
  readonly name: string;
  /** Size when unpacked, in bytes. */
  readonly size: number;
  readonly read: () => Uint8Array;
}

const LARGEST_ENTRY = 2 ** 31 - 1;
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 0xffff;
/** The field of an entry that holds its 64-bit sizes. */
const ZIP64 = 0x0001;

/**
 * The files of a zip archive, by its central directory; stored and deflated ones can be read.
 *
 * An entry unpacks to the size that the directory states, or not at all.
 *
 * @throws FormatError "damaged-file" | "unsupported-file"
 * @see PKWARE APPNOTE.TXT, sections 4.3.7, 4.3.12, 4.3.16 and 4.5.3
 */
export function zipEntries(bytes: Buffer, file: string): ZipEntry[] {
  const end = findEnd(bytes);
  if (end < 0) throw damagedFile(file, 'a zip archive without its directory');
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff) {
    throw unsupportedFile(file, 'a zip64 archive of many or very large files', 'save the arrays in smaller files');
  }
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > bytes.length || bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      throw damagedFile(file, 'a zip archive with a damaged directory');
    }
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const next = at + ENTRY_BYTES + nameLength + extraLength + bytes.readUInt16LE(at + 32);
    if (next > bytes.length) throw damagedFile(file, 'a zip archive with a damaged directory');
    const name = bytes.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength);
    if (names.has(name)) throw damagedFile(file, `a zip archive that holds ${quoted(name)} twice`);
    names.add(name);
    const extra = bytes.subarray(at + ENTRY_BYTES + nameLength, at + ENTRY_BYTES + nameLength + extraLength);
    entries.push(entryAt(bytes, at, name, extra, file));
    at = next;
  }
  return entries;
}

function findEnd(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT);
  for (let at = bytes.length - END_BYTES; at >= first; at--) {
    if (bytes.readUInt32LE(at) === END_SIGNATURE && at + END_BYTES + bytes.readUInt16LE(at + 20) === bytes.length) {
      return at;
    }
  }
  return -1;
}

function entryAt(bytes: Buffer, at: number, name: string, extra: Buffer, file: string): ZipEntry {
  const flags = bytes.readUInt16LE(at + 8);
  const method = bytes.readUInt16LE(at + 10);
  const sizes = {
    size: bytes.readUInt32LE(at + 24),
    packed: bytes.readUInt32LE(at + 20),
    offset: bytes.readUInt32LE(at + 42),
  };
  if (!widen(sizes, extra)) throw damagedFile(file, `${quoted(name)} has a damaged entry`);
  const { size, packed, offset } = sizes;
  const checksum = bytes.readUInt32LE(at + 16);
  const read = (): Uint8Array => {
    const damaged = () => damagedFile(file, `${quoted(name)} does not unpack`);
    if (flags & 1) throw unsupportedFile(file, `${quoted(name)} is encrypted`, 'save it without a password');
    if (method !== 0 && method !== 8) {
      const hint = 'use numpy.savez or numpy.savez_compressed';
      throw unsupportedFile(file, `${quoted(name)} is packed with method ${method}`, hint);
    }
    if (size > LARGEST_ENTRY) throw unsupportedFile(file, `${quoted(name)} is larger than 2 GiB`, 'save fewer rows');
    if (offset + LOCAL_BYTES > bytes.length || bytes.readUInt32LE(offset) !== LOCAL_SIGNATURE) throw damaged();
    const start = offset + LOCAL_BYTES + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    if (start + packed > bytes.length) throw damaged();
    const content = bytes.subarray(start, start + packed);
    const unpacked = method === 0 ? content : inflate(content, size);
    if (unpacked?.length !== size || crc32(unpacked) !== checksum) throw damaged();
    return unpacked;
  };
  return { name, size, read };
}

/** Takes the 64-bit values of the extra field where the 32-bit ones are full; false when they are not there. */
function widen(sizes: { size: number; packed: number; offset: number }, extra: Buffer): boolean {
  const wide = (['size', 'packed', 'offset'] as const).filter((key) => sizes[key] === 0xffffffff);
  if (wide.length === 0) return true;
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === ZIP64) {
      if (length < 8 * wide.length || at + 4 + length > extra.length) return false;
      wide.forEach((key, i) => {
        sizes[key] = Number(extra.readBigUInt64LE(at + 4 + 8 * i));
      });
      return true;
    }
    at += 4 + length;
  }
  return false;
}

function inflate(content: Uint8Array, size: number): Uint8Array | undefined {
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return undefined;
  }
}
