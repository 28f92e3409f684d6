import { inflateSync } from 'node:zlib';
import { type DecodedNumbers, decodeNumbers, firstInexact, NUMBER_KINDS, type NumberCode } from './number-kinds.ts';
import type { JsRoot, RootBranch } from './root-file.ts';

/** What a branch throws whose baskets are not what the tree says they are. */
export class RootDamage extends Error {}

/** Bytes of a key in front of its texts, with short and with long offsets. */
const KEY_BYTES = 26;
const LONG_KEY_BYTES = 34;
/** Keys of files over 2 GB have this added to their version. */
const LONG_KEY_VERSION = 1000;
/** fVersion, fBufferSize, fNevBufSize, fNevBuf, fLast and a flag, behind the texts of the key of a basket. */
const BASKET_BYTES = 19;
const BLOCK_HEADER = 9;
const LARGEST_BASKET = 2 ** 30;

/**
 * The numbers of a flat branch, basket by basket.
 *
 * Only the places of the baskets come from jsroot; the baskets are taken apart here, with every length checked.
 *
 * @param entries entries of the tree
 * @throws RootDamage
 * @see ROOT, io/doc/TFile: tkey.md, ttree.md
 */
export async function readBranch(
  branch: RootBranch,
  code: NumberCode,
  entries: number,
  bytes: Buffer,
  unpack: JsRoot['unpack'],
): Promise<DecodedNumbers> {
  const { bytes: size } = NUMBER_KINDS[code];
  const parts: Float64Array[] = [];
  let read = 0;
  for (let k = 0; read < entries; k++) {
    const embedded = branch.fBaskets?.arr[k]?.fBufferRef;
    if (k > branch.fWriteBasket || Number(branch.fBasketEntry[k]) !== read) throw new RootDamage('a basket is missing');
    const basket = embedded
      ? { entries: Number(branch.fBaskets?.arr[k]?.fNevBuf), view: embedded.arr }
      : await readBasket(branch, k, size, bytes, unpack);
    if (!(basket.entries > 0 && read + basket.entries <= entries && basket.entries * size <= basket.view.byteLength)) {
      throw new RootDamage('a basket with a wrong number of entries');
    }
    parts.push(decodeNumbers(code, basket.view, 0, size, basket.entries, false).values);
    read += basket.entries;
  }
  const values = new Float64Array(entries);
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return code.endsWith('8') && code !== 'f8' ? { values, inexactRow: firstInexact(values) } : { values };
}

async function readBasket(
  branch: RootBranch,
  k: number,
  size: number,
  bytes: Buffer,
  unpack: JsRoot['unpack'],
): Promise<{ entries: number; view: DataView }> {
  const seek = Number(branch.fBasketSeek[k]);
  const length = Number(branch.fBasketBytes[k]);
  if (!(seek > 0 && length > LONG_KEY_BYTES + BASKET_BYTES && seek + length <= bytes.length)) {
    throw new RootDamage('a basket that lies outside the file');
  }
  const key = new DataView(bytes.buffer, bytes.byteOffset + seek, length);
  const objectLength = key.getInt32(6);
  const keyLength = key.getInt16(14);
  const headLength = key.getInt16(4) > LONG_KEY_VERSION ? LONG_KEY_BYTES : KEY_BYTES;
  if (key.getInt32(0) !== length || keyLength < headLength + BASKET_BYTES || keyLength >= length) {
    throw new RootDamage('a basket with a damaged key');
  }
  if (objectLength < 0 || objectLength > LARGEST_BASKET) throw new RootDamage('a basket with a damaged key');
  // The fields of the basket end where the key ends.
  const entries = key.getInt32(keyLength - 9);
  const last = key.getInt32(keyLength - 5);
  if (entries * size !== last - keyLength) throw new RootDamage('a basket that is not flat');
  const packed = new DataView(key.buffer, key.byteOffset + keyLength, length - keyLength);
  const view = packed.byteLength === objectLength ? packed : await unpackBlocks(packed, objectLength, unpack);
  return { entries, view };
}

/** Blocks with nine bytes in front: the algorithm, its version, and the packed and unpacked size. */
async function unpackBlocks(packed: DataView, size: number, unpack: JsRoot['unpack']): Promise<DataView> {
  const isZlib = packed.byteLength > BLOCK_HEADER && packed.getUint16(0) === 0x5a4c;
  if (!isZlib) {
    const view = await unpack(packed, size, true);
    if (view?.byteLength !== size) throw new RootDamage('a basket that does not unpack');
    return view;
  }
  const unpacked = new Uint8Array(size);
  let to = 0;
  for (let at = 0; to < size; ) {
    if (at + BLOCK_HEADER > packed.byteLength) throw new RootDamage('a basket that does not unpack');
    const from = at + BLOCK_HEADER;
    const packedSize = packed.getUint16(at + 3, true) + packed.getUint8(at + 5) * 65536;
    const blockSize = packed.getUint16(at + 6, true) + packed.getUint8(at + 8) * 65536;
    if (from + packedSize > packed.byteLength || to + blockSize > size || blockSize === 0) {
      throw new RootDamage('a basket that does not unpack');
    }
    const block = inflate(new Uint8Array(packed.buffer, packed.byteOffset + from, packedSize), blockSize);
    if (block?.length !== blockSize) throw new RootDamage('a basket that does not unpack');
    unpacked.set(block, to);
    to += blockSize;
    at = from + packedSize;
  }
  return new DataView(unpacked.buffer);
}

function inflate(block: Uint8Array, size: number): Uint8Array | undefined {
  try {
    return inflateSync(block, { maxOutputLength: size });
  } catch {
    return undefined;
  }
}
