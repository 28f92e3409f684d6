// The kernel resolves packages the old way, by folders: it finds `ansatz` as node_modules/ansatz, a link to the repository.
import { rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const link = fileURLToPath(new URL('node_modules/ansatz', import.meta.url));
rmSync(link, { recursive: true, force: true });
symlinkSync(fileURLToPath(new URL('..', import.meta.url)), link, 'junction');
