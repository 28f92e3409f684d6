import { FormatError } from '../core/index.ts';

const MESSAGES: Record<string, readonly [message: string, hint: string]> = {
  ENOENT: ['no such file or folder', 'check the path'],
  EACCES: ['no permission', 'check the rights of the file and its folder'],
  EPERM: ['not permitted', 'check the rights of the file and its folder'],
  EROFS: ['the file system is read-only', 'choose another folder'],
  ENOSPC: ['no space left on the device', 'free some space or choose another folder'],
  EDQUOT: ['the disk quota is used up', 'free some space or choose another folder'],
  EFBIG: ['larger than the system allows a file to be', 'choose another folder'],
  ENOTDIR: ['a part of the path is a file, not a folder', 'check the path'],
  EISDIR: ['a folder, not a file', 'give the path of a file'],
  EEXIST: ['a file is in the way', 'choose another path'],
  ELOOP: ['the links lead in a circle', 'check the path'],
  ENAMETOOLONG: ['the path is too long', 'choose a shorter one'],
  EMFILE: ['too many open files', 'close some programs'],
};

/** True for an error of the operating system: one with an errno code such as ENOENT. */
export function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code);
}

/**
 * The FormatError that tells a failed operation on a file in one line; any other error comes back as it is.
 *
 * @param doing what failed, such as "cannot write"
 */
export function fromSystemError(error: unknown, doing: string, file: string): unknown {
  if (!isSystemError(error)) return error;
  const [message, hint] = MESSAGES[error.code] ?? [error.code, ''];
  return new FormatError(error.code, `${doing}: ${message}`, file, 0, hint);
}
