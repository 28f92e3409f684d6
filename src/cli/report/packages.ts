import { createRequire } from 'node:module';
import { AnsatzError } from '../../core/index.ts';

/** The optional packages that a report is made with. */
export interface ReportPackages {
  readonly vega: typeof import('vega');
  readonly vegaLite: typeof import('vega-lite');
  readonly katex: typeof import('katex').default;
  /** Where a file of KaTeX lies, such as "dist/katex.min.css". */
  katexFile(path: string): string;
}

const LOADERS = {
  vega: () => import('vega'),
  'vega-lite': () => import('vega-lite'),
  katex: () => import('katex'),
} as const;

/**
 * Loads the packages; `loaders` replaces the imports in a test.
 *
 * @throws AnsatzError "missing-package" with the command that installs all that are missing
 */
export async function loadPackages(loaders: typeof LOADERS = LOADERS): Promise<ReportPackages> {
  const missing: string[] = [];
  const load = async <T>(name: keyof typeof LOADERS, loader: () => Promise<T>): Promise<T> => {
    try {
      return await loader();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
      missing.push(name);
      return undefined as T;
    }
  };
  const [vega, vegaLite, katex] = [
    await load('vega', loaders.vega),
    await load('vega-lite', loaders['vega-lite']),
    await load('katex', loaders.katex),
  ];
  if (missing.length > 0) {
    const [packages, verb] = missing.length === 1 ? ['package', 'is'] : ['packages', 'are'];
    const message = `a report takes the ${packages} ${missing.join(', ')}, which ${verb} not installed`;
    throw new AnsatzError('missing-package', message, `npm install ${missing.join(' ')}`);
  }
  const { resolve } = createRequire(import.meta.url);
  return { vega, vegaLite, katex: katex.default, katexFile: (path) => resolve(`katex/${path}`) };
}
