import { report } from './exit.ts';
import { guardOutput, print } from './output.ts';
import { run } from './program.ts';

guardOutput();
process.on('uncaughtException', (error) => process.exit(report(error)));
process.on('unhandledRejection', (error) => process.exit(report(error)));

const code = await run(process.argv.slice(2)).catch(report);
await print('');
process.exit(code);
