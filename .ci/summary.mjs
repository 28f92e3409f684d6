// Adds up vitest's JSON reports: what was skipped, then "N passed, N failed" as the last line.
import { existsSync, readFileSync } from 'node:fs';

const [earlier, ...reports] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const path of reports) {
  if (!existsSync(path)) {
    console.log(`no report ${path}: the run broke off`);
    failed++;
    continue;
  }
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  for (const file of report.testResults) {
    // A file that does not load has no tests to count.
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) failed++;
    for (const test of file.assertionResults) {
      if (test.status !== 'passed' && test.status !== 'failed') console.log(`${test.status}: ${test.fullName}`);
    }
  }
}
// A benchmark with wrong answers, or a runner that broke after its tests, counts as one failure.
if (earlier !== '0' && failed === 0) failed = 1;
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed`);
