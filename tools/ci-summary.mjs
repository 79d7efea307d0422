// Reads vitest's JSON reports, refuses skips that test/optional.json does not name, and prints the closing line.
import { existsSync, readFileSync } from 'node:fs';

/** A run that left no report counts as one that failed. */
const read = report =>
  existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8')).testResults
    : [{ name: report, status: 'failed', message: 'no report', assertionResults: [] }];

const files = process.argv.slice(2).flatMap(read);
const optional = JSON.parse(readFileSync(new URL('../test/optional.json', import.meta.url), 'utf8'));
const tests = files.flatMap(file => file.assertionResults);
const of = (...states) => tests.filter(test => states.includes(test.status));

const failedFiles = files.filter(file => file.status === 'failed' && file.assertionResults.length === 0);
const skipped = of('skipped', 'pending', 'todo', 'disabled');
const refused = skipped.filter(test => !optional.some(({ test: name }) => test.fullName.includes(name)));
for (const { fullName } of refused)
  console.error(`skipped, and not named in test/optional.json: ${fullName}`);
for (const { name, message } of failedFiles) console.error(`did not run: ${name}: ${message}`);
console.log(
  `${optional.length} optional tests are named in test/optional.json; ${skipped.length - refused.length} of them were skipped`,
);

const failed = of('failed').length + refused.length + failedFiles.length;
console.log(`${of('passed').length} passed, ${failed} failed, ${skipped.length - refused.length} skipped`);
process.exitCode = failed === 0 && of('passed').length > 0 ? 0 : 1;
