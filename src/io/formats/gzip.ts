import { gunzipSync } from 'node:zlib';
import { LARGEST_FILE, tooLarge } from '../read-bytes.ts';
import { damagedFile } from './format.ts';

/** True for the first bytes of a gzip file. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The content of a gzip file, up to 2 GiB. @throws FormatError "damaged-file" | "file-too-large" */
export function gunzip(bytes: Uint8Array, path: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST_FILE });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(path);
    throw damagedFile(path, 'a gzip file that does not unpack');
  }
}
