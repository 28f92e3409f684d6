import { FormatError } from '../../core/index.ts';

/** Loads a package that only one format needs. @throws FormatError "missing-package" with the command that installs it */
export async function loadOptional<T>(
  load: () => Promise<T>,
  packages: string,
  format: string,
  file: string,
  command = `npm install ${packages}`,
  doing: 'reading' | 'writing' = 'reading',
): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const message = `${doing} ${format} takes the package ${packages.split(' ').join(' and ')}, which is not installed`;
    const missing = new FormatError('missing-package', message, file, 0, command);
    missing.cause = error;
    throw missing;
  }
}
